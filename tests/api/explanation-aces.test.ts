/** Explanations of ACEs: those that did not act, conditions, MAXIMUM_ALLOWED, object type lists. access-check.md 13.4 */

import { describe, expect, it } from "vitest";
import type { AccessCheckRequest } from "../../src/access-request.js";
import { SecurityDescriptor, Sid } from "../../src/index.js";
import { A, B, bit, engine, explain, policyOf, short } from "./explaining.js";
import { ask, EVERYONE, MAX, READ, RESTRICTED_CODE, restricted, sd, token, USER, WRITE } from "./questions.js";

describe("explanations of several ACLs do not mix", () => {
  it("a filter's condition and an ACE's of the same index read each their own claims", () => {
    const reader = token({
      userClaims: [
        { name: "x", type: "int64", values: [2] },
        { name: "y", type: "int64", values: [1] },
      ],
    });
    const both = "D:(XA;;FA;;;WD;(@User.y == 1))S:(FL;;FR;;;WD;(@User.x == 1))";
    const explanation = explain(both, READ | WRITE, { token: reader });
    expect(bit(explanation, READ).reason).toMatchObject({
      ace: { condition: { truth: "TRUE", attributes: [{ name: "@User.y", values: ["1"] }] } },
    });
    expect(bit(explanation, WRITE).reason).toMatchObject({
      kind: "access-filter",
      ace: {
        condition: { truth: "FALSE", terms: [{ truth: "FALSE" }], attributes: [{ name: "@User.x", values: ["2"] }] },
      },
    });
  });

  it("the recovery policy is told from a policy that a later ACE names", () => {
    const scoped = sd("D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-2)(SP;;;;;S-1-17-1)", `O:${USER}G:SY`);
    const explanation = explain(scoped, READ, { policies: policyOf("D:(A;;FR;;;WD)") });
    expect(explanation.rules).toEqual([{ rule: null, applies: true, appliesTo: "TRUE", grants: READ }]);
    expect(explanation.cause).toBe("granted");
  });
});

describe("ACEs that did not act are listed", () => {
  it.each<[string, string, string, Partial<AccessCheckRequest>?]>([
    [
      "a false condition",
      "(XA;;FA;;;WD;(@User.x == 2))",
      "condition-false",
      { token: token({ userClaims: [{ name: "x", type: "int64", values: [1] }] }) },
    ],
    ["a missing claim", "(XA;;FA;;;WD;(@User.x == 2))", "condition-unknown"],
    ["a typed ACE without a list", `(OA;;FA;${A};;WD)`, "typed-without-list"],
    [
      "a typed ACE that is not in the list",
      `(OA;;FA;${A};;WD)`,
      "type-not-listed",
      { token: token({ type: "impersonation" }), call: "AccessCheckByType", objectTypes: [{ level: 0, guid: B }] },
    ],
  ])("%s", (_what, ace, reason, changes = {}) => {
    const explanation = explain(`D:${ace}(A;;FW;;;WD)`, READ, changes);
    expect(explanation.unused).toHaveLength(1);
    expect(explanation.unused[0]).toMatchObject({ reason, pass: "normal", ace: { index: 0 } });
    expect(explanation.unused[0].sentence).toContain("ACE 0");
    expect(explanation.cause).toBe("not-granted");
  });

  it("by their bytes too: unknown types, SACL types, malformed conditions", () => {
    const text = sd("D:(A;;FR;;;WD)(A;;FR;;;WD)(XA;;FR;;;WD;(a))(A;;FW;;;WD)");
    const bytes = text.toBytes();
    const view = new DataView(bytes.buffer);
    const dacl = view.getUint32(16, true);
    let ace = dacl + 8;
    bytes[ace] = 0x30;
    ace += view.getUint16(ace + 2, true);
    bytes[ace] = 0x02;
    ace += view.getUint16(ace + 2, true);
    bytes[ace + 8 + 12 + 4] = 0xee;
    const explanation = explain(SecurityDescriptor.fromBytes(bytes), READ);
    const reasons = explanation.unused.map(({ ace: { index }, reason }) => [index, reason]);
    expect(reasons.toSorted()).toEqual([
      [0, "unknown-type"],
      [1, "wrong-acl"],
      [2, "condition-malformed"],
    ]);
  });

  it("with what a condition read", () => {
    const reader = token({ userClaims: [{ name: "Dept", type: "string", values: ["R&D"] }] });
    const explanation = explain('D:(XA;;FR;;;WD;((@User.Dept == "r&d") && (@User.Level >= 2)))', READ, {
      token: reader,
    });
    const { condition } = explanation.unused[0].ace;
    expect(condition?.truth).toBe("UNKNOWN");
    expect(condition?.attributes).toEqual([
      { name: "@User.Dept", values: ["R&D"] },
      { name: "@User.Level", values: null },
    ]);
    expect(condition?.terms.map(({ truth }) => truth)).toEqual(["TRUE", "UNKNOWN", "UNKNOWN"]);
    expect(condition?.text).toMatch(/@USER\.Dept/i);
  });

  it("and one that acted says how its condition turned out", () => {
    const reader = token({ userClaims: [{ name: "x", type: "int64", values: [2] }] });
    const { reason } = bit(explain("D:(XA;;FR;;;WD;(@User.x == 2))", READ, { token: reader }), READ);
    expect(reason).toMatchObject({
      kind: "allowed-by-ace",
      ace: { condition: { truth: "TRUE", attributes: [{ name: "@User.x", values: ["2"] }] } },
    });
  });
});

describe("MAXIMUM_ALLOWED", () => {
  it("explains every right of the object, and which were found", () => {
    const explanation = explain("D:(D;;0x2;;;WD)(A;;0x3;;;WD)", MAX);
    expect(explanation.maximumAllowed).toBe(true);
    expect(explanation.want).toBe(0);
    expect(explanation.bits.filter(({ granted }) => granted).map((entry) => entry.bit)).toEqual([READ]);
    expect(explanation.bits.reduce((all, entry) => all | entry.bit, 0)).toBe(0x1f01ff);
    expect(short(bit(explanation, WRITE).reason)).toBe("denied-by-ace 0");
    expect(explanation.cause).toBe("granted");
  });

  it("beside wanted rights, the cause is why those were refused", () => {
    const explanation = explain("D:(A;;FW;;;WD)S:(ML;;NW;;;HI)", MAX | READ);
    expect(bit(explanation, READ).reason.kind).toBe("not-granted");
    expect(explanation.cause).toBe("not-granted");
  });

  it("of a write-restricted token does not put reading to the list", () => {
    const explanation = explain("D:(A;;FR;;;WD)", MAX, {
      token: token({ restrictedSids: [RESTRICTED_CODE], writeRestricted: true }),
    });
    expect(bit(explanation, READ)).toMatchObject({ granted: true, passes: { restricting: { kind: "not-asked" } } });
  });

  it("that finds nothing is a denial with a cause", () => {
    expect(explain("D:", MAX).cause).toBe("not-granted");
    expect(explain("D:(D;;FA;;;WD)", MAX)).toMatchObject({ cause: "explicitly-denied", verdict: { granted: false } });
    expect(explain(`D:(A;;FA;;;${USER})`, MAX, { token: restricted(RESTRICTED_CODE) }).cause).toBe("restricting-list");
  });
});

describe("object type lists", () => {
  it("have an explanation for each node", () => {
    const explanation = explain(`D:(OA;;0x1;${B};;WD)(OD;;0x2;${B};;WD)(A;;0x2;;;WD)`, READ | WRITE, {
      token: token({ type: "impersonation" }),
      call: "AccessCheckByTypeResultList",
      objectTypes: [
        { level: 0, guid: A },
        { level: 1, guid: B },
        { level: 1, guid: "30000000-0000-4000-8000-000000000003" },
      ],
    });
    const nodes = explanation.nodes?.map(({ level, bits }) => [
      level,
      ...bits.map(({ granted, reason }) => `${granted} ${short(reason)}`),
    ]);
    expect(nodes).toEqual([
      [0, "false not-granted", "false denied-by-ace 1"],
      [1, "true allowed-by-ace 0", "false denied-by-ace 1"],
      [1, "false not-granted", "true allowed-by-ace 2"],
    ]);
    expect(explanation.bits).toEqual(explanation.nodes?.[0].bits);
    expect(explain("D:(A;;FA;;;WD)", READ).nodes).toBeUndefined();
  });
});

describe("more happens than a trace can hold", () => {
  const dacl = `D:${"(XA;;FR;;;WD;(a && a))".repeat(1200)}(A;;FR;;;WD)`;
  const who = token({ restrictedSids: [EVERYONE], localClaims: [{ name: "a", type: "int64", values: [0] }] });
  const rule = { appliesTo: null, dacl: sd(dacl, ""), stagedDacl: null };
  const policies = [{ sid: Sid.parse("S-1-17-1"), rules: Array.from({ length: 8 }, () => rule) }];
  const question = { token: who, policies, audit: true };
  const crowded = sd(`${dacl}S:(AU;SA;FA;;;WD)(SP;;;;;S-1-17-1)`);

  it("and no audit event is lost", () => {
    expect(engine.check(ask(crowded, READ, question))).toMatchObject({
      granted: true,
      auditEvents: [{ kind: "success", ace: 0, access: READ }],
    });
  });

  it("and the explanation says so, and does not refuse what was granted", () => {
    const explanation = explain(crowded, READ, question);
    expect(explanation.complete).toBe(false);
    expect(explanation.verdict.granted).toBe(true);
    expect(bit(explanation, READ).granted).toBe(true);
  });
});
