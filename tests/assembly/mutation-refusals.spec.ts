/**
 * What is refused for one field alone, at that field: counts that lie by little, one more than a limit, parts that end
 * too early, text of an odd size. assembly/load
 */
import { loadCondition } from "../../assembly/load/condition";
import { loadFilter } from "../../assembly/load/filter";
import { loadPolicies } from "../../assembly/load/policies";
import { findSid } from "../../assembly/load/sid-table";
import { sidFromText } from "../../assembly/load/sid-text";
import { loadToken } from "../../assembly/load/token";
import { beginRead, failedOffset } from "../../assembly/memory/reader";
import { SID_NONE } from "../../assembly/memory/sids";
import * as filterImage from "../../assembly/shared/filter-image";
import * as codes from "../../assembly/shared/condition";
import { POLICY_IMAGE_HEADER_SIZE, POLICY_RULES_MAX } from "../../assembly/shared/policy-image";
import * as image from "../../assembly/shared/token-image";
import { freshAccess } from "./access-scene";
import { CLAIMS_MAX } from "../../assembly/shared/token";
import { EVERYONE, USER, allow } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as filter from "./filter-bytes";
import * as policies from "./policy-bytes";
import * as token from "./token-bytes";

beforeEach(() => {
  freshAccess();
  token.beginToken(USER);
});

function tokenFault(): u32 {
  expect(loadToken(bytes.start(), bytes.length(), 1)).toBe(0, "refused");
  return failedOffset();
}

function policyFault(): u32 {
  expect(loadPolicies(bytes.start(), bytes.length(), 1)).toBe(0, "refused");
  return failedOffset();
}

function filterFault(): u32 {
  expect(loadFilter(bytes.start(), bytes.length())).toBe(0, "refused");
  return failedOffset();
}

describe("a token image", () => {
  test("that counts more entries than have room is at fault at the count", () => {
    const fields: u32[] = [
      image.IMAGE_GROUP_COUNT,
      image.IMAGE_RESTRICTED_COUNT,
      image.IMAGE_PRIVILEGE_COUNT,
      image.IMAGE_CAPABILITY_COUNT,
      image.IMAGE_DEVICE_GROUP_COUNT,
      image.IMAGE_USER_CLAIM_COUNT,
      image.IMAGE_DEVICE_CLAIM_COUNT,
      image.IMAGE_LOCAL_CLAIM_COUNT,
    ];
    for (let i = 0; i < fields.length; i++) {
      for (let count: u32 = 1; count <= 1024; count *= 4) {
        token.tokenImage();
        token.put(fields[i], count);
        expect(tokenFault()).toBe(fields[i], fields[i].toString() + ": " + count.toString());
      }
    }
  });

  test("with one group counts no more than that one", () => {
    token.group(EVERYONE);
    token.tokenImage();
    for (let count: u32 = 2; count <= 192; count++) {
      token.put(image.IMAGE_GROUP_COUNT, count);
      expect(tokenFault()).toBe(image.IMAGE_GROUP_COUNT, count.toString());
    }
  });

  test("gives no number to a SID that is none", () => {
    token.tokenImage();
    const user = bytes.start() + image.IMAGE_HEADER_SIZE + 4;
    store<u8>(user, 2);
    expect(tokenFault()).toBe(image.IMAGE_HEADER_SIZE + 4);
    expect(findSid(user)).toBe(SID_NONE);
  });

  test("has as many claims as the limit and no more", () => {
    for (let i: u32 = 0; i < CLAIMS_MAX; i++) token.userClaim("n" + i.toString());
    token.tokenImage();
    expect(loadToken(bytes.start(), bytes.length(), 1)).not.toBe(0);
    token.userClaim("one more");
    token.tokenImage();
    expect(tokenFault()).toBe(image.IMAGE_USER_CLAIM_COUNT);
  });

  test("of as many entries of the shortest SID as there is room for is sound", () => {
    for (let list = 0; list < 4; list++) {
      token.beginToken(USER);
      for (let i = 0; i < 13; i++) {
        const shortest = "S-1-" + (100 + i).toString();
        if (list == 0) token.group(shortest);
        else if (list == 1) token.restrict(shortest);
        else if (list == 2) token.capability(shortest);
        else token.device(shortest);
      }
      token.tokenImage();
      expect(loadToken(bytes.start(), bytes.length(), 1)).not.toBe(0, list.toString());
    }
  });

  test("with a claim that is longer than the image is at fault at its length", () => {
    token.tokenImage();
    const before = bytes.length();
    token.userClaim("name");
    token.tokenImage();
    const lengths: u32[] = [bytes.length() - before + 1, 0x7fffffff, 0xfffffffc, 0xfffffffd, 0xffffffff];
    for (let i = 0; i < lengths.length; i++) {
      token.put(before, lengths[i]);
      expect(tokenFault()).toBe(before, lengths[i].toString());
    }
    token.put(before, bytes.length() - before);
    expect(tokenFault()).toBe(before + 4, "long by no more than the length itself takes: at fault behind that");
  });

  test("with a claim that ends one byte behind its size is at fault at its length", () => {
    token.tokenImage();
    const before = bytes.length();
    token.userClaim("name");
    token.tokenImage();
    token.put(before, load<u32>(bytes.start() + before) - 1);
    expect(tokenFault()).toBe(before);
  });

  test("shorter than its header is at fault from its first byte", () => {
    token.tokenImage();
    for (let length: u32 = 0; length < image.IMAGE_HEADER_SIZE; length += 4) {
      token.put(image.IMAGE_SIZE, length);
      expect(loadToken(bytes.start(), length, 1)).toBe(0);
      expect(failedOffset()).toBe(0);
    }
  });
});

describe("a policy image", () => {
  test("that counts more rules than have room is at fault at the count", () => {
    for (let count: u32 = 1; count != 0; count *= 4) {
      policies.beginPolicies();
      policies.policy("S-1-17-1");
      policies.endPolicies();
      store<u32>(bytes.start() + POLICY_IMAGE_HEADER_SIZE + 12, count);
      expect(policyFault()).toBe(POLICY_IMAGE_HEADER_SIZE + 12, count.toString());
    }
  });

  test("has policies of as many rules as the limit and no more", () => {
    for (let rules = POLICY_RULES_MAX; rules <= POLICY_RULES_MAX + 1; rules++) {
      policies.beginPolicies();
      policies.policy("S-1-17-1");
      for (let i: u32 = 0; i < rules; i++) {
        policies.always();
        policies.beginRule();
        allow(0x1, EVERYONE);
        policies.endRule();
        policies.unstaged();
      }
      policies.endPolicies();
      if (rules == POLICY_RULES_MAX) expect(loadPolicies(bytes.start(), bytes.length(), 1)).not.toBe(0);
      else expect(policyFault()).toBe(POLICY_IMAGE_HEADER_SIZE + 12);
    }
  });

  test("that ends before the last length of a rule is refused", () => {
    policies.beginPolicies();
    policies.policy("S-1-17-1");
    policies.always();
    policies.beginRule();
    allow(0x1, EVERYONE);
    policies.endRule();
    policies.endPolicies();
    expect(loadPolicies(bytes.start(), bytes.length(), 1)).toBe(0);
  });
});

describe("a filter image", () => {
  test("of as many of the shortest SIDs as there is room for is sound", () => {
    filter.beginFilter();
    for (let i = 0; i < 13; i++) filter.disable("S-1-" + (100 + i).toString());
    expect(loadFilter(bytes.start(), filter.filterImage())).not.toBe(0);
  });

  test("that counts more SIDs than have room is at fault where they begin", () => {
    filter.beginFilter();
    filter.disable(EVERYONE);
    filter.filterImage();
    for (let count: u32 = 2; count <= 192; count++) {
      filter.put(filterImage.FILTER_DISABLE_COUNT, count);
      expect(filterFault()).toBe(filterImage.FILTER_HEADER_SIZE, count.toString());
    }
  });

  test("that counts more privileges than it has bytes is at fault at the count", () => {
    filter.beginFilter();
    const length = filter.filterImage();
    filter.put(filterImage.FILTER_DELETE_COUNT, length + 1);
    expect(filterFault()).toBe(filterImage.FILTER_DELETE_COUNT);
  });
});

test("a rule is refused for a DACL that is not sound, with a staged one behind it that is", () => {
  policies.beginPolicies();
  policies.policy("S-1-17-1");
  policies.always();
  policies.beginRule();
  const dacl = bytes.start() + bytes.length() - 8;
  allow(0x1, EVERYONE);
  policies.endRule();
  policies.beginRule();
  allow(0x1, EVERYONE);
  policies.endRule();
  policies.endPolicies();
  expect(loadPolicies(bytes.start(), bytes.length(), 1)).not.toBe(0);
  store<u8>(dacl, 9);
  expect(loadPolicies(bytes.start(), bytes.length(), 1)).toBe(0);
});

test("a rule is refused for a DACL that is not sound, with nothing behind it", () => {
  policies.beginPolicies();
  policies.policy("S-1-17-1");
  policies.always();
  policies.beginRule();
  policies.endRule();
  policies.endPolicies();
  store<u8>(bytes.start() + bytes.length() - 8, 9);
  expect(loadPolicies(bytes.start(), bytes.length(), 1)).toBe(0);
});

test("a text spells no SID with another character in place of a hyphen", () => {
  const texts: string[] = ["S-1-5-18", "S:1-5-18", "S-1:5-18", "S-1-5:18"];
  for (let i = 0; i < texts.length; i++) {
    bytes.begin();
    for (let k = 0; k < texts[i].length; k++) bytes.u8At(<u32>texts[i].charCodeAt(k));
    beginRead(bytes.start());
    expect(sidFromText(bytes.start(), bytes.length()) != 0).toBe(i == 0, texts[i]);
  }
});

test("a condition is none for the bytes of an integer behind a code between those of integers and of text", () => {
  for (let code: u32 = codes.TOKEN_INT64; code < codes.TOKEN_UNICODE; code++) {
    bytes.beginExpression();
    bytes.attribute(codes.TOKEN_USER_ATTRIBUTE, "t");
    bytes.u8At(code);
    bytes.u64At(1);
    bytes.u8At(codes.SIGN_NONE);
    bytes.u8At(codes.BASE_DECIMAL);
    bytes.op(codes.TOKEN_EQUAL);
    expect(loadCondition(bytes.start(), bytes.length()) != 0).toBe(code == codes.TOKEN_INT64, code.toString());
  }
});

test("a condition is none for the bytes of an integer behind padding in a composite", () => {
  for (let code = codes.TOKEN_PADDING; code <= codes.TOKEN_INT8; code++) {
    bytes.beginExpression();
    bytes.attribute(codes.TOKEN_USER_ATTRIBUTE, "t");
    bytes.beginComposite();
    bytes.sizedInteger(code, 1);
    bytes.endComposite();
    bytes.op(codes.TOKEN_EQUAL);
    expect(loadCondition(bytes.start(), bytes.length()) != 0).toBe(code == codes.TOKEN_INT8, code.toString());
  }
});

test("a condition is none for text of an odd size, whatever follows", () => {
  for (let size: u32 = 2; size <= 4; size++) {
    bytes.beginExpression();
    bytes.attribute(codes.TOKEN_USER_ATTRIBUTE, "t");
    bytes.u8At(codes.TOKEN_UNICODE);
    bytes.u32At(size);
    for (let i: u32 = 0; i < size; i++) bytes.u8At((i & 1) == 0 ? 0x61 : 0);
    bytes.op(codes.TOKEN_EQUAL);
    expect(loadCondition(bytes.start(), bytes.length()) != 0).toBe((size & 1) == 0, size.toString());
  }
});
