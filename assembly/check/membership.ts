/**
 * What a token holds of a SID. access-check.md 6.2, 6.6
 *
 * The token's table may have been changed for the request at hand (OWNER RIGHTS and PRINCIPAL SELF stand for somebody
 * there); this is what the token itself holds. Does not know why anybody asks.
 */
import { SID_OWNER_RIGHTS, SID_PRINCIPAL_SELF } from "../memory/sids";
import { HOLD_END, TokenRecord } from "../memory/records";

/** HOLD_… bits of SID number `sid`. */
@inline
export function memberBits(token: TokenRecord, sid: u32): u32 {
  if (sid == SID_OWNER_RIGHTS) return token.ownerRightsBits;
  if (sid == SID_PRINCIPAL_SELF) return token.principalSelfBits;
  return <u32>load<u8>(token.table + sid) & ~HOLD_END;
}
