/** Laws of one ACE more or less: what may not add, and what may not matter. access-check.md 6 */

import fc from "fast-check";
import { describe, expect } from "vitest";
import { type AccessToken, type Ace, Engine, type SecurityDescriptor, Sid } from "../../src/index.js";
import { ace, aces, descriptorIn, EVERYTHING, MAXIMUM, OWNER_RIGHTS, options, scene, token } from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine();
const mapped = { mapping: "file" } as const;

describe("what is added and taken away", () => {
  const world = { ...EVERYTHING, privileges: false };
  const place = fc.nat(6);
  const asked = fc.record({ who: token(world), where: scene(world, aces(world)), more: options(world) });

  function accesses(who: AccessToken, descriptor: SecurityDescriptor, more: object): readonly number[] {
    const { access, objectTypes = [] } = engine.check({ token: who, descriptor, desired: MAXIMUM, ...mapped, ...more });
    return [access, ...objectTypes.map((node) => node.access)];
  }

  law(
    "a deny ACE more never adds a bit",
    fc.tuple(asked, ace(world, "deny"), place),
    ([{ who, where, more }, denied, at]) => {
      const list = where.dacl as readonly Ace[];
      const before = accesses(who, descriptorIn(where), more);
      const after = accesses(who, descriptorIn({ ...where, dacl: list.toSpliced(at, 0, denied) }), more);
      expect(after.map((access, node) => (access & ~before[node]) >>> 0)).toEqual(before.map(() => 0));
    },
  );

  law(
    "an allow ACE less never adds a bit, but for one that suppresses ownership",
    fc.tuple(asked, ace(world, "allow"), place),
    ([{ who, where, more }, allowed, at]) => {
      if (String(allowed.sid) === OWNER_RIGHTS) return;
      const list = where.dacl as readonly Ace[];
      const before = accesses(who, descriptorIn({ ...where, dacl: list.toSpliced(at, 0, allowed) }), more);
      const after = accesses(who, descriptorIn(where), more);
      expect(after.map((access, node) => (access & ~before[node]) >>> 0)).toEqual(before.map(() => 0));
    },
  );

  law(
    "an ACE for nobody here, or inherit-only, changes nothing",
    fc.tuple(asked, ace(world), place, fc.boolean()),
    ([{ who, where, more }, other, at, silent]) => {
      const idle = silent
        ? other.with({ flags: other.flags | 0x08 })
        : other.with({ sid: Sid.parse("S-1-5-21-7-7-7-7") });
      const list = where.dacl as readonly Ace[];
      expect(accesses(who, descriptorIn({ ...where, dacl: list.toSpliced(at, 0, idle) }), more)).toEqual(
        accesses(who, descriptorIn(where), more),
      );
    },
  );
});
