/** Reading SDDL: what is accepted, what is refused, with which code and where. formats.md 7 */
import { describe, expect, it } from "vitest";
import { SddlError } from "../../src/errors.js";
import { formatDescriptor } from "../../src/sddl/format.js";
import { parseDescriptor } from "../../src/sddl/parse.js";
import { Sid } from "../../src/sid.js";

const context = { domain: Sid.parse("S-1-5-21-10-20-30"), rootDomain: Sid.parse("S-1-5-21-1-2-3") };

function canonical(sddl: string): string {
  return formatDescriptor(parseDescriptor(sddl, context));
}

function refusal(
  sddl: string,
  given = context as Parameters<typeof parseDescriptor>[1],
): [code: string, position: number] {
  try {
    parseDescriptor(sddl, given);
  } catch (error) {
    if (error instanceof SddlError) return [error.code, error.position];
    throw error;
  }
  throw new Error(`accepted: ${sddl}`);
}

describe("what SDDL may look like", () => {
  it.each([
    ["", ""],
    ["D:", "D:"],
    ["S:D:G:BUO:BA", "O:BAG:BUD:S:"],
    ["  O: BA  G: S- 1- 5- 32- 545 D: P AI (A;;GR;;;WD) (A;;GW;;;AU) S: ", "O:BAG:BUD:PAI(A;;GR;;;WD)(A;;GW;;;AU)S:"],
    ["D:AIARP", "D:PARAI"],
    ["D:PPAIAI", "D:PAI"],
    ["D:P NO_ACCESS_CONTROL S:NO_ACCESS_CONTROL", "D:PNO_ACCESS_CONTROLS:NO_ACCESS_CONTROL"],
    ["D:( a; ci oi oi; rp WP  cc; ; ; ba )", "D:(A;OICI;CCRPWP;;;BA)"],
    [
      "D:(A;;0x1F01ff;;;WD)(A;;0X20019;;;WD)(A;;017;;;WD)(A;; 9;;;WD)(A;;0;;;WD)",
      "D:(A;;FA;;;WD)(A;;KR;;;WD)(A;;CCDCLCSW;;;WD)(A;;CCSW;;;WD)(A;;;;;WD)",
    ],
    [
      "D:(A;;FAGX;;;WD)(A;;KX;;;WD)(A;;0x100000;;;WD)(A;;4294967295;;;WD)",
      "D:(A;;0x201f01ff;;;WD)(A;;KR;;;WD)(A;;0x100000;;;WD)(A;;0xffffffff;;;WD)",
    ],
    ["O:s-01-0x5-0x20-00544", "O:BA"],
    ["O:S-1-2-0x2D:", "O:S-1-2-2D:"],
    ["O:S-1-0xABCDEF012345-7", "O:S-1-0xABCDEF012345-7"],
    ["S:(ML;CIOI;NXNW;;;HI)(ML;;0x9;;;S-1-16-77)", "S:(ML;OICI;NWNX;;;HI)(ML;;0x9;;;S-1-16-77)"],
    [
      "S:(TL;;0x1;;;S-1-19-512-4096)(SP;;;;;S-1-17-9-8)(AL;SAFA;FR;;;WD)",
      "S:(TL;;CC;;;S-1-19-512-4096)(SP;;;;;S-1-17-9-8)(AL;SAFA;FR;;;WD)",
    ],
    ["S:(FL;TPFA;FR;;;WD;(a))", "S:(FL;FATP;FR;;;WD;(a))"],
    ["D:(OA;;CR;ABCDEF01-2345-6789-abcd-EF0123456789;;WD)", "D:(OA;;CR;abcdef01-2345-6789-abcd-ef0123456789;;WD)"],
    [
      "D:(ZA;;CR;;abcdef01-2345-6789-abcd-ef0123456789;WD;\t\r\n( a )\n)",
      "D:(ZA;;CR;;abcdef01-2345-6789-abcd-ef0123456789;WD;(a))",
    ],
    ["D:(OA;;CR;;;WD)(OD;;CR; ; ;WD)(ZA;;CR;;;WD;(a))", "D:(A;;CR;;;WD)(D;;CR;;;WD)(XA;;CR;;;WD;(a))"],
  ])("%j prints as %j", (sddl, expected) => {
    expect(canonical(sddl)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  it("takes aliases from the context, and gives them back for the same context only", () => {
    const parts = parseDescriptor("O:DAG:EAD:(A;;GA;;;LA)", context);
    expect(parts.owner?.toString()).toBe("S-1-5-21-10-20-30-512");
    expect(parts.group?.toString()).toBe("S-1-5-21-1-2-3-519");
    expect(formatDescriptor(parts, context)).toBe("O:DAG:EAD:(A;;GA;;;LA)");
    expect(formatDescriptor(parts)).toBe(
      "O:S-1-5-21-10-20-30-512G:S-1-5-21-1-2-3-519D:(A;;GA;;;S-1-5-21-10-20-30-500)",
    );
  });

  it("sets the control bits of the flags", () => {
    expect(parseDescriptor("").control).toBe(0x8000);
    expect(parseDescriptor("D:PARAI").control).toBe(0x8000 | 0x4 | 0x1000 | 0x100 | 0x400);
    expect(parseDescriptor("S:PARAI").control).toBe(0x8000 | 0x10 | 0x2000 | 0x200 | 0x800);
  });

  it("tells a NULL ACL from an empty one", () => {
    expect(parseDescriptor("D:NO_ACCESS_CONTROL").dacl).toBeNull();
    expect(parseDescriptor("D:").dacl?.aces).toEqual([]);
  });

  it("gives revision 4 and four bytes of slack for each object ACE that became plain", () => {
    const dacl = parseDescriptor("D:(OA;;CR;;;WD)(OD;;CR;;;WD)(A;;CR;;;WD)").dacl;
    expect([dacl?.revision, dacl?.slack.length, dacl?.aces.map((ace) => ace.type)]).toEqual([4, 8, [0, 1, 0]]);
    const kept = parseDescriptor("D:(OA;;CR;abcdef01-2345-6789-abcd-ef0123456789;;WD)").dacl;
    expect([kept?.revision, kept?.slack.length]).toEqual([4, 0]);
    expect(parseDescriptor("D:(XA;;CR;;;WD;(a))").dacl?.revision).toBe(2);
  });
});

describe("what is refused, and where", () => {
  it.each([
    [" ", "ERR_SDDL_SYNTAX", 1],
    ["d:", "ERR_SDDL_SYNTAX", 0],
    ["D :", "ERR_SDDL_SYNTAX", 1],
    ["D:p", "ERR_SDDL_SYNTAX", 2],
    ["D:A", "ERR_SDDL_SYNTAX", 3],
    ["D:S:D:", "ERR_SDDL_SYNTAX", 4],
    ["D:NO_ACCESS", "ERR_SDDL_SYNTAX", 11],
    ["D:NO_ACCESS_CONTROL(A;;FA;;;WD)", "ERR_SDDL_SYNTAX", 19],
    ["D:(A;;FA;;;WD)P", "ERR_SDDL_SYNTAX", 14],
    ["D:(A;;FA;;;WD", "ERR_SDDL_SYNTAX", 13],
    ["D:(A ;;FA;;;WD)", "ERR_SDDL_SYNTAX", 4],
    ["D:(AU;;FA;;;WD)", "ERR_SDDL_SYNTAX", 3],
    ["S:(OA;;FA;;;WD)", "ERR_SDDL_SYNTAX", 3],
    ["D:(QQ;;FA;;;WD)", "ERR_SDDL_SYNTAX", 3],
    ["D:(A;OI ;FA;;;WD)", "ERR_SDDL_SYNTAX", 8],
    ["D:(A;O;FA;;;WD)", "ERR_SDDL_SYNTAX", 5],
    ["S:(AU;TP;FA;;;WD)", "ERR_SDDL_SYNTAX", 6],
    ["S:(FL;SA;FA;;;WD;(a))", "ERR_SDDL_SYNTAX", 6],
    ["D:(A;;FR ;;;WD)", "ERR_SDDL_SYNTAX", 9],
    ["D:(A;;FR1;;;WD)", "ERR_SDDL_SYNTAX", 8],
    ["D:(A;;08;;;WD)", "ERR_SDDL_SYNTAX", 7],
    ["D:(A;;0x;;;WD)", "ERR_SDDL_SYNTAX", 8],
    ["D:(A;;1 ;;;WD)", "ERR_SDDL_SYNTAX", 7],
    ["D:(A;;-1;;;WD)", "ERR_SDDL_RANGE", 6],
    ["D:(A;;-5g;;;WD)", "ERR_SDDL_RANGE", 6],
    ["D:(A;;-g;;;WD)", "ERR_SDDL_SYNTAX", 7],
    ["D:(OA", "ERR_SDDL_SYNTAX", 5],
    ["D:(AB;;GA;;;WD)", "ERR_SDDL_SYNTAX", 3],
    ["D:(A;;0x100000000;;;WD)", "ERR_SDDL_RANGE", 6],
    ["D:(A;;4294967296;;;WD)", "ERR_SDDL_RANGE", 6],
    ["D:(A;;-x;;;WD)", "ERR_SDDL_SYNTAX", 7],
    ["D:(A;;00777777777777;;;WD)", "ERR_SDDL_RANGE", 6],
    ["D:(A;;FR;abcdef01-2345-6789-abcd-ef0123456789;;WD)", "ERR_SDDL_SYNTAX", 9],
    ["D:(OA;;FR; abcdef01-2345-6789-abcd-ef0123456789;;WD)", "ERR_SDDL_SYNTAX", 10],
    ["D:(OA;;FR;abcdef01-2345-6789-abcd-ef0123456789 ;;WD)", "ERR_SDDL_SYNTAX", 46],
    ["D:(OA;;FR;{abcdef01-2345-6789-abcd-ef0123456789};;WD)", "ERR_SDDL_SYNTAX", 10],
    ["D:(A;;FR;;;)", "ERR_SID", 11],
    ["D:(A;;FR;;;QZ)", "ERR_SID", 11],
    ["D:(A;;FR;;;S-1-5-32-545 )", "ERR_SDDL_SYNTAX", 23],
    ["D:(A;;FR;;;WD;)", "ERR_SDDL_SYNTAX", 13],
    ["D:(XA;;FR;;;WD)", "ERR_SDDL_SYNTAX", 14],
    ["D:(XA;;FR;;;WD;)", "ERR_CONDITION", 15],
    ["D:(XA;;FR;;;WD;(a)", "ERR_SDDL_SYNTAX", 18],
    ["D:(XA;;FR;;;WD;(a) x)", "ERR_SDDL_SYNTAX", 19],
    ["D:(XA;;FR;;;WD;(Member_of {SID(S-1-5-99999999999)}))", "ERR_CONDITION", 37],
    ["D:(XA;;FR;;;WD;(Member_of {SID(EA)}))", "ERR_SDDL_ALIAS", 31],
    ["S:(ML;;NW;;;WD)", "ERR_SID", 12],
    ["S:(ML;;NW;;;S-1-16-1-2)", "ERR_SID", 12],
    ["S:(TL;;;;;S-1-19-512)", "ERR_SID", 10],
    ["S:(SP;;;;;S-1-16-4096)", "ERR_SID", 10],
    ['S:(RA;;;;;BA;("n",TI,0,1))', "ERR_CLAIM", 10],
    ['S:(RA;;CC;;;WD;("n",TI,0,1))', "ERR_CLAIM", 7],
    ['S:(RA;;;;;WD;("n",TD,0,EA))', "ERR_SDDL_ALIAS", 23],
    ["O:DA", "ERR_SDDL_ALIAS", 2],
    ["O:S-1-5", "ERR_SID", 7],
    ["O:S-0x1-5-18", "ERR_SID", 4],
    ["O:S-1-5-4294967296", "ERR_SDDL_RANGE", 8],
    ["O:S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16", "ERR_SID", 43],
  ])("%j: %s at %i", (sddl, code, position) => {
    expect(refusal(sddl, {})).toEqual([code, position]);
  });

  it("refuses more than 1 Mi units before reading any", () => {
    expect(refusal(" ".repeat(0x100001))).toEqual(["ERR_LIMIT", 0x100000]);
    expect(refusal(" ".repeat(0x100000))).toEqual(["ERR_SDDL_SYNTAX", 0x100000]);
  });

  it("refuses an ACL beyond 65,532 bytes at the ACE that overflows, slack included", () => {
    const ace = "(A;;FA;;;WD)";
    expect(parseDescriptor(`D:${ace.repeat(3276)}`).dacl?.aces.length).toBe(3276);
    expect(refusal(`D:${ace.repeat(3277)}`)).toEqual(["ERR_LIMIT", 2 + 3276 * ace.length]);
    const object = "(OA;;FA;;;WD)";
    expect(parseDescriptor(`D:${object.repeat(2730)}`).dacl?.slack.length).toBe(4 * 2730);
    expect(refusal(`D:${object.repeat(2731)}`)).toEqual(["ERR_LIMIT", 2 + 2730 * object.length]);
    expect(refusal(`D:(XA;;FA;;;WD;(a == "${"x".repeat(40000)}"))`)[0]).toBe("ERR_LIMIT");
  });

  it("shows what it expected and what it found, and no more than a glance of the text", () => {
    expect(() => parseDescriptor(`D:(A;;FA;;;WD)${"x".repeat(500)}`)).toThrow(
      'expected O:, G:, D: or S:, found "xxxxxxxxxxxxxxxx" (at 14)',
    );
  });
});
