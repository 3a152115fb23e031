/**
 * Every row of the shared vectors through the interchange and the real engine: the answer, the same answer twice, the
 * place of an error, and the time.
 *
 * The vectors are an optional folder beside the project; without it every file is skipped, and says so.
 */

import { describe, expect, it } from "vitest";
import { Engine } from "../../src/index.js";
import { answer } from "../../src/interchange/index.js";
import { answerDifferences, differences, lineOf, type VectorRow, vectorRows } from "./vector-rows.js";

const folder = new URL("../../../shared/vectors/", import.meta.url);
const files = [
  "decisions",
  "windows-observations",
  "filter",
  "hostile-tokens",
  "conditions-windows",
  "hostile-formats",
];
/** What a busy machine may take of a budget: a loop gone quadratic takes a hundred times as long. */
const SLACK = 10;

/** Runs that a slow machine gets to meet a budget once. */
const TRIES = 5;

/** The answer, given the same way twice; the best time of a few runs where there is a budget. */
function askTwice(line: string, engine: Engine, budgetMs: number | undefined): { first: string; best: number } {
  const first = answer(line, engine);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < TRIES && (run === 0 || (budgetMs !== undefined && best > budgetMs)); run++) {
    const start = performance.now();
    const again = answer(line, engine);
    best = Math.min(best, performance.now() - start);
    expect(again, "the same line twice").toBe(first);
  }
  return { first, best };
}

/** An error of text says where (UTF-16 units), an error of bytes too; both inside what was given. */
function expectPlace(error: { code: string; position?: number; offset?: number }, row: VectorRow, line: string): void {
  const { code, position, offset } = error;
  if (code === "ERR_ENGINE") return;
  expect(position === undefined, "either a position or an offset").not.toBe(offset === undefined);
  const place = position ?? offset ?? -1;
  const texts = Object.values(row.request ?? {}).filter((value) => typeof value === "string");
  expect(Number.isInteger(place) && place >= 0, `place ${place}`).toBe(true);
  expect(place).toBeLessThanOrEqual(Math.max(line.length, ...texts.map((text) => (text as string).length)));
}

for (const name of files) {
  const rows = vectorRows(new URL(`${name}.jsonl`, folder));
  const title = `${name}.jsonl`;
  if (rows === undefined) {
    console.log(`SKIPPED: no ../shared/vectors/${title}; none of its rows ran`);
    describe.skip(title, () => it("needs ../shared/vectors", () => expect(rows).toBeDefined()));
    continue;
  }
  console.log(`${title}: ${rows.length} rows, none skipped`);
  describe(title, () => {
    const engine = new Engine({ seed: 1 });
    it("has rows", () => expect(rows.length).toBeGreaterThan(30));
    it.each(rows.map((row) => [row.id, row] as const))("%s", (_id, row) => {
      const line = lineOf(row);
      const { first, best } = askTwice(line, engine, row.budgetMs);
      const answered = JSON.parse(first);
      expect(answerDifferences(row.expected, answered)).toEqual([]);
      if (answered.error !== undefined) expectPlace(answered.error, row, line);
      if (row.request?.id !== undefined) expect(answered.id).toEqual(row.request.id);
      if (row.budgetMs !== undefined) expect(best, "milliseconds").toBeLessThanOrEqual(row.budgetMs * SLACK);
    });
  });
}

describe("comparing", () => {
  it("is by subset, arrays whole, privilegesUsed as a set", () => {
    expect(differences({ a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 })).toEqual([]);
    expect(differences({ a: [1, 2] }, { a: [1, 2, 3] })).toHaveLength(1);
    expect(differences({ a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] })).toEqual([]);
    expect(differences({ privilegesUsed: ["x", "y"] }, { privilegesUsed: ["y", "x"] })).toEqual([]);
    expect(differences({ privilegesUsed: ["x"] }, { privilegesUsed: ["x", "y"] })).toHaveLength(1);
    expect(differences({ a: null }, { a: undefined })).toHaveLength(1);
    expect(differences({ a: {} }, { a: [] })).toHaveLength(1);
  });

  it("takes no error for an answer", () => {
    expect(answerDifferences({}, { granted: true })).toEqual([]);
    expect(answerDifferences({}, { error: { code: "ERR_JSON" } })).toHaveLength(1);
    expect(answerDifferences({ error: { code: "ERR_JSON" } }, { error: { code: "ERR_JSON", position: 3 } })).toEqual(
      [],
    );
  });
});
