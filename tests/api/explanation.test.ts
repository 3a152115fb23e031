/** Explanations: causes told apart, reasons by pass, the steps before and after the walks. access-check.md 13.4 */

import { describe, expect, it } from "vitest";
import type { AccessCheckRequest } from "../../src/access-request.js";
import { bit, engine, explain, policyOf, short } from "./explaining.js";
import {
  ASS,
  ask,
  OTHER,
  PACKAGE,
  RC,
  READ,
  RESTRICTED_CODE,
  restricted,
  sd,
  token,
  USER,
  WDAC,
  WO,
  WRITE,
} from "./questions.js";

describe("the cause is told apart", () => {
  const boxed = token({ appContainer: { sid: PACKAGE } });
  it.each<[string, string, number, Partial<AccessCheckRequest>, string]>([
    ["granted", "D:(A;;FA;;;WD)", READ, {}, "granted"],
    ["denied by an ACE", "D:(D;;FR;;;WD)(A;;FA;;;WD)", READ, {}, "explicitly-denied"],
    ["given by no ACE", "D:(A;;FW;;;WD)", READ, {}, "not-granted"],
    ["given to nobody", "D:", READ, {}, "not-granted"],
    ["given to others", `D:(A;;FA;;;${OTHER})`, READ, {}, "not-granted"],
    [
      "not on the restricting list",
      `D:(A;;FA;;;${USER})`,
      READ,
      { token: restricted(RESTRICTED_CODE) },
      "restricting-list",
    ],
    [
      "denied to the restricting list",
      `D:(D;;FA;;;RC)(A;;FA;;;${USER})(A;;FA;;;RC)`,
      READ,
      { token: restricted(RESTRICTED_CODE) },
      "restricting-list",
    ],
    ["both doors shut", `D:(A;;FA;;;${OTHER})`, READ, { token: restricted(RESTRICTED_CODE) }, "not-granted"],
    ["below the label", "D:(A;;FA;;;WD)S:(ML;;NW;;;HI)", WRITE, {}, "integrity"],
    ["below the default label", "D:(A;;FA;;;WD)", WRITE, { token: token({ integrity: "Low" }) }, "integrity"],
    ["below the trust label", "D:(A;;FA;;;WD)S:(TL;;FR;;;S-1-19-512-4096)", WRITE, {}, "trust-label"],
    ["outside the access filter", "D:(A;;FA;;;WD)S:(FL;;FR;;;WD;(@User.x == 1))", WRITE, {}, "access-filter"],
    ["without the privilege", "D:(A;;FA;;;WD)", ASS, {}, "missing-privilege"],
    ["not given to the package", "D:(A;;FA;;;WD)", READ, { token: boxed }, "package"],
    [
      "taken away by a policy",
      "D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)",
      WRITE,
      { policies: policyOf("D:(A;;FR;;;WD)") },
      "policy",
    ],
    ["nothing wanted", "D:(A;;FA;;;WD)", 0, {}, "nothing-desired"],
    ["a failed call", "D:(A;;FA;;;WD)", READ, { call: "AccessCheck" }, "call-failed"],
    [
      "an identification token",
      "D:(A;;FA;;;WD)",
      READ,
      { token: token({ type: "impersonation", impersonationLevel: "Identification" }) },
      "call-failed",
    ],
  ])("%s", (_what, acls, desired, changes, cause) => {
    const explanation = explain(acls, desired, changes);
    expect(explanation.cause).toBe(cause);
    expect(explanation.verdict).toEqual(engine.check(ask(acls, desired, changes)));
    expect(explanation.verdict.granted).toBe(cause === "granted");
    if (cause === "call-failed") expect(explanation.bits).toEqual([]);
  });
});

describe("each pass has its own reason", () => {
  const both = token({ restrictedSids: [RESTRICTED_CODE] });

  it("by the index the ACE has in the DACL, skipped ones counted", () => {
    const explanation = explain(
      `D:(A;IO;FA;;;WD)(D;;0x2;;;${OTHER})(D;;0x2;;;RC)(A;;0x3;;;${USER})(A;;FR;;;RC)`,
      READ | WRITE,
      { token: both },
    );
    expect(explanation.passes).toEqual(["normal", "restricting"]);
    expect(Object.values(bit(explanation, READ).passes).map(short)).toEqual(["allowed-by-ace 3", "allowed-by-ace 4"]);
    expect(Object.values(bit(explanation, WRITE).passes).map(short)).toEqual(["allowed-by-ace 3", "denied-by-ace 2"]);
    expect(bit(explanation, READ)).toMatchObject({ granted: true, decidedBy: "normal" });
    expect(bit(explanation, WRITE)).toMatchObject({ granted: false, decidedBy: "restricting" });
    expect(short(bit(explanation, WRITE).reason)).toBe("denied-by-ace 2");
  });

  it("to its end, even after a denial", () => {
    const explanation = explain(`D:(D;;0x1;;;WD)(A;;0x2;;;${USER})(A;;0x3;;;RC)`, READ | WRITE, { token: both });
    expect(Object.values(bit(explanation, READ).passes).map(short)).toEqual(["denied-by-ace 0", "allowed-by-ace 2"]);
    expect(Object.values(bit(explanation, WRITE).passes).map(short)).toEqual(["allowed-by-ace 1", "allowed-by-ace 2"]);
    expect(bit(explanation, WRITE).granted).toBe(true);
    expect(explanation.cause).toBe("explicitly-denied");
  });

  it("for the package", () => {
    const explanation = explain(`D:(A;;0x1;;;AC)(A;;0x3;;;WD)(A;;0x2;;;${PACKAGE})`, READ | WRITE, {
      token: token({ appContainer: { sid: PACKAGE, lowPrivilege: true } }),
    });
    expect(explanation.passes).toEqual(["normal", "package"]);
    expect(Object.values(bit(explanation, READ).passes).map(short)).toEqual(["allowed-by-ace 1", "not-granted"]);
    expect(Object.values(bit(explanation, WRITE).passes).map(short)).toEqual(["allowed-by-ace 1", "allowed-by-ace 2"]);
    expect(bit(explanation, READ).decidedBy).toBe("package");
  });

  it("a write-restricted read is not put to the list", () => {
    const writes = token({ restrictedSids: [RESTRICTED_CODE], writeRestricted: true });
    const read = explain("D:(A;;FA;;;WD)", READ, { token: writes });
    expect(Object.values(bit(read, READ).passes).map(short)).toEqual(["allowed-by-ace 0", "not-asked"]);
    expect(read.verdict.granted).toBe(true);
    const write = explain("D:(A;;FA;;;WD)", READ | WRITE, { token: writes });
    expect(Object.values(bit(write, READ).passes).map(short)).toEqual(["allowed-by-ace 0", "not-granted"]);
    expect(write).toMatchObject({ cause: "restricting-list", verdict: { granted: false } });
  });

  it("ownership", () => {
    const owned = sd("D:(D;;RCWD;;;WD)(A;;FR;;;WD)", `O:${USER}G:SY`);
    const explanation = explain(owned, RC | WDAC | READ);
    for (const right of [RC, WDAC])
      expect(bit(explanation, right)).toMatchObject({ granted: true, decidedBy: "owner", reason: { kind: "owner" } });
    expect(short(bit(explanation, READ).reason)).toBe("allowed-by-ace 1");
    const suppressed = explain(sd("D:(A;;FR;;;OW)", `O:${USER}G:SY`), WDAC);
    expect(bit(suppressed, WDAC)).toMatchObject({ granted: false, reason: { kind: "not-granted" } });
  });

  it("privileges", () => {
    const held = token({ privileges: ["SeSecurityPrivilege", "SeTakeOwnershipPrivilege"] });
    const explanation = explain("D:", (ASS | WO) >>> 0, { token: held });
    expect(bit(explanation, ASS)).toMatchObject({
      granted: true,
      decidedBy: "privilege",
      reason: { privilege: "SeSecurityPrivilege" },
    });
    expect(bit(explanation, WO)).toMatchObject({
      granted: true,
      decidedBy: "privilege",
      reason: { privilege: "SeTakeOwnershipPrivilege" },
    });
    const missing = explain("D:(A;;FA;;;WD)", (ASS | READ) >>> 0);
    expect(bit(missing, ASS)).toMatchObject({
      granted: false,
      decidedBy: "privilege",
      reason: { kind: "missing-privilege", privilege: "SeSecurityPrivilege" },
    });
    expect(bit(missing, READ).granted).toBe(true);
  });

  it.each([
    ["absent", ""],
    ["NULL", "D:NO_ACCESS_CONTROL"],
  ])("a DACL that is %s grants in both", (_what, acls) => {
    const explanation = explain(acls, READ, { token: both });
    expect(Object.values(bit(explanation, READ).passes).map(short)).toEqual(["no-dacl", "no-dacl"]);
    expect(explanation.cause).toBe("granted");
  });

  it("an empty DACL grants nothing", () => {
    expect(short(bit(explain("D:", READ), READ).reason)).toBe("empty-dacl");
    expect(short(bit(explain("D:(A;IO;FA;;;WD)", READ), READ).reason)).toBe("not-granted");
  });
});

describe("steps before the walk", () => {
  it("integrity names both levels, the policy and the label's ACE", () => {
    const { reason, decidedBy } = bit(explain("D:(A;;FA;;;WD)S:(AU;SA;FA;;;WD)(ML;;NWNR;;;HI)", WRITE), WRITE);
    expect(decidedBy).toBe("integrity");
    expect(reason).toMatchObject({
      kind: "integrity",
      tokenLevel: 0x2000,
      objectLevel: 0x3000,
      policy: 3,
      ace: { acl: "sacl", index: 1, sid: "S-1-16-12288" },
    });
    const low = bit(explain("D:(A;;FA;;;WD)", WRITE, { token: token({ integrity: "Low" }) }), WRITE);
    expect(low.reason).toMatchObject({
      kind: "integrity",
      tokenLevel: 0x1000,
      objectLevel: 0x2000,
      policy: 1,
      ace: null,
    });
    expect(low.sentence).toContain("default label");
  });

  it("a trust label and an access filter name their ACE", () => {
    const trust = bit(explain("D:(A;;FA;;;WD)S:(AU;SA;FA;;;WD)(TL;;FR;;;S-1-19-512-4096)", WRITE), WRITE);
    expect(trust).toMatchObject({ decidedBy: "trust-label", reason: { ace: { acl: "sacl", index: 1 } } });
    const filter = bit(explain("D:(A;;FA;;;WD)S:(FL;;FR;;;WD;(@User.x == 1))", WRITE), WRITE);
    expect(filter).toMatchObject({
      decidedBy: "access-filter",
      reason: { ace: { index: 0, condition: { truth: "UNKNOWN" } } },
    });
  });

  it("a bit that the label leaves has the DACL's reason", () => {
    const explanation = explain("D:(A;;FA;;;WD)S:(ML;;NW;;;HI)", READ | WRITE);
    expect(short(bit(explanation, READ).reason)).toBe("allowed-by-ace 0");
    expect(bit(explanation, READ).granted).toBe(true);
    expect(bit(explanation, WRITE).passes.normal).toMatchObject({ kind: "allowed-by-ace" });
  });
});

describe("after the walks", () => {
  it("a policy's rule names its number, pass and ACE", () => {
    const explanation = explain("D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)", READ | WRITE, {
      policies: policyOf("D:(D;;0x2;;;WD)(A;;FA;;;WD)"),
    });
    const { decidedBy, reason } = bit(explanation, WRITE);
    expect(decidedBy).toBe("policy");
    expect(reason).toMatchObject({
      kind: "policy-rule",
      rule: 0,
      pass: "normal",
      reason: { kind: "denied-by-ace", ace: { index: 0 } },
    });
    expect(bit(explanation, READ).granted).toBe(true);
    expect(explanation.rules).toEqual([{ rule: 0, applies: true, appliesTo: "TRUE", grants: READ }]);
  });

  it("the recovery policy has no number", () => {
    const explanation = explain("D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-2)", READ, { policies: policyOf("D:(A;;FA;;;WD)") });
    expect(explanation.rules).toEqual([{ rule: null, applies: true, appliesTo: "TRUE", grants: 0 }]);
    expect(explanation.cause).toBe("policy");
  });
});
