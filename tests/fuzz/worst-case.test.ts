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
/** For sets and long text, which take less than a third of this: wiping marks, or comparing in each pass, took more. */
const SET_BUDGET_MS = 100;
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

/** `left code right` in its shortest encoding: user attributes with names of one unit. */
function relation(code: number, left: number, right: number): number[] {
  const attribute = (index: number): number[] => [0xf9, 2, 0, 0, 0, index & 0xff, 0x4e + (index >> 8)];
  return [...attribute(left), ...attribute(right), code];
}

/** Allow ACEs of 64 KB in all that are nothing but relations: the n-th is `term(n)`, each ACE has as many as it may. */
function filledWithRelations(term: (index: number) => number[]): SecurityDescriptor {
  const aces = Array.from({ length: 4 }, (_, ace) => {
    const tokens = Array.from({ length: 1019 }, (__, i) => [...term(ace * 1019 + i), ...(i === 0 ? [] : [0xa0])]);
    const data = Uint8Array.from([0x61, 0x72, 0x74, 0x78, ...tokens.flat()]);
    return Ace.create({ type: 9, flags: 0, mask: 1 << ace, sid: everyone, data });
  });
  return SecurityDescriptor.of({ owner: system, group: system, dacl: Acl.of(aces, 4) });
}

/** The name that `relation` gives to an index. */
const nameOf = (index: number): string => String.fromCharCode(0x4e00 + index);

const numbers = (name: string, from: number) => ({
  name,
  type: "int64" as const,
  values: Array.from({ length: 2000 }, (_, i) => i + from),
});
const manyClaims = Array.from({ length: 1024 }, (_, i) => ({ name: `c${i}`, type: "int64" as const, values: [1] }));

function expectQuick(request: AccessCheckRequest, budget: number = BUDGET_MS): void {
  expect(request.descriptor.toBytes().length).toBeLessThanOrEqual(LIMIT);
  expect(milliseconds(() => engine.check(request))).toBeLessThan(budget);
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

  const EQUAL = 0x80;
  const LESS = 0x82;
  const CONTAINS = 0x86;
  const ANY_OF = 0x88;

  it.each([
    ["equal", EQUAL, 0],
    ["that contain each other", CONTAINS, 0],
    ["that have nothing in common", ANY_OF, 2000],
  ])("of 4,076 relations between 64 claims of 2,000 values %s", (_, code, distance) => {
    const userClaims = Array.from({ length: 64 }, (__, i) => numbers(nameOf(i), i * distance));
    const descriptor = filledWithRelations((n) => relation(code, n % 64, (n >> 6) % 64));
    expectQuick({ token: token({ userClaims }), descriptor, desired: MAXIMUM, mapping: "file" }, SET_BUDGET_MS);
  });

  it.each([
    ["two texts of a million units", 2, 1 << 20],
    ["64 texts of 32,768 units", 64, 1 << 15],
  ])("of 4,076 orderings between %s that differ at their ends", (_, count, length) => {
    const userClaims = Array.from({ length: count }, (__, i) => ({
      name: nameOf(i),
      type: "string" as const,
      values: ["a".repeat(length) + nameOf(i)],
    }));
    const descriptor = filledWithRelations((n) => relation(LESS, n % count, Math.floor(n / count) % count));
    expectQuick({ token: token({ userClaims }), descriptor, desired: MAXIMUM, mapping: "file" }, SET_BUDGET_MS);
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
