/** Laws of the decision: what refuses, what comes first, who is meant. access-check.md 5, 6 */

import fc from "fast-check";
import { describe, expect } from "vitest";
import { type AccessToken, Ace, Engine, type SecurityDescriptor, Sid } from "../../src/index.js";
import {
  ace,
  aceMask,
  aces,
  descriptorIn,
  descriptorOf,
  EVERYTHING,
  FILE_ALL,
  GENERIC,
  MAXIMUM,
  NEVER_FROM_ACE,
  OWNER_MASK,
  options,
  owner,
  PRINCIPAL_SELF,
  request,
  scene,
  specific,
  token,
  USER,
  type World,
} from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine();
const user = Sid.parse(USER);
const mapped = { mapping: "file" } as const;

/** Everything found under MAXIMUM_ALLOWED. */
function maximum(who: AccessToken, descriptor: SecurityDescriptor, more: object = mapped): number {
  return engine.check({ token: who, descriptor, desired: MAXIMUM, ...mapped, ...more }).access;
}

describe("refusal is the default", () => {
  law(
    "what no ACE allows, no privilege supplies and nobody owns is refused",
    request({ ...EVERYTHING, objects: false }),
    (asked) => {
      const { granted, access, privilegesUsed } = engine.check({ ...asked, aceGenericRights: "raw", mapping: "file" });
      if (!granted || asked.descriptor.dacl === null) return;
      const allowed = asked.descriptor.dacl.aces.reduce((all, { mask }) => all | mask, 0) & ~NEVER_FROM_ACE;
      const privileged =
        (privilegesUsed.includes("SeSecurityPrivilege") ? 0x01000000 : 0) | (privilegesUsed.length > 0 ? 0x80000 : 0);
      expect((access & ~(allowed | privileged | OWNER_MASK)) >>> 0).toBe(0);
    },
  );

  law(
    "a DACL without allow ACEs gives nothing but ownership",
    fc.tuple(token({ restricted: true, packages: true }), owner, aces(EVERYTHING, "deny")),
    ([who, of, list]) => {
      expect((maximum(who, descriptorOf(of, list)) & ~OWNER_MASK) >>> 0).toBe(0);
    },
  );

  law("a denial grants no bit and uses no privilege", request({ ...EVERYTHING, objects: false }), (asked) => {
    const { granted, access, privilegesUsed, status } = engine.check(asked);
    expect(granted).toBe(status === "STATUS_SUCCESS");
    if (!granted) expect([access, privilegesUsed]).toEqual([0, []]);
    if (granted && (asked.desired as number) < MAXIMUM) expect(access).toBe(asked.desired);
  });
});

describe("order", () => {
  const held = token({ conditions: true }).filter(({ user: { attributes } }) => (attributes & 0x10) === 0);
  const world: World = { conditions: true, membership: true };

  law(
    "an ACE that comes first decides its bits",
    fc.tuple(held, owner, aces(world), aceMask, fc.boolean()),
    ([who, of, list, mask, allows]) => {
      const first = allows ? Ace.allow(mask, user) : Ace.deny(mask, user);
      const found = maximum(who, descriptorOf(of, [first, ...list]), { aceGenericRights: "raw" });
      const decided = mask & ~NEVER_FROM_ACE;
      if (allows) expect((decided & ~found) >>> 0).toBe(0);
      else expect((decided & found & ~OWNER_MASK) >>> 0).toBe(0);
    },
  );

  law(
    "an ACE that comes after another of its SID and mask says nothing",
    fc.tuple(held, owner, aces(world), aceMask, fc.boolean()),
    ([who, of, list, mask, allows]) => {
      const [first, later] = allows
        ? [Ace.allow(mask, user), Ace.deny(mask, user)]
        : [Ace.deny(mask, user), Ace.allow(mask, user)];
      const without = maximum(who, descriptorOf(of, [first, ...list]));
      expect(maximum(who, descriptorOf(of, [first, ...list, later]))).toBe(without);
      expect(maximum(who, descriptorOf(of, [first, later, ...list]))).toBe(without);
    },
  );

  const everything = { ...EVERYTHING, privileges: false, policies: false };
  law(
    "allow ACEs in any order are the same ACEs, deny ACEs too",
    fc.tuple(
      token(everything),
      owner,
      aces(everything, "deny", 4),
      aces(everything, "allow", 4),
      options(everything),
      fc.integer(),
    ),
    ([who, of, denies, allows, more, turn]) => {
      const straight = engine.check({
        token: who,
        descriptor: descriptorOf(of, [...denies, ...allows]),
        desired: MAXIMUM,
        ...more,
      });
      const turned = engine.check({
        token: who,
        descriptor: descriptorOf(of, [...rotated(denies, turn), ...rotated(allows, turn)]),
        desired: MAXIMUM,
        ...more,
      });
      expect(turned).toEqual(straight);
    },
  );

  function rotated(list: readonly Ace[], by: number): readonly Ace[] {
    const at = list.length === 0 ? 0 : Math.abs(by) % list.length;
    return [...list.slice(at), ...list.slice(0, at)].reverse();
  }
});

describe("who and what is meant", () => {
  /** Every ACE speaks of a generic right too. */
  const genericDacl = fc
    .array(fc.tuple(ace({ packages: true }), fc.constantFrom(...GENERIC)), { maxLength: 5 })
    .map((list) => list.map(([entry, generic]) => entry.with({ mask: (entry.mask | generic) >>> 0 })));

  law(
    "PRINCIPAL SELF is the SID it stands for",
    fc.tuple(token({ restricted: true }), owner, aces({}), fc.constantFrom(USER, "S-1-5-32-545", "S-1-5-12")),
    ([who, of, list, self]) => {
      const named = list.map((entry) =>
        String(entry.sid) === PRINCIPAL_SELF ? entry.with({ sid: Sid.parse(self) }) : entry,
      );
      const asSelf = maximum(who, descriptorOf(of, list), { principalSelf: self });
      expect(maximum(who, descriptorOf(of, named), { principalSelf: self })).toBe(asSelf);
    },
  );

  law(
    "mapped generic rights are the same as a descriptor mapped before",
    fc.tuple(token({ restricted: true, packages: true }), scene({}, genericDacl), specific),
    ([who, where, desired]) => {
      const generic = [
        [0x80000000, 0x120089],
        [0x40000000, 0x120116],
        [0x20000000, 0x1200a0],
        [0x10000000, FILE_ALL],
      ];
      const mapMask = (mask: number): number =>
        generic.reduce((all, [bit, means]) => ((mask & bit) !== 0 ? all | means : all), mask & 0x0fffffff) >>> 0;
      const dacl =
        where.dacl === null || where.dacl === "absent"
          ? where.dacl
          : where.dacl.map((entry) => entry.with({ mask: mapMask(entry.mask) }));
      for (const asked of [desired, MAXIMUM]) {
        const left = engine.check({ token: who, descriptor: descriptorIn(where), desired: asked, ...mapped });
        expect(
          engine.check({
            token: who,
            descriptor: descriptorIn({ ...where, dacl }),
            desired: asked,
            ...mapped,
            aceGenericRights: "raw",
          }),
        ).toEqual(left);
      }
    },
  );
});
