/** Set operators. access-check.md 11.7; formats.md 6.2 */
import * as codes from "../../assembly/shared/condition";
import { FALSE, TRUE, UNKNOWN } from "../../assembly/shared/condition";
import * as bytes from "./expression-bytes";
import { freshScene, truth, giveTexts } from "./expression-scene";

const USER: u32 = codes.TOKEN_USER_ATTRIBUTE;
const EQUAL: u32 = codes.TOKEN_EQUAL;
const NOT_EQUAL: u32 = codes.TOKEN_NOT_EQUAL;
const LESS: u32 = codes.TOKEN_LESS;
const CONTAINS: u32 = codes.TOKEN_CONTAINS;
const NOT_CONTAINS: u32 = codes.TOKEN_NOT_CONTAINS;
const ANY_OF: u32 = codes.TOKEN_ANY_OF;
const NOT_ANY_OF: u32 = codes.TOKEN_NOT_ANY_OF;

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

beforeEach(() => {
  freshScene();
});

describe("sets", () => {
  test("are equal by count and values, in any order", () => {
    giveTexts(USER, "a", "apple|banana");
    expect(list("a", EQUAL, "BANANA|APPLE")).toBe(TRUE);
    expect(list("a", EQUAL, "apple|banana|apple")).toBe(FALSE);
    expect(list("a", EQUAL, "apple|apple")).toBe(FALSE);
    expect(list("a", EQUAL, "apple|Apple")).toBe(FALSE);
    expect(list("a", NOT_EQUAL, "apple|banana|apple")).toBe(TRUE);
    expect(list("a", EQUAL, "apple")).toBe(FALSE);
  });

  test("equal a single value by a list of one", () => {
    giveTexts(USER, "a", "x");
    expect(list("a", EQUAL, "X")).toBe(TRUE);
    giveTexts(USER, "b", "x|y");
    expect(list("b", EQUAL, "x")).toBe(FALSE);
  });

  test("contain every value on the right, repeated or not, or a single literal", () => {
    giveTexts(USER, "a", "foo|bar");
    expect(list("a", CONTAINS, "foo|bar|BAR")).toBe(TRUE);
    expect(list("a", CONTAINS, "foo|baz")).toBe(FALSE);
    expect(list("a", NOT_CONTAINS, "foo|baz")).toBe(TRUE);
    bytes.beginExpression();
    bytes.attribute(USER, "a");
    bytes.text("bar");
    bytes.op(CONTAINS);
    expect(truth()).toBe(TRUE);
  });

  test("have some value of a list or of an attribute; a single literal is a failure", () => {
    giveTexts(USER, "a", "foo|bar");
    giveTexts(USER, "b", "BAR");
    expect(attributes(ANY_OF)).toBe(TRUE);
    expect(attributes(NOT_ANY_OF)).toBe(FALSE);
    expect(list("a", ANY_OF, "baz")).toBe(FALSE);
    expect(list("a", ANY_OF, "baz|foo")).toBe(TRUE);
    bytes.beginExpression();
    bytes.attribute(USER, "a");
    bytes.text("baz");
    bytes.op(NOT_ANY_OF);
    expect(truth()).toBe(UNKNOWN);
  });

  test("of several values, and composites, have no order", () => {
    giveTexts(USER, "a", "x");
    giveTexts(USER, "b", "y|z");
    expect(attributes(LESS)).toBe(UNKNOWN);
    expect(list("a", LESS, "y")).toBe(UNKNOWN);
    expect(list("b", LESS, "y")).toBe(UNKNOWN);
  });

  test("leave nothing behind that a later operator could see", () => {
    giveTexts(USER, "a", "x|y");
    giveTexts(USER, "b", "y|z");
    expect(list("a", EQUAL, "x|q")).toBe(FALSE);
    expect(list("b", CONTAINS, "x")).toBe(FALSE);
    expect(list("b", ANY_OF, "x")).toBe(FALSE);
    expect(list("a", ANY_OF, "x")).toBe(TRUE);
    expect(list("b", CONTAINS, "x")).toBe(FALSE);
  });
});

describe("the empty composite", () => {
  test("is nothing's equal, contained or met", () => {
    giveTexts(USER, "a", "x");
    expect(list("a", EQUAL, "")).toBe(FALSE);
    expect(list("a", NOT_EQUAL, "")).toBe(TRUE);
    expect(list("a", ANY_OF, "")).toBe(FALSE);
    expect(list("a", NOT_ANY_OF, "")).toBe(TRUE);
    expect(list("a", CONTAINS, "")).toBe(FALSE);
    expect(list("a", NOT_CONTAINS, "")).toBe(TRUE);
    expect(list("a", LESS, "")).toBe(UNKNOWN);
  });

  test("is UNKNOWN of a missing attribute, but for Contains", () => {
    expect(list("none", EQUAL, "")).toBe(UNKNOWN);
    expect(list("none", NOT_EQUAL, "")).toBe(UNKNOWN);
    expect(list("none", ANY_OF, "")).toBe(UNKNOWN);
    expect(list("none", NOT_ANY_OF, "")).toBe(UNKNOWN);
    expect(list("none", CONTAINS, "")).toBe(FALSE);
    expect(list("none", NOT_CONTAINS, "")).toBe(TRUE);
  });
});
