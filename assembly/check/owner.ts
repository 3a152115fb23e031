/**
 * Who is the owner, and what the table of the token holds of OWNER RIGHTS and PRINCIPAL SELF during a check.
 * access-check.md 5, 6.6
 *
 * Does not know the DACL's ACEs, only that it names these two SIDs.
 */
import { HOLD_ALLOW, HOLD_DENY, HOLD_RESTRICT_ALLOW, HOLD_RESTRICT_DENY, TokenRecord } from "../memory/records";
import { SID_OWNER_RIGHTS, SID_PRINCIPAL_SELF } from "../memory/sids";
import { IMAGE_RESTRICTED } from "../shared/token-image";
import { memberBits } from "./membership";

/** The owner is the user or an enabled group and, for a restricted token, in its list too. 5.1 */
@inline
export function isOwner(token: TokenRecord, owner: u32): bool {
  if (owner == 0) return false;
  const held = memberBits(token, owner);
  if ((held & HOLD_ALLOW) == 0) return false;
  return (token.flags & IMAGE_RESTRICTED) == 0 || (held & HOLD_RESTRICT_ALLOW) != 0;
}

/**
 * OWNER RIGHTS: an allow ACE matches exactly the owner of 5.1, in both walks; a deny ACE is matched by the owner SID
 * under the deny rule, whatever 5.1 says. 5.4
 */
export function placeOwnerRights(token: TokenRecord, owner: u32): void {
  let held: u32 = 0;
  if (owner != 0) held = memberBits(token, owner) & (HOLD_DENY | HOLD_RESTRICT_DENY);
  if (isOwner(token, owner)) held |= HOLD_ALLOW | ((token.flags & IMAGE_RESTRICTED) != 0 ? HOLD_RESTRICT_ALLOW : 0);
  store<u8>(token.table + SID_OWNER_RIGHTS, <u8>held);
}

/** PRINCIPAL SELF stands for `self` (SID number + 1); without one it stays the plain SID. 6.6 */
export function placePrincipalSelf(token: TokenRecord, self: u32): void {
  const held = self != 0 ? memberBits(token, self - 1) : token.principalSelfBits;
  store<u8>(token.table + SID_PRINCIPAL_SELF, <u8>held);
}
