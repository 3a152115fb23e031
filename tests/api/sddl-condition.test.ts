/** Conditional expressions in text: grammar, tokens, canonical form, limits. formats.md 7.1, 7.2 */
import { describe, expect, it } from "vitest";
import { TOKEN_AND, TOKEN_EQUAL, TOKEN_MEMBER_OF, TOKEN_NOT, TOKEN_OR } from "../../assembly/shared/condition.js";
import { Condition, type ConditionToken } from "../../src/condition.js";
import { FormatError, SddlError } from "../../src/errors.js";
import { formatCondition } from "../../src/sddl/condition-format.js";
import { parseCondition } from "../../src/sddl/condition-parse.js";

function refusal(text: string): [code: string, position: number] {
  try {
    parseCondition(text);
  } catch (error) {
    if (error instanceof SddlError) return [error.code, error.position];
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

/** A short form of the tokens: names, values, operator codes. */
function tokens(text: string): unknown[] {
  return parseCondition(text).tokens.map((token) =>
    token.kind === "attribute" ? token.name : token.kind === "operator" ? token.code : token.kind,
  );
}

const attribute = (name: string, scope: "local" | "user" = "user"): ConditionToken => ({
  kind: "attribute",
  scope,
  name,
});
const operator = (code: number): ConditionToken => ({ kind: "operator", code });
const one: ConditionToken = { kind: "int", code: 4, value: 1n, sign: 3, base: 2 };

describe("conditions in text", () => {
  it.each([
    ["(a)", "(a)"],
    ["\t( ( @uSer.A ) )\n", "(@USER.A)"],
    ["(a||b&&c||d)", "(((a) || ((b) && (c))) || (d))"],
    ["((a||b)&&(c||d))", "(((a) || (b)) && ((c) || (d)))"],
    ["(!(a)&&! (b==1))", "((!(a)) && (!(b == 1)))"],
    ["(1==1)", "(1 == 1)"],
    ["(a/b.c:d_e@f==+0x1F)", "(a/b.c:d_e@f == +0x1f)"],
    ["(@User.x<-12)", "(@USER.x < -12)"],
    ["(@User.x>=00)", "(@USER.x >= 00)"],
    ["(@User.x!=-0777)", "(@USER.x != -0777)"],
    ["(@User.x<=0xFFFFFFFFFFFFFFFF)", "(@USER.x <= 0xffffffffffffffff)"],
    ["(@User.x>-9223372036854775808)", "(@USER.x > -9223372036854775808)"],
    ['(@Device.x contains{"a" ,"(b)"})', '(@DEVICE.x Contains {"a", "(b)"})'],
    ["(@Resource.x NOT_ANY_OF {})", "(@RESOURCE.x Not_Any_of {})"],
    ["(@User.x any_of@Device.y)", "(@USER.x Any_of @DEVICE.y)"],
    ["(x==#)", "(x == #)"],
    ["(x==#A#F)", "(x == #0a0f)"],
    ["(exists a&&not_exists @user.b)", "((Exists a) && (Not_Exists @USER.b))"],
    ["(member_of((({sid(ba),SID( S-1-5-1 )}))))", "(Member_of {SID(BA), SID(S-1-5-1)})"],
    ["(Not_Device_Member_of_Any SID(WD))", "(Not_Device_Member_of_any SID(WD))"],
    ['(Member_of{1,"x",#00})', '(Member_of {1, "x", #00})'],
    ["(@User.Exists)", "(@USER.Exists)"],
    ["(@User.a%0020b,c%0025ü==1)", "(@USER.a%0020b%002cc%0025%00fc == 1)"],
    ["(@User.\u{1f600}%d83d%DE00)", "(@USER.%d83d%de00%d83d%de00)"],
    ["(@User.{a;b}#~)", "(@USER.{a;b}#~)"],
  ])("%j prints as %j", (text, expected) => {
    expect(formatCondition(parseCondition(text))).toBe(expected);
    expect(formatCondition(parseCondition(expected))).toBe(expected);
  });

  it("becomes postfix, left-associative, && before ||", () => {
    expect(tokens("(a && b && c)")).toEqual(["a", "b", TOKEN_AND, "c", TOKEN_AND]);
    expect(tokens("(a || b && !(c))")).toEqual(["a", "b", "c", TOKEN_NOT, TOKEN_AND, TOKEN_OR]);
    expect(tokens("(Member_of SID(BA) || a == 1)")).toEqual([
      "sid",
      TOKEN_MEMBER_OF,
      "a",
      "int",
      TOKEN_EQUAL,
      TOKEN_OR,
    ]);
  });

  it("tells how an integer was written", () => {
    const integer = (text: string) => parseCondition(`(a == ${text})`).tokens[1];
    expect(integer("+010")).toEqual({ kind: "int", code: 4, value: 8n, sign: 1, base: 1 });
    expect(integer("-9")).toEqual({ kind: "int", code: 4, value: -9n, sign: 2, base: 2 });
    expect(integer("0xffffffffffffffff")).toEqual({ kind: "int", code: 4, value: -1n, sign: 3, base: 3 });
  });

  it("begins where it is told, and reports positions of the whole text", () => {
    expect(parseCondition("xx (a)", undefined, 2).tokens).toHaveLength(1);
    expect(() => parseCondition("xx (a", undefined, 2)).toThrow(expect.objectContaining({ position: 5 }));
  });

  it.each([
    ["", 0],
    ["a", 0],
    ["()", 1],
    ["( )", 2],
    ["(a", 2],
    ["(a))", 3],
    ["(a) b", 4],
    ["(!a)", 2],
    ["(!!(a))", 2],
    ["(a &b)", 4],
    ["(a && )", 6],
    ["(&& a)", 1],
    ["(a b)", 3],
    ["(a = 1)", 4],
    ["(a ! 1)", 4],
    ["(a == b)", 6],
    ["(a == (1))", 6],
    ["(a == 1 == 1)", 8],
    ['("x" == "x")', 1],
    ["(-1 == a)", 1],
    ["({1} == a)", 1],
    ["(a == {@User.b})", 7],
    ["(a == {1,})", 9],
    ["(a == {1 2})", 9],
    ["(a == {1)", 8],
    ["(Exists (a))", 8],
    ["(Exists Exists)", 8],
    ["(Contains == 1)", 1],
    ["(Member_of {})", 12],
    ["(Member_of a)", 11],
    ["(Member_of {SID(BA)}", 20],
    ["(Member_of (SID(BA))", 20],
    ["(Member_of SID (BA))", 11],
    ["(Member_of {SID(QZ)})", 16],
    ["(Member_of_anySID(BA))", 17],
    ["(@Token.a)", 1],
    ["(@User)", 1],
    ["(@User.)", 7],
    ["(@ua\u017fer.a)", 1],
    ["(@User.a%41)", 11],
    ["(@User.a%0041)", 8],
    ["(@User.%0000)", 7],
    ["(@User.%d83dx)", 7],
    ["(@User.%de00)", 7],
    ["(@User.\ud83d)", 7],
    ['(a == "x)', 9],
    ['(a == "\ud83d")', 8],
    ['(a == "\0")', 7],
    ["(a == #1g)", 8],
    ["(a == 08)", 7],
    ["(a == 9223372036854775808)", 6],
    ["(a == +0x8000000000000000)", 6],
    ["(a == 0x10000000000000000)", 6],
    ["(a == 01000000000000000000000)", 6],
    ["(a == -)", 7],
  ])("refuses %j at %i", (text, position) => {
    expect(refusal(text)).toEqual(["ERR_CONDITION", position]);
  });
});

describe("what is no condition", () => {
  it("is ERR_ARGUMENT, in text and as a value", () => {
    for (const wrong of [5, null, undefined, {}, new Uint8Array(5), Symbol("x")]) {
      const fault = expect.objectContaining({ code: "ERR_ARGUMENT" });
      expect(() => parseCondition(wrong as unknown as string)).toThrow(fault);
      expect(() => formatCondition(wrong as unknown as Condition)).toThrow(fault);
    }
  });
});

describe("the limits of conditions", () => {
  it("takes 256 levels of parentheses, of any kind, and not 257", () => {
    const nested = (levels: number, open = "(") => `(${open.repeat(levels - 1)}a${")".repeat(levels)}`;
    expect(tokens(nested(256))).toEqual(["a"]);
    expect(refusal(nested(257))).toEqual(["ERR_LIMIT", 256]);
    expect(tokens(nested(256, "!("))).toHaveLength(256);
    expect(refusal(nested(257, "!("))[0]).toBe("ERR_LIMIT");
    expect(tokens(`(Member_of ${"(".repeat(255)}1${")".repeat(256)}`)).toHaveLength(2);
    expect(refusal(`(Member_of ${"(".repeat(256)}1${")".repeat(257)}`)[0]).toBe("ERR_LIMIT");
    expect(refusal("(".repeat(1000000))).toEqual(["ERR_LIMIT", 256]);
  });

  it("counts the levels of a flat chain as it prints", () => {
    const chain = (count: number) => `(${Array.from({ length: count }, () => "a").join("&&")})`;
    const text = formatCondition(parseCondition(chain(256)));
    expect(text.startsWith(`${"(".repeat(256)}a)`)).toBe(true);
    expect(formatCondition(parseCondition(text))).toBe(text);
    expect(refusal(chain(257))[0]).toBe("ERR_LIMIT");
    expect(refusal(`(a&&${chain(256)})`)[0]).toBe("ERR_LIMIT");
    expect(refusal(`(a||${chain(256)})`)[0]).toBe("ERR_LIMIT");
  });

  it("takes 4,096 tokens and 4,096 members, and no more", () => {
    const half = (count: number) =>
      Array.from({ length: count / 64 }, () => `(${Array(64).fill("a").join("||")})`).join("&&");
    expect(tokens(`(${half(2048)})`)).toHaveLength(4095);
    expect(tokens(`(${half(2048 - 64)}&&!(${Array(64).fill("a").join("||")}))`)).toHaveLength(4096);
    expect(refusal(`(${half(2048)}&&a)`)[0]).toBe("ERR_LIMIT");
    const members = (count: number) => `(a == {${Array(count).fill("#").join(",")}})`;
    expect(tokens(members(4096))).toHaveLength(3);
    expect(refusal(members(4097))[0]).toBe("ERR_LIMIT");
  });
});

describe("conditions that no text makes", () => {
  it.each<[string, ConditionToken[]]>([
    ["no token", []],
    ["a value alone", [one]],
    ["two results", [attribute("a"), attribute("b")]],
    ["a missing operand", [attribute("a"), operator(TOKEN_AND)]],
    ["a value on the left", [one, one, operator(TOKEN_EQUAL)]],
    ["a local attribute on the right", [attribute("a"), attribute("b", "local"), operator(TOKEN_EQUAL)]],
    ["a result compared", [attribute("a"), operator(TOKEN_NOT), one, operator(TOKEN_EQUAL)]],
    ["a value negated", [one, operator(TOKEN_NOT)]],
    ["membership of an attribute", [attribute("a"), operator(TOKEN_MEMBER_OF)]],
    ["membership of nothing", [{ kind: "composite", members: [] }, operator(TOKEN_MEMBER_OF)]],
    ["a local name with a blank", [attribute("a b", "local")]],
    ["a local name that is an operator", [attribute("EXISTS", "local")]],
    ["an empty name", [attribute("")]],
    ["half a surrogate pair in a name", [attribute("\ud83d")]],
    ["a quote in a string", [attribute("a"), { kind: "string", value: 'x"y' }, operator(TOKEN_EQUAL)]],
    ["half a surrogate pair in a string", [attribute("a"), { kind: "string", value: "\ude00" }, operator(TOKEN_EQUAL)]],
    [
      "a sign that contradicts",
      [attribute("a"), { kind: "int", code: 4, value: -1n, sign: 1, base: 2 }, operator(TOKEN_EQUAL)],
    ],
    ["an unknown operator", [attribute("a"), operator(0xa3)]],
  ])("%s is refused", (_, list) => {
    const condition = Condition.of(list);
    expect(() => formatCondition(condition)).toThrow(FormatError);
    expect(() => formatCondition(condition)).toThrow(expect.objectContaining({ code: "ERR_CONDITION" }));
  });

  it("prints a short integer as the value it has", () => {
    const list: ConditionToken[] = [
      attribute("a"),
      { kind: "int", code: 1, value: -1n, sign: 3, base: 3 },
      operator(TOKEN_EQUAL),
    ];
    expect(formatCondition(Condition.of(list))).toBe("(@USER.a == 0xffffffffffffffff)");
  });

  it("is ERR_LIMIT when it would print too deep", () => {
    const list = [attribute("a"), ...Array.from({ length: 256 }, () => operator(TOKEN_NOT))];
    expect(formatCondition(Condition.of(list.slice(0, -1)))).toContain("(@USER.a)");
    expect(() => formatCondition(Condition.of(list))).toThrow(expect.objectContaining({ code: "ERR_LIMIT" }));
  });
});
