/** Laws of the second door, and of MAXIMUM_ALLOWED. access-check.md 1.8, 6.4, 7 */

import fc from "fast-check";
import { describe, expect } from "vitest";
import { AccessToken, Engine, type SecurityDescriptor } from "../../src/index.js";
import {
  descriptorIn,
  EVERYTHING,
  FILE_ALL,
  LISTED,
  MAXIMUM,
  options,
  scene,
  specific,
  token,
  tokenInput,
  USER,
} from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine();
const mapped = { mapping: "file" } as const;

/** Everything found under MAXIMUM_ALLOWED. */
function maximum(who: AccessToken, descriptor: SecurityDescriptor, more: object = mapped): number {
  return engine.check({ token: who, descriptor, desired: MAXIMUM, ...mapped, ...more }).access;
}

describe("restricting", () => {
  const world = { ...EVERYTHING, restricted: false, writeRestricted: false };

  law(
    "restricting SIDs never add access",
    fc.tuple(
      tokenInput(world),
      scene(world),
      options(world),
      fc.subarray(LISTED),
      fc.boolean(),
      fc.oneof(specific, fc.constant(MAXIMUM), fc.constant(0x01000001)),
    ),
    ([input, where, more, restrictedSids, writeRestricted, desired]) => {
      const descriptor = descriptorIn(where);
      const plain = engine.check({ token: AccessToken.create(input), descriptor, desired, ...more });
      const both = engine.check({
        token: AccessToken.create({ ...input, restrictedSids, writeRestricted }),
        descriptor,
        desired,
        ...more,
      });
      expect((both.access & ~plain.access) >>> 0).toBe(0);
      expect(both.granted && !plain.granted).toBe(false);
      for (const [node, { access }] of (both.objectTypes ?? []).entries())
        expect((access & ~(plain.objectTypes?.[node].access ?? 0)) >>> 0).toBe(0);
    },
    800,
  );

  law(
    "write-restricted grants no less than fully restricted",
    fc.tuple(tokenInput({}), scene({}), fc.subarray(LISTED), specific),
    ([input, where, restrictedSids, desired]) => {
      const [fully, writes] = [false, true].map((writeRestricted) =>
        AccessToken.create({ ...input, restrictedSids, writeRestricted }),
      );
      const descriptor = descriptorIn(where);
      const full = engine.check({ token: fully, descriptor, desired, ...mapped });
      expect(full.granted && !engine.check({ token: writes, descriptor, desired, ...mapped }).granted).toBe(false);
      expect((maximum(fully, descriptor) & ~maximum(writes, descriptor)) >>> 0).toBe(0);
    },
  );

  law(
    "a restricting list of all the token's enabled SIDs restricts nothing",
    fc.tuple(scene({ denied: [USER] }), specific),
    ([where, desired]) => {
      const input = { user: USER, groups: ["S-1-1-0", "S-1-5-11"] };
      const descriptor = descriptorIn(where);
      const plain = engine.check({ token: AccessToken.create(input), descriptor, desired, ...mapped });
      const both = engine.check({
        token: AccessToken.create({ ...input, restrictedSids: [USER, ...input.groups] }),
        descriptor,
        desired,
        ...mapped,
      });
      expect(both).toEqual(plain);
    },
  );
});

describe("MAXIMUM_ALLOWED", () => {
  const world = { ...EVERYTHING, privileges: false, writeRestricted: false };
  const single = { ...world, objects: false };
  const BITS = Array.from({ length: 21 }, (_, shift) => 2 ** shift).filter((bit) => (FILE_ALL & bit) !== 0);

  law(
    "grants the bits that would be granted one by one",
    fc.record({ who: token(single), where: scene(single), more: options(single) }),
    ({ who, where, more }) => {
      const descriptor = descriptorIn(where);
      const all = { ...more, mapping: "file" } as const;
      const found = engine.check({ token: who, descriptor, desired: MAXIMUM, ...all }).access;
      const one = BITS.filter((bit) => engine.check({ token: who, descriptor, desired: bit, ...all }).granted).reduce(
        (sum, bit) => sum | bit,
        0,
      );
      expect(found & FILE_ALL).toBe(one);
    },
    250,
  );

  law(
    "holds whatever a specific request is granted, and a request for part of it is granted",
    fc.record({ who: token(world), where: scene(world), more: options(world), desired: specific }),
    ({ who, where, more, desired }) => {
      const descriptor = descriptorIn(where);
      const all = { ...more, mapping: "file", token: who, descriptor } as const;
      const found = engine.check({ ...all, desired: MAXIMUM });
      expect(engine.check({ ...all, desired }).granted).toBe((desired & ~found.access) === 0);
      expect(engine.check({ ...all, desired: (desired | MAXIMUM) >>> 0 }).granted).toBe(
        (desired & ~found.access) === 0,
      );
    },
  );
});
