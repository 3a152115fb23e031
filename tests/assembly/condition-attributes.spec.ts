/** Conditional expressions: attributes, Exists, Member_of. access-check.md 7.9, 11.4, 11.5, 11.8, 11.9 */
import { memberBits } from "../../assembly/check/membership";
import { SID_OWNER_RIGHTS, SID_PRINCIPAL_SELF } from "../../assembly/memory/sids";
import {
  HOLD_ALLOW,
  HOLD_DENY,
  HOLD_DEVICE_ALLOW,
  HOLD_DEVICE_DENY,
  HOLD_RESTRICT_ALLOW,
} from "../../assembly/memory/records";
import { CLAIM_DISABLED, CLAIM_TYPE_INT64, CLAIM_TYPE_STRING, CLAIM_USE_FOR_DENY_ONLY } from "../../assembly/shared/claim";
import * as codes from "../../assembly/shared/condition";
import { FALSE, PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY, TRUE, UNKNOWN } from "../../assembly/shared/condition";
import * as bytes from "./expression-bytes";
import {
  freshScene,
  give,
  giveNumber,
  hold,
  setPurpose,
  setRestricting,
  tokenRecord,
  truth,
  withoutSacl,
} from "./expression-scene";

const USER: u32 = codes.TOKEN_USER_ATTRIBUTE;
const LOCAL: u32 = codes.TOKEN_LOCAL_ATTRIBUTE;
const DEVICE: u32 = codes.TOKEN_DEVICE_ATTRIBUTE;
const RESOURCE: u32 = codes.TOKEN_RESOURCE_ATTRIBUTE;

function unary(scope: u32, name: string, code: u32): u32 {
  bytes.beginExpression();
  bytes.attribute(scope, name);
  bytes.op(code);
  return truth();
}

/** `code` over the SID S-1-5-1, or over { S-1-5-1, S-1-5-2 }. */
function membership(code: u32, both: bool): u32 {
  bytes.beginExpression();
  if (both) bytes.beginComposite();
  bytes.sid(5, 1);
  if (both) {
    bytes.sid(5, 2);
    bytes.endComposite();
  }
  bytes.op(code);
  return truth();
}

beforeEach(() => {
  freshScene();
  giveNumber(USER, "t", 1);
});

describe("attributes", () => {
  test("are looked up in their own scope, without case", () => {
    giveNumber(LOCAL, "x", 1);
    giveNumber(DEVICE, "x", 0);
    giveNumber(RESOURCE, "größe", 1);
    const scopes: u32[] = [LOCAL, DEVICE, RESOURCE, USER];
    const expected: u32[] = [TRUE, FALSE, UNKNOWN, UNKNOWN];
    for (let i = 0; i < scopes.length; i++) {
      bytes.beginExpression();
      bytes.attribute(scopes[i], "X");
      expect(truth()).toBe(expected[i]);
    }
    bytes.beginExpression();
    bytes.attribute(RESOURCE, "GRÖßE");
    expect(truth()).toBe(TRUE);
    withoutSacl();
    bytes.beginExpression();
    bytes.attribute(RESOURCE, "GRÖßE");
    expect(truth()).toBe(UNKNOWN);
  });

  test("of a name whose first claim counts as missing are missing", () => {
    giveNumber(RESOURCE, "x", 1, CLAIM_TYPE_INT64, CLAIM_DISABLED);
    giveNumber(RESOURCE, "x", 1);
    expect(unary(RESOURCE, "x", codes.TOKEN_EXISTS)).toBe(FALSE);
    bytes.beginClaim("y", CLAIM_TYPE_STRING, 0, 2);
    bytes.textValue("q");
    bytes.textValue("Q");
    give(RESOURCE);
    giveNumber(RESOURCE, "y", 1);
    expect(unary(RESOURCE, "y", codes.TOKEN_EXISTS)).toBe(FALSE);
  });

  test("for denying only are missing for purpose allow", () => {
    giveNumber(LOCAL, "x", 1, CLAIM_TYPE_INT64, CLAIM_USE_FOR_DENY_ONLY);
    const purposes: u32[] = [PURPOSE_ALLOW, PURPOSE_DENY, PURPOSE_AUDIT];
    for (let i = 0; i < purposes.length; i++) {
      setPurpose(purposes[i]);
      expect(unary(LOCAL, "x", codes.TOKEN_EXISTS)).toBe(purposes[i] == PURPOSE_ALLOW ? FALSE : TRUE);
      bytes.beginExpression();
      bytes.attribute(LOCAL, "x");
      expect(truth()).toBe(purposes[i] == PURPOSE_ALLOW ? UNKNOWN : TRUE);
    }
  });

  test("exist or not: local and resource ones; to ask of a user or device claim is a failure", () => {
    giveNumber(RESOURCE, "x", 0);
    expect(unary(RESOURCE, "x", codes.TOKEN_EXISTS)).toBe(TRUE);
    expect(unary(RESOURCE, "x", codes.TOKEN_NOT_EXISTS)).toBe(FALSE);
    expect(unary(LOCAL, "x", codes.TOKEN_EXISTS)).toBe(FALSE);
    expect(unary(LOCAL, "x", codes.TOKEN_NOT_EXISTS)).toBe(TRUE);
    expect(unary(USER, "t", codes.TOKEN_EXISTS)).toBe(UNKNOWN);
    expect(unary(DEVICE, "t", codes.TOKEN_NOT_EXISTS)).toBe(UNKNOWN);
  });
});

describe("Member_of", () => {
  test("wants all SIDs, Member_of_Any one, and Not_ turns them round", () => {
    hold(5, 1, HOLD_ALLOW | HOLD_DENY);
    expect(membership(codes.TOKEN_MEMBER_OF, false)).toBe(TRUE);
    expect(membership(codes.TOKEN_MEMBER_OF, true)).toBe(FALSE);
    expect(membership(codes.TOKEN_MEMBER_OF_ANY, true)).toBe(TRUE);
    expect(membership(codes.TOKEN_NOT_MEMBER_OF, true)).toBe(TRUE);
    expect(membership(codes.TOKEN_NOT_MEMBER_OF_ANY, true)).toBe(FALSE);
    hold(5, 2, HOLD_ALLOW);
    expect(membership(codes.TOKEN_MEMBER_OF, true)).toBe(TRUE);
    expect(membership(codes.TOKEN_NOT_MEMBER_OF, true)).toBe(FALSE);
  });

  test("reads groups by purpose: a deny-only group widens Not_Member_of in an allow ACE", () => {
    hold(5, 1, HOLD_DENY);
    expect(membership(codes.TOKEN_NOT_MEMBER_OF, false)).toBe(TRUE);
    setPurpose(PURPOSE_DENY);
    expect(membership(codes.TOKEN_NOT_MEMBER_OF, false)).toBe(FALSE);
    setPurpose(PURPOSE_AUDIT);
    expect(membership(codes.TOKEN_MEMBER_OF, false)).toBe(TRUE);
  });

  test("sees the restricting list in the second walk; the device's groups stay the token's", () => {
    hold(5, 1, HOLD_ALLOW | HOLD_DENY);
    setRestricting(true);
    expect(membership(codes.TOKEN_MEMBER_OF, false)).toBe(FALSE);
    hold(5, 1, HOLD_RESTRICT_ALLOW | HOLD_DEVICE_ALLOW);
    expect(membership(codes.TOKEN_MEMBER_OF, false)).toBe(TRUE);
    expect(membership(codes.TOKEN_DEVICE_MEMBER_OF, false)).toBe(TRUE);
    setPurpose(PURPOSE_DENY);
    expect(membership(codes.TOKEN_MEMBER_OF, false)).toBe(TRUE, "by presence alone");
    expect(membership(codes.TOKEN_DEVICE_MEMBER_OF_ANY, true)).toBe(FALSE);
    hold(5, 2, HOLD_DEVICE_DENY);
    expect(membership(codes.TOKEN_DEVICE_MEMBER_OF_ANY, true)).toBe(TRUE);
    expect(membership(codes.TOKEN_NOT_DEVICE_MEMBER_OF, true)).toBe(TRUE);
    expect(membership(codes.TOKEN_NOT_DEVICE_MEMBER_OF_ANY, true)).toBe(FALSE);
  });

  test("fails without SIDs: empty, mixed, another literal, an attribute", () => {
    bytes.beginExpression();
    bytes.beginComposite();
    bytes.endComposite();
    bytes.op(codes.TOKEN_NOT_MEMBER_OF);
    expect(truth()).toBe(UNKNOWN);
    bytes.beginExpression();
    bytes.beginComposite();
    bytes.sid(5, 1);
    bytes.integer(1);
    bytes.endComposite();
    bytes.op(codes.TOKEN_NOT_MEMBER_OF);
    expect(truth()).toBe(UNKNOWN);
    bytes.beginExpression();
    bytes.integer(5);
    bytes.op(codes.TOKEN_NOT_MEMBER_OF);
    expect(truth()).toBe(UNKNOWN);
    expect(unary(USER, "t", codes.TOKEN_NOT_MEMBER_OF)).toBe(UNKNOWN);
  });

  test("reads of OWNER RIGHTS and PRINCIPAL SELF what the token itself holds", () => {
    hold(3, 4, HOLD_ALLOW);
    hold(5, 10, HOLD_ALLOW);
    expect(memberBits(tokenRecord(), SID_OWNER_RIGHTS)).toBe(0);
    expect(memberBits(tokenRecord(), SID_PRINCIPAL_SELF)).toBe(0);
    tokenRecord().ownerRightsBits = HOLD_DENY;
    tokenRecord().principalSelfBits = HOLD_ALLOW;
    expect(memberBits(tokenRecord(), SID_OWNER_RIGHTS)).toBe(HOLD_DENY);
    bytes.beginExpression();
    bytes.sid(5, 10);
    bytes.op(codes.TOKEN_MEMBER_OF);
    expect(truth()).toBe(TRUE);
  });
});
