/** Laws of explanations: they agree with the check, bit by bit, pass by pass, node by node. access-check.md 13.4 */

import { describe, expect } from "vitest";
import { type AccessCheckRequest, type BitExplanation, Engine } from "../../src/index.js";
import { EVERYTHING, MAXIMUM, request } from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine();
const worlds = [
  ["plain", { ...EVERYTHING, objects: false, policies: false }],
  ["with policies", { ...EVERYTHING, objects: false }],
  ["with object types", EVERYTHING],
] as const;

const grants = new Set(["allowed-by-ace", "owner", "privilege", "no-dacl", "not-asked"]);

function granted(bits: readonly BitExplanation[]): number {
  return bits.filter((bit) => bit.granted).reduce((all, { bit }) => (all | bit) >>> 0, 0);
}

function isMaximum({ desired }: AccessCheckRequest): boolean {
  return ((desired as number) & MAXIMUM) !== 0;
}

describe.each(worlds)("explain, %s", (_name, world) => {
  const asked = request(world);

  law("gives the verdict that check gives", asked, (question) => {
    expect(engine.explain(question).verdict).toEqual(engine.check(question));
  });

  law("grants, bit by bit, what the verdict grants", asked, (question) => {
    const { verdict, bits, want } = engine.explain(question);
    if (verdict.callFailed) return;
    if (verdict.granted) {
      expect(granted(bits)).toBe(verdict.access);
    } else if (bits.length > 0) {
      expect((want & ~granted(bits)) !== 0 || granted(bits) === 0).toBe(true);
    }
    if (!isMaximum(question)) expect(granted(bits) === want).toBe(verdict.granted);
  });

  law("grants a bit where every pass does, labels and policies aside", asked, (question) => {
    const { bits, rules, passes } = engine.explain(question);
    for (const { bit, granted: yes, passes: reasons, decidedBy } of bits) {
      const all = passes.every((pass) => grants.has(reasons[pass]?.kind ?? ""));
      if (yes) expect(all, `bit 0x${bit.toString(16)} is granted`).toBe(true);
      else if (rules.length === 0 && !["integrity", "trust-label", "access-filter", "privilege"].includes(decidedBy)) {
        expect(all, `bit 0x${bit.toString(16)} is refused`).toBe(false);
      }
    }
  });

  law("names ACEs that are in the ACL and hold the bit", asked, (question) => {
    const { bits } = engine.explain({ ...question, aceGenericRights: "raw" });
    const { dacl } = question.descriptor;
    for (const { bit, passes } of bits) {
      for (const reason of Object.values(passes)) {
        if (reason.kind !== "allowed-by-ace" && reason.kind !== "denied-by-ace") continue;
        const ace = dacl?.aces[reason.ace.index];
        expect(ace?.type).toBe(reason.ace.type);
        expect(((ace?.mask ?? 0) & bit) !== 0).toBe(true);
        expect([0, 5, 9, 11].includes(reason.ace.type)).toBe(reason.kind === "allowed-by-ace");
      }
    }
  });

  law("has a cause that is one of its refusals", asked, (question) => {
    const { cause, verdict, bits, want } = engine.explain(question);
    expect(cause === "granted").toBe(verdict.granted);
    if (verdict.granted || bits.length === 0) return;
    const needed = (want & ~granted(bits)) !== 0 ? bits.filter(({ bit }) => (bit & want) !== 0) : bits;
    const refused = needed
      .filter((bit) => !bit.granted)
      .map(({ decidedBy, reason }) => causeOf(decidedBy, reason.kind));
    expect(refused).toContain(cause);
  });

  law(
    "says what it says as plain data",
    asked,
    (question) => {
      const explanation = engine.explain(question);
      expect(() => JSON.stringify(explanation)).not.toThrow();
      expect(String(explanation).split("\n").length).toBeGreaterThanOrEqual(1);
      expect(explanation.complete).toBe(true);
    },
    100,
  );
});

describe("nodes", () => {
  law("have the bits that their verdict has", request(EVERYTHING), (question) => {
    if (question.objectTypes === undefined) return;
    const { verdict, nodes } = engine.explain({ ...question, call: "AccessCheckByTypeResultList" });
    if (verdict.callFailed) return;
    expect(nodes).toHaveLength(question.objectTypes.length);
    const stopped =
      verdict.status === "STATUS_PRIVILEGE_NOT_HELD" || verdict.objectTypes?.every(({ access }) => access === 0);
    if (!stopped)
      expect(nodes?.map(({ bits }) => granted(bits))).toEqual(verdict.objectTypes?.map(({ access }) => access));
  });
});

function causeOf(decidedBy: string, kind: string): string {
  if (decidedBy === "restricting") return "restricting-list";
  if (decidedBy === "privilege") return "missing-privilege";
  if (decidedBy === "normal") return kind === "denied-by-ace" ? "explicitly-denied" : "not-granted";
  return decidedBy;
}
