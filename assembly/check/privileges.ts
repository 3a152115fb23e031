/**
 * What privileges supply: ACCESS_SYSTEM_SECURITY and WRITE_OWNER, when asked for by name. access-check.md 2
 *
 * Knows the token's enabled privileges; does not know the DACL.
 */
import { TokenRecord } from "../memory/records";
import {
  EVENT_PRIVILEGE,
  EVENT_PRIVILEGE_MISSING,
  LANE_NORMAL,
  USED_RELABEL,
  USED_SECURITY,
  USED_TAKE_OWNERSHIP,
} from "../shared/abi";
import { ACCESS_SYSTEM_SECURITY, WRITE_OWNER } from "../shared/access-mask";
import { SE_RELABEL_PRIVILEGE, SE_SECURITY_PRIVILEGE, SE_TAKE_OWNERSHIP_PRIVILEGE } from "../shared/privilege";
import { emitBits } from "./trace";

/** The privileges (USED_… bits) that supply bits of `want`. */
export function privilegesFor(token: TokenRecord, want: u32): u32 {
  let used: u32 = 0;
  if ((want & ACCESS_SYSTEM_SECURITY) != 0) {
    if ((token.enabled & USED_SECURITY) != 0) {
      used |= USED_SECURITY;
      emitBits(EVENT_PRIVILEGE, LANE_NORMAL, ACCESS_SYSTEM_SECURITY, SE_SECURITY_PRIVILEGE);
    } else {
      emitBits(EVENT_PRIVILEGE_MISSING, LANE_NORMAL, ACCESS_SYSTEM_SECURITY, SE_SECURITY_PRIVILEGE);
    }
  }
  if ((want & WRITE_OWNER) != 0) {
    // TakeOwnership, else Relabel. 2.3
    if ((token.enabled & USED_TAKE_OWNERSHIP) != 0) {
      used |= USED_TAKE_OWNERSHIP;
      emitBits(EVENT_PRIVILEGE, LANE_NORMAL, WRITE_OWNER, SE_TAKE_OWNERSHIP_PRIVILEGE);
    } else if ((token.enabled & USED_RELABEL) != 0) {
      used |= USED_RELABEL;
      emitBits(EVENT_PRIVILEGE, LANE_NORMAL, WRITE_OWNER, SE_RELABEL_PRIVILEGE);
    }
  }
  return used;
}

/** The bits that these privileges supply. */
@inline
export function suppliedBy(used: u32): u32 {
  let bits: u32 = 0;
  if ((used & USED_SECURITY) != 0) bits |= ACCESS_SYSTEM_SECURITY;
  if ((used & (USED_TAKE_OWNERSHIP | USED_RELABEL)) != 0) bits |= WRITE_OWNER;
  return bits;
}
