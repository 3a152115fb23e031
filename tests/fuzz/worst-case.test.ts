/**
 * The dearest checks that 64 KB can ask for: each built to make one loop of the kernel meet as much as it can. None may
 * hang. formats.md 8
 *
 * Chance does not find these: they are large and regular.
 */

import { describe, expect, it } from "vitest";
import {
  type AccessCheckRequest,
  AccessToken,
  Ace,
  Acl,
  Engine,
  parseCondition,
  SecurityDescriptor,
  Sid,
  type TokenInput,
} from "../../src/index.js";

/** Five times what formats.md asks of an idle machine: a loop gone quadratic takes seconds. */
const BUDGET_MS = 250;
const LIMIT = 65_536;
const MAXIMUM = 0x02000000;
const USER = "S-1-5-21-1-2-3-1001";
const everyone = Sid.parse("S-1-1-0");
const system = Sid.parse("S-1-5-18");
const engine = new Engine();

/** Processor time of `body`, the least of five runs. */
function milliseconds(body: () => unknown): number {
  const runs = Array.from({ length: 5 }, () => {
    const started = process.cpuUsage();
    body();
    const { user, system: inSystem } = process.cpuUsage(started);
    return (user + inSystem) / 1000;
  });
  return Math.min(...runs);
}

/** As many of `aces`, over and over, as a DACL of 64 KB takes. */
function filledWith(aces: readonly Ace[]): SecurityDescriptor {
  const one = SecurityDescriptor.of({ dacl: Acl.of(aces, 4) }).toBytes().length - 28;
  const times = Math.floor((LIMIT - 200) / one);
  const dacl = Acl.of(
    Array.from({ length: times * aces.length }, (_, i) => aces[i % aces.length]),
    4,
  );
  return SecurityDescriptor.of({ owner: system, group: system, dacl });
}

/** The user with two walks to be made, and what else is given. */
function token(changes: Partial<TokenInput> = {}): AccessToken {
  return AccessToken.create({ user: USER, groups: ["S-1-1-0"], restrictedSids: [USER, "S-1-1-0"], ...changes });
}

/** An allow ACE whose condition is `term` as often as nesting allows. */
function conditional(term: string, operator: "&&" | "||"): Ace {
  const data = parseCondition(`(${Array.from({ length: 250 }, () => term).join(operator)})`);
  return Ace.create({ type: 9, flags: 0, mask: 1, sid: everyone, data });
}

const numbers = (name: string, from: number) => ({
  name,
  type: "int64" as const,
  values: Array.from({ length: 2000 }, (_, i) => i + from),
});
const manyClaims = Array.from({ length: 1024 }, (_, i) => ({ name: `c${i}`, type: "int64" as const, values: [1] }));

function expectQuick(request: AccessCheckRequest): void {
  expect(request.descriptor.toBytes().length).toBeLessThanOrEqual(LIMIT);
  expect(milliseconds(() => engine.check(request))).toBeLessThan(BUDGET_MS);
}

describe("a check of 64 KB takes no longer than a loop may", () => {
  it("of plain ACEs, all of which match", () => {
    const aces = Array.from({ length: 20 }, (_, bit) => Ace.allow(1 << bit, everyone));
    expectQuick({ token: token(), descriptor: filledWith(aces), desired: MAXIMUM, mapping: "file" });
  });

  it.each([
    ["equal claims", "@User.a==@User.b", "&&"],
    ["claims that differ", "@User.a!=@User.b", "||"],
    ["claims that contain each other", "@User.a Contains @User.b", "&&"],
    ["claims that meet", "@User.a Any_of @User.c", "||"],
    ["a claim and literals", "@User.a Any_of {-1}", "||"],
  ] as const)("of conditions on %s of 2,000 values", (_, term, operator) => {
    const userClaims = [numbers("a", 0), numbers("b", 0), numbers("c", 5000)];
    const descriptor = filledWith([conditional(term, operator)]);
    expectQuick({ token: token({ userClaims }), descriptor, desired: MAXIMUM, mapping: "file" });
  });

  it("of conditions on every pair of fifty claims of 200 values", () => {
    const userClaims = Array.from({ length: 50 }, (_, i) => ({
      ...numbers(`c${i}`, i),
      values: numbers("", i).values.slice(0, 200),
    }));
    const pair = (i: number): string => `@User.c${i % 50} Any_of @User.c${Math.floor(i / 50) % 50}`;
    const aces = Array.from({ length: 10 }, (_, block) => {
      const terms = Array.from({ length: 250 }, (__, i) => pair(block * 250 + i));
      const data = parseCondition(`(${terms.join("&&")})`);
      return Ace.create({ type: 9, flags: 0, mask: 1, sid: everyone, data });
    });
    expectQuick({ token: token({ userClaims }), descriptor: filledWith(aces), desired: MAXIMUM, mapping: "file" });
  });

  it.each(["@User.c1023", "@User.z"])("of conditions that look for %s among 1,024 claims", (name) => {
    const descriptor = filledWith([conditional(`${name}==2`, "||")]);
    expectQuick({ token: token({ userClaims: manyClaims }), descriptor, desired: MAXIMUM, mapping: "file" });
  });

  const levels = {
    flat: (i: number) => Math.min(i, 1),
    "four deep": (i: number) => (i === 0 ? 0 : ((i - 1) % 4) + 1),
    "one chain": (i: number) => Math.min(i, 4),
  };
  const guids = Array.from({ length: 1024 }, (_, i) => `${String(i + 1).padStart(8, "0")}-1111-2222-3333-444444444444`);
  const impersonation: Partial<TokenInput> = { type: "impersonation", impersonationLevel: "Impersonation" };

  it.each(Object.entries(levels))("of typed ACEs on a tree of 1,024 nodes, %s", (_, level) => {
    const aces = Array.from({ length: 1000 }, (__, i) =>
      Ace.create({
        type: 5 + (i % 2),
        flags: 0,
        mask: 1 << ((i >> 1) % 20),
        sid: everyone,
        objectType: guids[(i * 7) % 1024],
      }),
    );
    const objectTypes = guids.map((guid, i) => ({ guid, level: level(i) }));
    expectQuick({
      token: token(impersonation),
      descriptor: filledWith(aces),
      desired: MAXIMUM,
      mapping: "file",
      call: "AccessCheckByTypeResultList",
      objectTypes,
    });
  });
});
