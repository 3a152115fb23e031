/** What a token itself holds of a SID, whatever a check put in its table. access-check.md 6.2, 6.6 */
import { memberBits } from "../../assembly/check/membership";
import { placeOwnerRights, placePrincipalSelf } from "../../assembly/check/owner";
import { HOLD_ALLOW, HOLD_DENY } from "../../assembly/memory/records";
import { SID_NONE, SID_OWNER_RIGHTS, SID_PRINCIPAL_SELF } from "../../assembly/memory/sids";
import { freshAccess, loadedSubject, sidNumber } from "./access-scene";
import { EVERYONE, OWNER_RIGHTS, PRINCIPAL_SELF, USER } from "./descriptor-bytes";
import * as token from "./token-bytes";

beforeEach(() => {
  freshAccess();
});

test("is what its entries say", () => {
  token.group(EVERYONE, 0x10);
  const subject = loadedSubject();
  expect(memberBits(subject, sidNumber(USER))).toBe(HOLD_ALLOW | HOLD_DENY);
  expect(memberBits(subject, sidNumber(EVERYONE))).toBe(HOLD_DENY);
  expect(memberBits(subject, sidNumber("S-1-5-99"))).toBe(0);
});

test("of no SID is nothing", () => {
  expect(memberBits(loadedSubject(), SID_NONE)).toBe(0);
});

test("of OWNER RIGHTS and PRINCIPAL SELF is not what a check has put in their place", () => {
  const subject = loadedSubject();
  placeOwnerRights(subject, sidNumber(USER));
  placePrincipalSelf(subject, sidNumber(USER) + 1);
  expect(<u32>load<u8>(subject.table + SID_OWNER_RIGHTS)).not.toBe(0);
  expect(<u32>load<u8>(subject.table + SID_PRINCIPAL_SELF)).not.toBe(0);
  expect(memberBits(subject, SID_OWNER_RIGHTS)).toBe(0);
  expect(memberBits(subject, SID_PRINCIPAL_SELF)).toBe(0);
});

test("of OWNER RIGHTS and PRINCIPAL SELF is what its own groups say", () => {
  token.group(OWNER_RIGHTS);
  token.group(PRINCIPAL_SELF, 0x10);
  const subject = loadedSubject();
  placeOwnerRights(subject, 0);
  placePrincipalSelf(subject, sidNumber(USER) + 1);
  expect(memberBits(subject, SID_OWNER_RIGHTS)).toBe(HOLD_ALLOW | HOLD_DENY);
  expect(memberBits(subject, SID_PRINCIPAL_SELF)).toBe(HOLD_DENY);
});
