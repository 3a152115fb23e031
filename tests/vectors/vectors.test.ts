/**
 * The project's own vectors: rows written from the rules of the specification, each with the section it comes from.
 * Every row's expectation was reasoned out, never copied from an answer.
 */

import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Engine } from "../../src/index.js";
import { answer } from "../../src/interchange/index.js";
import { answerDifferences, lineOf, vectorRows } from "../conformance/vector-rows.js";

const folder = new URL("./", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
const sets = files.map((name) => [name, vectorRows(new URL(name, folder)) ?? []] as const);

describe.each(sets)("%s", (_name, rows) => {
  const engine = new Engine({ seed: 1 });
  it.each(rows.map((row) => [row.id, row] as const))("%s", (_id, row) => {
    const line = lineOf(row);
    const first = answer(line, engine);
    expect(answerDifferences(row.expected, JSON.parse(first))).toEqual([]);
    expect(answer(line, engine)).toBe(first);
  });
});

describe("the rows", () => {
  const rows = sets.flatMap(([, list]) => list);

  it("are many, each with an id of its own, a source and a date", () => {
    expect(rows.length).toBeGreaterThan(400);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    for (const { source, date } of rows) {
      expect(source).toMatch(/^(access-check|tokens)\.md \d+(\.\d+)?$/);
      expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it("reach every numbered rule of a decision and of filtering", () => {
    const sources = new Set(rows.map(({ source }) => source));
    const [one, two] = [
      rules("access-check.md", [10, 6, 7, 3, 5, 11, 10, 5, 5, 5, 10, 4, 4]),
      rules("tokens.md", [0, 7]),
    ];
    // Kernel mode, encodings, limits, advice to callers and predicates are no questions of the interchange.
    const elsewhere = [
      "access-check.md 1.2",
      "access-check.md 11.1",
      "access-check.md 11.10",
      "access-check.md 13.3",
      "tokens.md 2.7",
    ];
    expect([...one, ...two].filter((rule) => !sources.has(rule) && !elsewhere.includes(rule))).toEqual([]);
  });

  /** Names of the rules, given how many each section has. */
  function rules(document: string, counts: readonly number[]): readonly string[] {
    return counts.flatMap((count, section) =>
      Array.from({ length: count }, (_, rule) => `${document} ${section + 1}.${rule + 1}`),
    );
  }
});
