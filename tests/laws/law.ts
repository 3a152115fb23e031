/**
 * A law: a sentence that holds for everything generated. The seed is fixed, so that a run can be repeated; LAWS_SEED
 * and LAWS_RUNS change it and widen it.
 */

import fc from "fast-check";
import { it } from "vitest";
import { Ace, SecurityDescriptor } from "../../src/index.js";
import { formatAce } from "../../src/sddl/format.js";

const SEED = Number(process.env.LAWS_SEED ?? 20_261);
const RUNS = process.env.LAWS_RUNS === undefined ? undefined : Number(process.env.LAWS_RUNS);

/** Tries `holds` on `cases`; the case it throws for is made small and shown. */
export function law<T>(title: string, cases: fc.Arbitrary<T>, holds: (value: T) => void, runs = 200): void {
  it(title, { timeout: 120_000 }, () => {
    const found = fc.check(
      fc.property(cases, (value) => holds(value)),
      { seed: SEED, numRuns: RUNS ?? runs },
    );
    if (!found.failed) return;
    const cause = found.errorInstance instanceof Error ? found.errorInstance : new Error(String(found.errorInstance));
    const [value] = found.counterexample ?? [];
    throw new Error(`${cause.message}\nafter ${found.numRuns} runs of seed ${found.seed}, for\n${shown(value)}`, {
      cause,
    });
  });
}

/** Documents as text, and nothing of the engine that their slots hold. */
function shown(value: unknown): string {
  return JSON.stringify(value, (_name, member) => {
    if (member instanceof SecurityDescriptor) return textOf(() => String(member)) ?? [...member.toBytes()];
    if (member instanceof Ace) return textOf(() => formatAce(member)) ?? `ACE of type ${member.type}`;
    return typeof member === "bigint" || typeof member === "symbol" ? String(member) : member;
  });
}

function textOf(print: () => string): string | undefined {
  try {
    return print();
  } catch {
    return undefined;
  }
}
