/** Relational operators, and the order of checks. access-check.md 11.6 */
import {
  CLAIM_TYPE_BOOLEAN,
  CLAIM_TYPE_INT64,
  CLAIM_TYPE_OCTET_STRING,
  CLAIM_TYPE_SID,
  CLAIM_TYPE_UINT64,
  CLAIM_VALUE_CASE_SENSITIVE,
} from "../../assembly/shared/claim";
import * as codes from "../../assembly/shared/condition";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition";
import * as bytes from "./expression-bytes";
import { freshScene, give, giveNumber, truth, giveTexts } from "./expression-scene";

const USER: u32 = codes.TOKEN_USER_ATTRIBUTE;
const EQUAL: u32 = codes.TOKEN_EQUAL;
const NOT_EQUAL: u32 = codes.TOKEN_NOT_EQUAL;
const LESS: u32 = codes.TOKEN_LESS;
const CONTAINS: u32 = codes.TOKEN_CONTAINS;
const ANY_OF: u32 = codes.TOKEN_ANY_OF;

/** `@User.a code @User.b` */
function attributes(code: u32): u32 {
  bytes.beginExpression();
  bytes.attribute(USER, "a");
  bytes.attribute(USER, "b");
  bytes.op(code);
  return truth();
}

/** `@User.name code {texts}`; "" is the empty composite. */
function list(name: string, code: u32, texts: string): u32 {
  bytes.beginExpression();
  bytes.attribute(USER, name);
  bytes.beginComposite();
  const values = texts.split("|");
  for (let i = 0; i < values.length && texts != ""; i++) bytes.text(values[i]);
  bytes.endComposite();
  bytes.op(code);
  return truth();
}

/** `@User.name code number` */
function number(name: string, code: u32, value: i64): u32 {
  bytes.beginExpression();
  bytes.attribute(USER, name);
  bytes.integer(value);
  bytes.op(code);
  return truth();
}

/** All four orderings of a against b, for a sign. */
function expectOrder(sign: i32): void {
  expect(attributes(codes.TOKEN_LESS)).toBe(sign < 0 ? TRUE : FALSE);
  expect(attributes(codes.TOKEN_LESS_OR_EQUAL)).toBe(sign <= 0 ? TRUE : FALSE);
  expect(attributes(codes.TOKEN_GREATER)).toBe(sign > 0 ? TRUE : FALSE);
  expect(attributes(codes.TOKEN_GREATER_OR_EQUAL)).toBe(sign >= 0 ? TRUE : FALSE);
}

function expectTexts(a: string, b: string, sign: i32, flags: u32 = 0): void {
  freshScene();
  giveTexts(USER, "a", a, flags);
  giveTexts(USER, "b", b);
  expectOrder(sign);
  expect(attributes(EQUAL)).toBe(sign == 0 ? TRUE : FALSE);
  expect(attributes(NOT_EQUAL)).toBe(sign == 0 ? FALSE : TRUE);
}

beforeEach(() => {
  freshScene();
});

describe("text", () => {
  test("compares by upper-cased unit, and a prefix is smaller", () => {
    expectTexts("cat", "dog", -1);
    expectTexts("foo", "foo bar", -1);
    expectTexts("foo", "FOO", 0);
    expectTexts("a", "_", -1);
    expectTexts("B", "a", 1);
    expectTexts("ʞ", "Ʞ", -1);
    expectTexts("ⱦ", "Ⱦ", 0);
    expectTexts("ß", "ẞ", -1);
    expectTexts("\ud7fb", "\ud800\udc00", -1);
    expectTexts("\ud800\udc00", "\uf900", -1);
    expectTexts("", "", 0);
  });

  test("compares as it is when either side's attribute is case sensitive", () => {
    expectTexts("foo", "FOO", 1, CLAIM_VALUE_CASE_SENSITIVE);
    freshScene();
    giveTexts(USER, "a", "foo");
    giveTexts(USER, "b", "FOO", CLAIM_VALUE_CASE_SENSITIVE);
    expect(attributes(EQUAL)).toBe(FALSE);
    expect(attributes(CONTAINS)).toBe(FALSE);
    expect(list("b", EQUAL, "foo")).toBe(FALSE);
    expect(list("a", EQUAL, "FOO")).toBe(TRUE);
  });
});

describe("numbers", () => {
  test("are one type, above 2^63 too", () => {
    giveNumber(USER, "a", <u64>-1, CLAIM_TYPE_INT64);
    giveNumber(USER, "b", <u64>-1, CLAIM_TYPE_UINT64);
    expectOrder(-1);
    expect(attributes(EQUAL)).toBe(FALSE);
    expect(number("a", EQUAL, -1)).toBe(TRUE);
    expect(number("b", EQUAL, -1)).toBe(FALSE, "a literal is two's complement");
    expect(number("b", codes.TOKEN_GREATER, i64.MAX_VALUE)).toBe(TRUE);
    expect(number("a", LESS, 0)).toBe(TRUE);
    freshScene();
    giveNumber(USER, "a", 0x8000000000000001, CLAIM_TYPE_UINT64);
    giveNumber(USER, "b", 0x8000000000000000, CLAIM_TYPE_UINT64);
    expectOrder(1);
  });

  test("of every width of literal are the same", () => {
    giveNumber(USER, "a", 5, CLAIM_TYPE_UINT64);
    for (let code = codes.TOKEN_INT8; code <= codes.TOKEN_INT64; code++) {
      bytes.beginExpression();
      bytes.attribute(USER, "a");
      bytes.sizedInteger(code, 5);
      bytes.op(EQUAL);
      expect(truth()).toBe(TRUE);
    }
  });
});

describe("booleans", () => {
  test("equal booleans, and the literals 0 and 1, by == and != only", () => {
    giveNumber(USER, "a", 1, CLAIM_TYPE_BOOLEAN);
    giveNumber(USER, "b", 1, CLAIM_TYPE_BOOLEAN);
    expect(attributes(EQUAL)).toBe(TRUE);
    expect(attributes(LESS)).toBe(UNKNOWN);
    expect(attributes(CONTAINS)).toBe(UNKNOWN);
    expect(number("a", EQUAL, 1)).toBe(TRUE);
    expect(number("a", NOT_EQUAL, 0)).toBe(TRUE);
    expect(number("a", NOT_EQUAL, 2)).toBe(UNKNOWN);
    expect(number("a", NOT_EQUAL, -1)).toBe(UNKNOWN);
    expect(number("a", CONTAINS, 1)).toBe(UNKNOWN);
    expect(number("a", codes.TOKEN_GREATER, 0)).toBe(UNKNOWN);
  });

  test("are no numbers", () => {
    giveNumber(USER, "a", 1, CLAIM_TYPE_BOOLEAN);
    giveNumber(USER, "b", 1, CLAIM_TYPE_INT64);
    expect(attributes(EQUAL)).toBe(UNKNOWN);
    freshScene();
    giveNumber(USER, "a", 1, CLAIM_TYPE_INT64);
    giveNumber(USER, "b", 1, CLAIM_TYPE_BOOLEAN);
    expect(attributes(NOT_EQUAL)).toBe(UNKNOWN);
  });
});

describe("SIDs and octets", () => {
  test("SIDs are equal or not, and have no order", () => {
    bytes.beginClaim("a", CLAIM_TYPE_SID, 0, 1);
    bytes.sidValue(5, 32);
    give(USER);
    bytes.beginClaim("b", CLAIM_TYPE_SID, 0, 2);
    bytes.bytesValue("S-1-5-33");
    bytes.bytesValue("S-1-5-32");
    give(USER);
    expect(attributes(EQUAL)).toBe(FALSE);
    expect(attributes(ANY_OF)).toBe(TRUE);
    expect(attributes(CONTAINS)).toBe(FALSE);
    bytes.beginExpression();
    bytes.attribute(USER, "a");
    bytes.sid(5, 32);
    bytes.op(EQUAL);
    expect(truth()).toBe(TRUE);
    bytes.beginExpression();
    bytes.attribute(USER, "a");
    bytes.sid(5, 32);
    bytes.op(LESS);
    expect(truth()).toBe(UNKNOWN);
  });

  test("octets compare byte by byte, without sign or case, and are no text", () => {
    bytes.beginClaim("a", CLAIM_TYPE_OCTET_STRING, 0, 1);
    bytes.bytesValue("ab");
    give(USER);
    bytes.beginClaim("b", CLAIM_TYPE_OCTET_STRING, 0, 1);
    bytes.bytesValue("ab\xff");
    give(USER);
    expectOrder(-1);
    bytes.beginExpression();
    bytes.attribute(USER, "a");
    bytes.octets("AB");
    bytes.op(EQUAL);
    expect(truth()).toBe(FALSE);
    bytes.beginExpression();
    bytes.attribute(USER, "a");
    bytes.octets("\xffb");
    bytes.op(LESS);
    expect(truth()).toBe(TRUE);
    expect(list("a", NOT_EQUAL, "ab")).toBe(UNKNOWN);
  });
});

/** `content` as octets. */
function giveOctets(name: string, content: string): void {
  bytes.beginClaim(name, CLAIM_TYPE_OCTET_STRING, 0, 1);
  bytes.bytesValue(content);
  give(USER);
}

describe("long contents", () => {
  test("that differ at their ends compare like short ones, each way round", () => {
    const same = "Same".repeat(200);
    expectTexts(same + "a", same + "b", -1);
    expectTexts(same + "b", same + "a", 1);
    expectTexts(same, same + "a", -1);
    expectTexts(same + "\u0200", same + "\u01fe", 1);
    expectTexts(same + "AZ", same + "\u0141A", -1);
  });

  test("order as text by unit and as octets by byte, were they the same bytes", () => {
    const text = "A".repeat(200);
    const octets = "A\x00".repeat(200);
    giveTexts(USER, "a", text + "\u0100", CLAIM_VALUE_CASE_SENSITIVE);
    giveTexts(USER, "b", text + "\u00ff", CLAIM_VALUE_CASE_SENSITIVE);
    expectOrder(1);
    giveOctets("c", octets + "\x00\x01");
    giveOctets("d", octets + "\xff\x00");
    bytes.beginExpression();
    bytes.attribute(USER, "c");
    bytes.attribute(USER, "d");
    bytes.op(LESS);
    expect(truth()).toBe(TRUE);
    expectOrder(1);
  });
});

/** `(@User.none code …) || TRUE`, written up to the right side of `code`. */
function beginAlternative(): void {
  bytes.beginExpression();
  bytes.attribute(USER, "none");
}

function alternative(code: u32): u32 {
  bytes.op(code);
  bytes.attribute(USER, "yes");
  bytes.op(codes.TOKEN_OR);
  return truth();
}

describe("the order of the checks", () => {
  beforeEach(() => {
    freshScene();
    giveNumber(USER, "yes", 1, CLAIM_TYPE_BOOLEAN);
  });

  test("a missing side is UNKNOWN in its own place, before types and the one-value rule", () => {
    beginAlternative();
    bytes.integer(1);
    expect(alternative(EQUAL)).toBe(TRUE);
    beginAlternative();
    bytes.sid(5, 1);
    expect(alternative(LESS)).toBe(TRUE);
    beginAlternative();
    bytes.beginComposite();
    bytes.integer(1);
    bytes.integer(2);
    bytes.endComposite();
    expect(alternative(LESS)).toBe(TRUE);
  });

  test("operand kinds, mixed composites and Any_of with a single literal come before it", () => {
    beginAlternative();
    bytes.beginComposite();
    bytes.integer(1);
    bytes.text("1");
    bytes.endComposite();
    expect(alternative(EQUAL)).toBe(UNKNOWN);
    beginAlternative();
    bytes.integer(1);
    expect(alternative(ANY_OF)).toBe(UNKNOWN);
    bytes.beginExpression();
    bytes.integer(1);
    bytes.attribute(USER, "none");
    expect(alternative(EQUAL)).toBe(UNKNOWN);
    bytes.beginExpression();
    bytes.attribute(USER, "none");
    bytes.attribute(USER, "none");
    bytes.op(codes.TOKEN_NOT);
    expect(alternative(EQUAL)).toBe(UNKNOWN);
  });
});
