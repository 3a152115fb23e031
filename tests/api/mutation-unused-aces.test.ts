/**
 * An ACE that did not act is listed once for each pass in which its SID matched, with what its condition read there.
 * access-check.md 6.2, 6.7, 6.8, 7.2, 7.9, 8.1, 13.4
 */

import { describe, expect, it } from "vitest";
import type { AccessToken } from "../../src/access-token.js";
import { parseCondition, Sid } from "../../src/index.js";
import { A, explain } from "./explaining.js";
import { EVERYONE, FILE_ALL, MAX, OTHER, PACKAGE, READ, RESTRICTED_CODE, sd, token, USER } from "./questions.js";

const userClaims = [{ name: "x", type: "int64", values: [1] }] as const;
const plain = token({ userClaims });
/** Everyone is in its normal and in its restricting list. */
const restricted = token({ userClaims, restrictedSids: [EVERYONE, RESTRICTED_CODE] });
const packaged = token({ userClaims, integrity: "Low", appContainer: { sid: PACKAGE } });

const conditional = (sid: string) => `D:(XA;;FA;;;${sid};(@User.x == 2))`;
const typed = (sid: string) => `D:(OA;;FA;${A};;${sid})`;

/** Passes and reasons of what is listed, in the order of the walk. */
function listed(dacl: string, who: AccessToken, desired = READ): string[] {
  return explain(sd(dacl), desired, { token: who }).unused.map(({ pass, reason, ace }) => {
    expect(ace.condition?.pass ?? pass).toBe(pass);
    return `${pass} ${ace.index} ${reason}`;
  });
}

describe("an ACE that did not act", () => {
  it.each([
    ["the user", plain, "WD", ["normal 0 condition-false"]],
    ["nobody here", plain, OTHER, []],
    ["the restricting list", restricted, "RC", ["restricting 0 condition-false"]],
    ["both lists", restricted, "WD", ["restricting 0 condition-false", "normal 0 condition-false"]],
    ["the package", packaged, PACKAGE, ["package 0 condition-false"]],
    ["the user of a package", packaged, "WD", ["normal 0 condition-false"]],
  ] as const)("for its condition is listed for %s", (_whom, who, sid, passes) => {
    expect(listed(conditional(sid), who)).toEqual(passes);
  });

  it.each([
    ["the user", plain, "WD", ["normal 0 typed-without-list"]],
    ["nobody here", plain, OTHER, []],
    ["the restricting list", restricted, "RC", ["restricting 0 typed-without-list"]],
    ["the package", packaged, PACKAGE, ["package 0 typed-without-list"]],
    ["the first pass of two", restricted, "WD", ["normal 0 typed-without-list"]],
  ] as const)("for its type is listed for %s", (_whom, who, sid, passes) => {
    expect(listed(typed(sid), who)).toEqual(passes);
  });

  it("for OWNER RIGHTS is listed for the passes that there are", () => {
    const object = (who: string) => sd(conditional("OW"), `O:${who}G:SY`);
    const passes = (who: AccessToken, owner: string) =>
      explain(object(owner), READ, { token: who }).unused.map(({ pass }) => pass);
    expect(passes(plain, USER)).toEqual(["normal"]);
    expect(passes(plain, OTHER)).toEqual([]);
    expect(passes(restricted, EVERYONE)).toEqual(["restricting", "normal"]);
    expect(passes(restricted, USER)).toEqual([]);
  });

  it("is listed where everything was decided before it", () => {
    const dacl = "D:(A;;FA;;;WD)(XA;;FA;;;WD;(@User.x == 2))";
    expect(listed(dacl, plain)).toEqual(["normal 1 condition-false"]);
    expect(listed(dacl, plain, FILE_ALL)).toEqual(["normal 1 condition-false"]);
    expect(listed(dacl, plain, MAX)).toEqual(["normal 1 condition-false"]);
  });

  it.each([
    ["restricting", restricted, "RC"],
    ["package", packaged, PACKAGE],
    ["normal", plain, "WD"],
  ] as const)("says what its condition read in the %s pass", (pass, who, sid) => {
    const { unused } = explain(sd(conditional(sid)), READ, { token: who });
    expect(unused.map(({ ace }) => ace.condition)).toMatchObject([
      { truth: "FALSE", pass, terms: [{ truth: "FALSE" }], attributes: [{ name: "@User.x", values: ["1"] }] },
    ]);
  });
});

describe("the condition of a rule", () => {
  it("is told with what it read, rule by rule", () => {
    const rule = (text: string) => ({ appliesTo: parseCondition(text), dacl: sd("D:(A;;FA;;;WD)"), stagedDacl: null });
    const rules = [rule("(@User.x == 1)"), rule("(@User.x == 2)"), rule("(@User.y == 1)")];
    const policies = [{ sid: Sid.parse("S-1-17-1"), rules }];
    const object = sd("D:(XA;;FA;;;WD;(@User.x == 1))S:(SP;;;;;S-1-17-1)");
    const explanation = explain(object, READ, { token: plain, policies });
    expect(explanation.rules).toMatchObject([
      { rule: 0, applies: true, condition: { truth: "TRUE", attributes: [{ name: "@User.x", values: ["1"] }] } },
      { rule: 1, applies: false, condition: { truth: "FALSE", attributes: [{ name: "@User.x", values: ["1"] }] } },
      { rule: 2, applies: false, condition: { truth: "UNKNOWN", attributes: [{ name: "@User.y", values: null }] } },
    ]);
    expect(explanation.rules.map(({ condition }) => condition?.terms.length)).toEqual([1, 1, 1]);
  });
});
