/**
 * Claims over few names and few values. Those of tokens follow tokens.md 1.1; resource attributes need not.
 */

import { foldCase } from "../model/case-folding.js";
import type { ModelClaim } from "../model/types.js";
import type { Random } from "./random.js";
import { CLAIM_NAMES } from "./universe.js";

type Value = bigint | string | boolean;

const VALUES: Readonly<Record<ModelClaim["type"], readonly Value[]>> = {
  int64: [0n, 1n, 2n, 3n, -1n, 0x7fffffffffffffffn, -0x8000000000000000n],
  uint64: [0n, 1n, 2n, 3n, 0x7fffffffffffffffn, 0xffffffffffffffffn],
  string: ["x", "X", "y", "", "ß", "SS", "ⱦ", "Ⱦ", "ʞ", "Ʞ", "x\ud800", "ſ", "xy"],
  sid: ["S-1-1-0", "S-1-5-32-544", "S-1-5-21-1-2-3-1001"],
  boolean: [false, true],
  octets: ["", "00", "0001", "ff", "0102"],
};

const TYPES: readonly ModelClaim["type"][] = [
  "int64",
  "int64",
  "uint64",
  "string",
  "string",
  "string",
  "boolean",
  "sid",
  "octets",
];
const FLAGS: readonly number[] = [0, 0, 0, 0, 0, 2, 2, 4, 0x10, 0x21, 0x80000008];

/** The claims of a token: names differ by more than case, values differ, none is empty. */
export function claims(random: Random): ModelClaim[] {
  const made: ModelClaim[] = [];
  for (const name of random.some(CLAIM_NAMES, 40)) {
    if (!made.some((claim) => foldCase(claim.name) === foldCase(name)))
      made.push(withDistinctValues(claim(random, name, 1)));
  }
  return made;
}

/** A resource attribute: may repeat values, or have none. */
export function resourceClaim(random: Random): ModelClaim {
  return claim(random, random.pick(CLAIM_NAMES), random.chance(6) ? 0 : 1);
}

/** A value that a claim of this type may hold. */
export function someValue(random: Random, type: ModelClaim["type"]): Value {
  return random.pick(VALUES[type]);
}

function claim(random: Random, name: string, least: number): ModelClaim {
  const type = random.pick(TYPES);
  const count = least === 0 ? 0 : 1 + (random.chance(40) ? random.below(3) : 0);
  return { name, type, flags: random.pick(FLAGS), values: random.times(count, () => someValue(random, type)) };
}

function withDistinctValues(made: ModelClaim): ModelClaim {
  const folds = made.type === "string" && (made.flags & 2) === 0;
  const seen = new Set<Value>();
  const values = made.values.filter((value) => {
    if (typeof value === "string" && /\p{Surrogate}/u.test(value)) return false;
    const key = folds ? foldCase(value as string) : value;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
  return { ...made, values: values.length === 0 ? ["x"] : values };
}
