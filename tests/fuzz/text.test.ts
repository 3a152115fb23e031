/**
 * Text from strangers: SDDL, conditions and lines of JSON are read or refused with one of our errors, in time that
 * grows with their length and no faster. formats.md 7, 8; interchange.md
 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Engine, formatCondition, parseCondition, SecurityDescriptor, Sid } from "../../src/index.js";
import { answer } from "../../src/interchange/index.js";
import { law } from "../laws/law.js";
import { answerOf, changedText, wordy } from "./hostile.js";

const RUNS = 4000;
const engine = new Engine();
const context = { domain: Sid.parse("S-1-5-21-1-2-3") };

const sddlWords = [
  ..."O: G: D: S: ( ) ; A D OA OD XA XD ZA AU AL OU XU ML RA SP TL FL P AR AI PAI NO_ACCESS_CONTROL".split(" "),
  ..."OICI IO ID SA FA NP CR TP GA GR FA FR KA CCDCLC 0x1f01ff 017 4294967295 4294967296 -1 NW NR NX".split(" "),
  ..."BA SY WD DA EA s-1-5-32-544 S-1-0xFFFFFFFFFFFF-1 S-1-16-4096 S-1-17-1 S-1-19-512-4096 S-1-3-4".split(" "),
  ..."00000000-1111-2222-3333-444444444444 (A;;FA;;;BA) (XA;;1;;;WD;(a==1)) ;;; ; \t".split(" "),
  '(RA;;;;;WD;("a",TS,0x0,"x"))',
  "(ML;;NW;;;LW)",
  " ",
];
const conditionWords = [
  ...'( ) == != < <= > >= && || ! Contains Any_of Not_Any_of Not_Contains Exists Not_Exists {} { } , "a" #0a # 1 -1 0x7 010'.split(
    " ",
  ),
  ..."Member_of Member_of_Any Device_Member_of Not_Member_of SID(BA) SID( @User.a @USER.b @Resource.c @Device.%00e9 a b:c/d.e".split(
    " ",
  ),
  "9223372036854775807",
  "9223372036854775808",
  "0xffffffffffffffff",
  " ",
];
const jsonWords = [
  ...'{ } [ ] : , "op" "check" "filter" "condition" "sddl_to_binary" "binary_to_sddl" "inherit" "token" "descriptor" "desired"'.split(
    " ",
  ),
  ...'"mapping" "file" "user" "S-1-1-0" "groups" "attributes" "__proto__" "constructor" "id" 1 -1 1e400 0.5 null true "hex" ""'.split(
    " ",
  ),
  '"\\ud800"',
  '"\\u0000"',
  "\\",
  '"sddl":"D:(A;;FA;;;WD)"',
];

const descriptors = [
  "O:BAG:BAD:PAI(A;OICI;FA;;;BA)(D;;0x2;;;S-1-5-21-1-2-3-1001)S:(ML;;NWNR;;;HI)",
  'D:(XA;;FA;;;WD;(@User.a == "x" && (!(@Resource.b)) || Member_of {SID(BA), SID(SY)}))',
  'S:(RA;;;;;WD;("n",TI,0x0,1,-2))(RA;;;;;WD;("s",TS,0x2,"a","b"))(RA;;;;;WD;("o",TX,0x0,0a0b))(SP;;;;;S-1-17-1)',
  "D:(OA;;CC;00000000-1111-2222-3333-444444444444;;WD)(OD;CI;0x30;;00000000-1111-2222-3333-444444444444;AU)",
];
const conditions = [
  '(@User.a == "x" && (b || !(c)))',
  "(Member_of_Any {SID(BA), SID(S-1-5-18)})",
  "(@Resource.n Any_of {1, -2, 0x3})",
];
const requests = [
  '{"id":1,"op":"check","token":{"user":"S-1-5-21-1-2-3-1001","groups":["S-1-1-0"]},"descriptor":"O:BAG:BAD:(A;;FA;;;WD)","desired":1,"mapping":"file"}',
  '{"op":"filter","token":{"user":"S-1-5-18","restrictedSids":[]},"flags":["LUA_TOKEN"],"restrictedSids":["S-1-5-12"]}',
  '{"op":"condition","condition":"(a == 1)","token":{"user":"S-1-5-18","localClaims":[{"name":"a","type":"int64","values":["1"]}]},"purpose":"deny"}',
  '{"op":"binary_to_sddl","hex":"0100048000000000000000000000000014000000020008000000000000"}',
  '{"op":"sddl_to_binary","sddl":"D:(A;;FA;;;DA)","context":{"domain":"S-1-5-21-1-2-3"}}',
  '{"op":"inherit","parent":"D:(A;OICI;FA;;;WD)","creator":null,"token":{"user":"S-1-5-18"},"container":true,"flags":["DACL_AUTO_INHERIT"],"mapping":"file"}',
];

describe("SDDL from strangers", () => {
  const texts = fc.oneof(wordy(sddlWords), changedText(descriptors, sddlWords));

  law(
    "is read or refused at its place; what was read prints, and reads back the same",
    texts,
    (text) => {
      const read = answerOf(() => SecurityDescriptor.parse(text, { context }), text.length);
      if (read === undefined) return;
      const printed = read.toString(context);
      const again = SecurityDescriptor.parse(printed, { context });
      expect(again.toString(context)).toBe(printed);
      expect(SecurityDescriptor.fromBytes(read.toBytes()).toString(context)).toBe(printed);
    },
    RUNS,
  );
});

describe("conditions from strangers", () => {
  const texts = fc.oneof(
    wordy(conditionWords).map((text) => `(${text})`),
    changedText(conditions, conditionWords),
  );

  law(
    "are read or refused at their place; what was read prints, and reads back the same",
    texts,
    (text) => {
      const read = answerOf(() => parseCondition(text, context), text.length);
      if (read === undefined) return;
      const printed = formatCondition(read, context);
      expect(formatCondition(parseCondition(printed, context), context)).toBe(printed);
    },
    RUNS,
  );
});

describe("a line from a stranger", () => {
  const lines = fc.oneof(wordy(jsonWords), changedText(requests, jsonWords), fc.json({ maxDepth: 6 }));

  law(
    "gets an answer, and never one that blames the engine",
    lines,
    (line) => {
      const answered = JSON.parse(answer(line, engine)) as { error?: { code: string; position?: number } };
      const code = answered.error?.code;
      expect(code === undefined || /^ERR_(?!ENGINE)/.test(code)).toBe(true);
      const position = answered.error?.position;
      expect(position === undefined || (Number.isInteger(position) && position >= 0)).toBe(true);
    },
    RUNS,
  );
});

/** Milliseconds that `body` takes, the least of three runs: other processes have their share of the others. */
function milliseconds(body: () => unknown): number {
  const runs = [0, 1, 2].map(() => {
    const started = performance.now();
    body();
    return performance.now() - started;
  });
  return Math.min(...runs);
}

describe("time", () => {
  const UNITS = 65_536;
  /** What 64 Ki units may take; a reader whose time is quadratic takes seconds. */
  const BUDGET_MS = 300;
  const hostile = [
    ...sddlWords,
    ...conditionWords,
    ...jsonWords,
    "((",
    "!(",
    "{(",
    "D:(A;;",
    "S-1-",
    "-1",
    "0x",
    "00",
    "%0041",
    "@User.",
    '"',
    "[[",
    '{"a":',
    "\\u0041",
    "(a||",
    "(a==1)&&",
  ];

  it.each([
    [
      "SDDL",
      (text: string) => answerOf(() => SecurityDescriptor.parse(text, { context }), text.length),
      ["", "D:", "S:", "O:", "D:(XA;;1;;;WD;", 'S:(RA;;;;;WD;("'],
    ],
    [
      "a condition",
      (text: string) => answerOf(() => parseCondition(text, context), text.length),
      ["", "(", "(a == {", "(@User."],
    ],
    [
      "a line",
      (text: string) => answer(text, engine),
      ["", '{"op":"check","token":', '{"op":"condition","condition":"'],
    ],
  ] as const)(
    "to read %s of 64 Ki units does not grow faster than its length",
    (_, read, beginnings) => {
      for (const beginning of beginnings) {
        for (const word of hostile) {
          const text = beginning + word.repeat(Math.ceil(UNITS / word.length));
          expect(
            milliseconds(() => read(text)),
            `${beginning}${word}…`,
          ).toBeLessThan(BUDGET_MS);
        }
      }
    },
    120_000,
  );
});
