/**
 * The engine decides as the model does. A failure prints a vector line for each difference, shrunk.
 *
 * DIFFERENTIAL_COUNT and DIFFERENTIAL_SEED repeat or widen a run.
 */

import { describe, expect, it } from "vitest";
import { Engine } from "../../src/engine.js";
import { EVERYTHING } from "./generator.js";
import { compare, type Difference } from "./run.js";
import { compareConditions } from "./run-condition.js";
import { compareFilter } from "./run-filter.js";

const COUNT = Number(process.env.DIFFERENTIAL_COUNT ?? 200_000);
const SEED = Number(process.env.DIFFERENTIAL_SEED ?? 20_260);
const MINUTES = 60_000;

describe("the engine and the model", () => {
  it(`decide ${COUNT} requests alike`, { timeout: 20 * MINUTES }, () => {
    const progress = (done: number) => console.info(`differential: ${done} of ${COUNT} requests, seed ${SEED}`);
    const differences = compare(new Engine(), { count: COUNT, seed: SEED, progress });
    report(differences, SEED);
    expect(differences).toHaveLength(0);
  });

  it("decide alike in an arena that is emptied again and again", { timeout: 2 * MINUTES }, () => {
    const engine = new Engine({ maximumMemory: 4 << 20 });
    const differences = compare(engine, { count: 4000, seed: SEED + 1 });
    report(differences, SEED + 1);
    expect(differences).toHaveLength(0);
  });

  it("decide plain requests alike: no conditions, policies or labels", { timeout: 2 * MINUTES }, () => {
    const features = { ...EVERYTHING, conditions: false, policies: false, mandatory: false };
    const differences = compare(new Engine(), { count: 20_000, seed: SEED + 2, features });
    report(differences, SEED + 2);
    expect(differences).toHaveLength(0);
  });

  it("read conditions alike", { timeout: 2 * MINUTES }, () => {
    expect(compareConditions(new Engine(), { count: 60_000, seed: SEED + 4 })).toEqual([]);
  });

  it("leave the same of a filtered token", { timeout: 2 * MINUTES }, () => {
    expect(compareFilter(new Engine(), { count: 20_000, seed: SEED + 3 })).toEqual([]);
  });
});

function report(differences: readonly Difference[], seed: number): void {
  for (const { index, line, actual } of differences)
    console.error(`request ${index} of seed ${seed}\n${line}\nthe engine: ${JSON.stringify(actual)}`);
}
