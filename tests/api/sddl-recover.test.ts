/** SDDL for editors: the strict grammar, going on after faults. formats.md 7 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError, SddlError } from "../../src/errors.js";
import { parseDescriptor } from "../../src/sddl/parse.js";
import { parseRecovering, type RecoveredDescriptor } from "../../src/sddl/recover.js";
import { Sid } from "../../src/sid.js";

const context = { domain: Sid.parse("S-1-5-21-10-20-30") };

const samples = [
  "",
  "O:BAG:SYD:PAI(A;OICI;FA;;;BA)(D;;0x1200a9;;;S-1-5-21-1-2-3-500)S:AI(AU;SAFA;WDWO;;;WD)",
  "  O: BA  G: S- 1- 5- 32- 545 D: P AI (A;;GR;;;WD) (A;;GW;;;AU ) S: ",
  "D:P NO_ACCESS_CONTROL S:(ML;;NWNX;;;HI)(SP;;;;;S-1-17-9-8)(TL;;0x1;;;S-1-19-512-4096)",
  "D:(OA;CI;CCDC;bf967aba-0de6-11d0-a285-00aa003049e2;;DA)(OD;;RP;;bf967a9c-0de6-11d0-a285-00aa003049e2;PS)(OA;;CR;;;WD)",
  'D:(XA;;FX;;;WD;(@User.Dept == "R&D; (A;" && (Member_of {SID(BA), SID(S-1-5-32-545)} || !(@Device.x%0020y Any_of {1, -0x2, 03, #ab}))))',
  "D:(ZA;;CR;bf967aba-0de6-11d0-a285-00aa003049e2;;WD;\t( Exists a && Not_Member_of ((SID(DU))) || b >= @Resource.c )\n)",
  'S:(RA;;;;;WD;("a%0020b",TS,0x0,"x","y (;)"))(RA;;;;;WD;("n",TD,0x1, BA, S-1-5-18 ))(FL;TP;FR;;;WD;(a != {}))',
  'S:(RA;;;;;WD;("o",TX,0,AB,#12))(RA;;;;;WD;("i",TI,0,-1,+2))(RA;;;;;WD;("b",TB,0,1))(RA;;;;;WD;("u",TU,0x2))',
] as const;

/** Enough for a square to take minutes. */
const UNITS = 0x40000;

/** Pieces that faults are made of. */
const pieces = fc.constantFrom(
  ...'OGDSPAIR():;,{}"#@%!=&|<0x1 \t\n\0é\ud83d',
  "O:",
  "D:",
  "S:",
  "(A;;FA;;;WD)",
  "(XA;;FX;;;WD;(",
  '(RA;;;;;WD;("n",TI,0',
  "SID(",
  "Member_of",
  "@User.a",
  "&&",
  "NO_ACCESS_CONTROL",
  "S-1-5-",
  "DA",
);

interface Edit {
  readonly where: number;
  readonly remove: number;
  readonly insert: string;
}
const edit: fc.Arbitrary<Edit> = fc.record({
  where: fc.nat(),
  remove: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 60 })),
  insert: fc.oneof(fc.constant(""), pieces, fc.string({ maxLength: 2 })),
});
const damaged = fc
  .tuple(fc.array(fc.constantFrom(...samples), { minLength: 1, maxLength: 2 }), fc.array(edit, { maxLength: 4 }))
  .map(([texts, edits]) =>
    edits.reduce((text, { where, remove, insert }) => {
      const at = where % (text.length + 1);
      return text.slice(0, at) + insert + text.slice(at + remove);
    }, texts.join("")),
  );
const soup = fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(""));
const anyText = fc.oneof({ weight: 3, arbitrary: damaged }, { weight: 1, arbitrary: soup });

function strict(text: string): ReturnType<typeof parseDescriptor> | SddlError {
  try {
    return parseDescriptor(text, context);
  } catch (error) {
    if (error instanceof SddlError) return error;
    throw error;
  }
}

/** What every tree must keep, whatever the text. */
function expectSound({ tree, diagnostics }: RecoveredDescriptor, text: string): void {
  const wrong: unknown[] = [];
  const check = (isRight: boolean, what: string, index: number) => isRight || wrong.push([what, index]);
  const isBlank = (from: number, to?: number) => /^[\t-\r ]*$/.test(text.slice(from, to));
  let end = 0;
  for (let i = 0; i < tree.tokenCount; i++) {
    const { kind, from, to, node } = tree.token(i);
    check(from >= end && to > from, "order of tokens", i);
    check(isBlank(end, from), "text between tokens", i);
    const holder = tree.nodes[node];
    check(holder.from <= from && to <= holder.to && holder.firstToken <= i && i < holder.endToken, "node of token", i);
    check(kind !== "error" || diagnostics.length > 0, "error without diagnostic", i);
    end = to;
  }
  check(isBlank(end), "text behind the tokens", end);
  tree.nodes.forEach(({ from, to, parent, firstToken, endToken }, index) => {
    check(from <= to && parent < index && firstToken <= endToken, "node", index);
    if (parent < 0) return;
    const around = tree.nodes[parent];
    check(around.from <= from && to <= around.to, "range of node", index);
    check(around.firstToken <= firstToken && endToken <= around.endToken, "tokens of node", index);
  });
  diagnostics.forEach(({ from, to }, index) => {
    check(from >= 0 && to <= text.length && (from < to || from === text.length), "range of diagnostic", index);
  });
  expect(wrong).toEqual([]);
}

describe("laws of recovering", () => {
  it("text without faults gives what strict reading gives, and no diagnostics", () => {
    for (const text of samples) {
      const read = parseRecovering(text, context);
      expect(read.diagnostics).toEqual([]);
      expect(read.parts).toEqual(parseDescriptor(text, context));
      expect(read.tree.kinds).not.toContain("error");
      expectSound(read, text);
    }
  });

  it("the first diagnostic is the strict error; tokens cover the text in order and without overlap", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = parseRecovering(text, context);
        const expected = strict(text);
        expectSound(read, text);
        if (expected instanceof SddlError) {
          const { code, from, message } = read.diagnostics[0];
          expect([code, from, `${message} (at ${from})`]).toEqual([expected.code, expected.position, expected.message]);
        } else {
          expect(read.diagnostics).toEqual([]);
          expect(read.parts).toEqual(expected);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("every ACE that is kept stands in the text as it is, whole and without a fault", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { parts, tree } = parseRecovering(text, context);
        for (const place of ["dacl", "sacl"] as const) {
          const written = tree.nodes
            .filter(({ kind, parent }) => kind === "ace" && tree.nodes[parent].kind === place)
            .map(({ from, to }) => strict(`${place === "dacl" ? "D" : "S"}:${text.slice(from, to)}`))
            .flatMap((read) => (read instanceof SddlError ? [] : (read[place]?.aces ?? [])));
          // In order; faults may leave out more than the broken ones, never fewer.
          let next = 0;
          for (const ace of parts[place]?.aces ?? []) {
            while (next < written.length && !isSame(written[next], ace)) next++;
            expect(next++).toBeLessThan(written.length);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("completion and tokenAt answer anywhere", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), (text, where) => {
        const { tree } = parseRecovering(text, context);
        const offset = where % (text.length + 2);
        const { from, to, candidates } = tree.completionsAt(offset);
        expect(from <= to && to <= text.length && from <= offset).toBe(true);
        expect(Array.isArray(candidates)).toBe(true);
        const token = tree.tokenAt(offset);
        if (token === null) expect(text.slice(offset, offset + 1)).toMatch(/^[\t-\r ]?$/);
        else expect(token.from <= offset && offset < token.to).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});

function isSame(left: unknown, right: unknown): boolean {
  const text = (value: unknown): string =>
    JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}n` : part));
  return text(left) === text(right);
}

describe("what is kept and what is left out", () => {
  const kept = (text: string) => {
    const { parts, diagnostics } = parseRecovering(text, context);
    const aces = (acl: typeof parts.dacl) => acl?.aces.map(({ sid }) => String(sid)) ?? null;
    return [aces(parts.dacl), aces(parts.sacl), diagnostics.map(({ from }) => from)];
  };
  const [SY, WD, AU] = ["S-1-5-18", "S-1-1-0", "S-1-5-11"];

  it.each([
    ["a bad flag", "D:(A;QQ;FA;;;BA)(A;;FA;;;SY)", [SY], null, [5]],
    ["several bad fields, each told", "D:(A;Q;Z;x;;B)(A;;FA;;;SY)", [SY], null, [5, 7, 9, 13]],
    ["a missing parenthesis", "D:(A;;FA;;;BA(A;;FA;;;SY)", [SY], null, [13]],
    ["an unfinished string", 'D:(XA;;FX;;;WD;(a == "x))(A;;FA;;;SY)', [SY], null, [37]],
    ["an unfinished condition before a section", "D:(XA;;FX;;;WD;(@User.a == S:(AU;;FA;;;WD)", [], [WD], [27]],
    ["text between ACEs", "D:(A;;FA;;;SY) x (A;;FA;;;AU)", [SY, AU], null, [15]],
    ["a section twice", "D:(A;;FA;;;SY)D:(A;;FA;;;AU)", [SY], null, [14]],
    ["half of NO_ACCESS_CONTROL is no NULL ACL", "D:NO_ACCESS", [], null, [11]],
    ["an audit ACE in a DACL", "D:(AU;SA;FA;;;WD)(A;;FA;;;SY)", [SY], null, [3]],
    ["an ACE without its section", "(A;;FA;;;WD)", null, null, [0]],
    ["a section without its colon", "D(A;;FA;;;WD)", null, null, [1]],
    ["an unknown type with a claim", 'S:(QQ;;;;;WD;("a",TI,0))', null, [], [3]],
  ])("%s", (_, text, dacl, sacl, faults) => {
    expect(kept(text)).toEqual([dacl, sacl, faults]);
  });

  it("an ACE too large is left out, and a smaller one behind it is kept", () => {
    const large = `(XA;;FX;;;WD;(a == "${"x".repeat(40000)}"))`;
    const { parts, diagnostics } = parseRecovering(`D:${large}(A;;FA;;;SY)`);
    expect(diagnostics.map(({ code }) => code)).toEqual(["ERR_LIMIT"]);
    expect(parts.dacl?.aces).toHaveLength(1);
  });

  it("the revision and slack of an ACL come from the ACEs that are kept", () => {
    const { parts } = parseRecovering("D:(OA;;CR;;;QQ)(A;;FA;;;SY)");
    expect(parts.dacl).toMatchObject({ revision: 2, slack: new Uint8Array(0) });
  });

  it("refuses what is no text, and text beyond the limit, without reading it", () => {
    expect(() => parseRecovering(5 as unknown as string)).toThrow(ArgumentError);
    const { diagnostics, tree } = parseRecovering("x".repeat(0x100001));
    expect(diagnostics).toMatchObject([{ code: "ERR_LIMIT", from: 0x100000, to: 0x100001 }]);
    expect(tree.tokenCount).toBe(0);
  });

  it.each(["(", "(a;", "D:", "D:(XA;;;;;WD;(", '(XA;;;;;WD;("\0', "!(", "{", "D:(XA;;;;;WD;(S:(", "(A;;;;;S-1-1"])(
    "takes linear time for %j over and over",
    (piece) => {
      const text = `D:(XA;;FX;;;WD;(${piece.repeat(UNITS / piece.length)}`.slice(0, UNITS);
      const start = performance.now();
      const { diagnostics } = parseRecovering(text);
      expect(performance.now() - start).toBeLessThan(3000);
      expect(diagnostics.length).toBeLessThanOrEqual(1000);
    },
  );
});

describe("speed", () => {
  it("16 KB take a keystroke at most, with faults and without", () => {
    const aces =
      "(A;OICI;FA;;;BA)(D;;0x1200a9;;;S-1-5-21-1-2-3-500)(OA;;CCDC;bf967aba-0de6-11d0-a285-00aa003049e2;;DA)";
    const conditional = samples[5].slice(2);
    const whole = `D:${(aces + conditional).repeat(0x4000 / (aces.length + conditional.length))}`;
    expect(parseRecovering(whole, context).diagnostics).toEqual([]);
    for (const text of [whole, whole.slice(0, 8000) + whole.slice(8003), whole.slice(0, -5)]) {
      const times: number[] = [];
      for (let i = 0; i < 40; i++) {
        const start = performance.now();
        parseRecovering(text, context);
        times.push(performance.now() - start);
      }
      expect(times.sort((left, right) => left - right)[20]).toBeLessThan(100);
    }
  });
});

describe("tokens", () => {
  const { tree } = parseRecovering(
    `O:DAD:P(oa;OI;FA0;;;BA)(OA;CI;FA;BF967ABA-0de6-11d0-a285-00aa003049e2;;BA)(XA;;0x3;;;WD;(@Device.x%0020y any_of {-0x2, "q", #abc} && Member_of SID(S-1-5-18)))S:AR(RA;;;;;WD;("n%0020",TU,0x1,7))`,
  );
  const tokens = Array.from({ length: tree.tokenCount }, (_, index) => tree.token(index));
  const of = (text: string) => tokens.find((token) => token.text === text);

  it.each([
    ["D", "section", "DACL", null],
    ["DA", "alias", "Domain Admins", null],
    ["P", "acl-flag", "SE_DACL_PROTECTED", 0x1000],
    ["AR", "acl-flag", "SE_SACL_AUTO_INHERIT_REQ", 0x200],
    ["oa", "ace-type", "ACCESS_ALLOWED_OBJECT_ACE_TYPE", 5],
    ["OI", "ace-flag", "OBJECT_INHERIT_ACE", 1],
    ["FA", "right", "FILE_ALL_ACCESS", 0x1f01ff],
    ["0x3", "mask", null, 3],
    ["BF967ABA-0de6-11d0-a285-00aa003049e2", "guid", null, "bf967aba-0de6-11d0-a285-00aa003049e2"],
    ["BA", "alias", "BUILTIN\\Administrators", Sid.parse("S-1-5-32-544")],
    ["S-1-5-18", "sid", "NT AUTHORITY\\SYSTEM", Sid.parse("S-1-5-18")],
    ["@Device.x%0020y", "attribute", "device", "x y"],
    ["any_of", "operator", "Any_of", 0x88],
    ["&&", "operator", "&&", 0xa0],
    ["-0x2", "integer", null, -2n],
    ['"q"', "string", null, "q"],
    ["#abc", "octets", null, new Uint8Array([0x0a, 0xbc])],
    ["SID", "keyword", null, null],
    ['"n%0020"', "claim-name", null, "n "],
    ["TU", "claim-type", "uint64", null],
    ["0x1", "claim-flags", null, 1],
    ["0", "error", null, null],
  ])("%s is %s", (text, kind, name, value) => {
    expect(of(text)).toMatchObject({ kind, name });
    // Frozen SIDs cache their text; equality is theirs to say.
    if (value instanceof Sid) expect(value.equals(of(text)?.value as Sid)).toBe(true);
    else expect(of(text)?.value).toEqual(value);
  });

  it("stand in nodes", () => {
    const token = of("-0x2");
    expect(tree.nodesAt(token?.from ?? 0).map(({ kind }) => kind)).toEqual([
      "list",
      "condition",
      "ace",
      "dacl",
      "descriptor",
    ]);
    expect(tree.nodesAt(tree.text.indexOf('"n')).map(({ kind }) => kind)).toEqual([
      "claim",
      "ace",
      "sacl",
      "descriptor",
    ]);
  });

  it("keep their colours in a condition at fault", () => {
    const broken = parseRecovering('D:(XA;;FX;;;WD;(@User.a == && b Any_of {1, "x", SID(BA)} || !(c <> 2)))').tree;
    const kinds = broken.kinds.filter((kind) => kind !== "punctuation").join(" ");
    expect(kinds.slice(kinds.indexOf("attribute"))).toBe(
      "attribute operator operator attribute operator integer string keyword alias operator operator attribute operator operator integer",
    );
  });
});
