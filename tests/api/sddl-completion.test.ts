/** What an editor may offer at a place of SDDL. formats.md 7 */
import { describe, expect, it } from "vitest";
import { parseRecovering } from "../../src/sddl/recover.js";
import { Sid } from "../../src/sid.js";

const context = { domain: Sid.parse("S-1-5-21-10-20-30") };

describe("completion", () => {
  const at = (text: string) => {
    const offset = text.indexOf("|");
    const { tree } = parseRecovering(text.replace("|", ""), context);
    const { from, to, candidates } = tree.completionsAt(offset);
    return { from, to, texts: candidates.map((each) => each.text), candidates };
  };

  it.each([
    ["|", 0, 0, ["O:", "G:", "D:", "S:"], ["("]],
    ["O:BA|", 2, 4, ["SY", "DA", "S-1-"], ["D:"]],
    ["O:BA |", 5, 5, ["G:", "D:"], ["O:"]],
    ["D:|", 2, 2, ["P", "AI", "NO_ACCESS_CONTROL", "(", "S:"], ["D:"]],
    ["D:P|(A;;FA;;;BA)", 3, 3, ["AI"], ["P"]],
    ["D:(|", 3, 3, ["A", "ZA"], ["AU"]],
    ["S:(A|", 3, 4, ["AU", "RA"], ["A"]],
    ["D:(A;OI|;FA;;;BA)", 7, 7, ["CI"], ["OI", "TP"]],
    ["S:(FL;|", 6, 6, ["TP"], ["SA"]],
    ["D:(A;;F|;;;BA)", 6, 7, ["FA", "GR"], ["NW"]],
    ["S:(ML;;|", 7, 7, ["NW"], ["FA"]],
    ["D:(A;;FA;|", 9, 9, [";"], ["BA"]],
    ["D:(A;;FA;;;|)", 11, 11, ["BA", "DA"], ["("]],
    ["S:(ML;;NW;;;|", 12, 12, ["HI"], ["BA"]],
    ["D:(A;;FA;;;BA |", 14, 14, [")"], [";"]],
    ["D:(XA;;FX;;;WD |", 15, 15, [";"], [")"]],
    ["D:(XA;;FX;;;WD;|", 15, 15, ["("], [")"]],
    ["D:(XA;;FX;;;WD;(Mem|", 16, 19, ["@User.", "Member_of", "!"], ["=="]],
    ["D:(XA;;FX;;;WD;(@User.a |", 24, 24, ["==", "Any_of", "&&", ")"], ["Exists"]],
    ["D:(XA;;FX;;;WD;(@User.a == |", 27, 27, ["SID(", "@User.a", "{"], ["&&"]],
    ["D:(XA;;FX;;;WD;(@User.a == @User.b |", 35, 35, ["&&", ")"], ["=="]],
    ["D:(XA;;FX;;;WD;(Member_of {SID(|", 31, 31, ["BA"], ["=="]],
    ['D:(XA;;FX;;;WD;(a == "|"))', 22, 22, [], ["&&"]],
    ['S:(RA;;;;;WD;("a",|', 18, 18, ["TI", "TX"], [","]],
    ['S:(RA;;;;;WD;("a",TB,0,|', 23, 23, ["0", "1"], ["TI"]],
    ["D:(A;;FA;;;BA)|", 14, 14, ["(", "S:"], ["P", "D:"]],
  ])("at %s", (text, from, to, offered, refused) => {
    const found = at(text);
    expect([found.from, found.to]).toEqual([from, to]);
    for (const each of offered) expect(found.texts).toContain(each);
    for (const each of refused) expect(found.texts).not.toContain(each);
  });

  it("tells what candidates mean", () => {
    expect(at("D:(A;;FA;;;|").candidates.find(({ text }) => text === "BA")).toEqual({
      kind: "alias",
      text: "BA",
      detail: "BUILTIN\\Administrators",
    });
  });
});
