/**
 * docs/semantics.md tells the truth: every file and test it names exists, and every "vectors N" has rows.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);
const text = readFileSync(new URL("docs/semantics.md", root), "utf8");
const rows = text.split("\n").filter((line) => /^\| [TF]?\d/.test(line));
const folder = new URL("tests/vectors/", root);
const sources = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(new URL(name, folder), "utf8").split("\n"))
  .filter((line) => line !== "")
  .map((line) => String(JSON.parse(line).source));

/** "access-check.md 6.3" covers 6.3 and 6; "tokens.md 2.6" covers T2.6. */
function covers(source: string, rule: string): boolean {
  const [document, number] = rule.startsWith("T") ? ["tokens.md", rule.slice(1)] : ["access-check.md", rule];
  return source
    .split(/[;,]\s*/)
    .some(
      (part) => part.startsWith(document) && new RegExp(`(^|[^\\d.])${number.replace(".", "\\.")}(?![\\d])`).test(part),
    );
}

describe("docs/semantics.md", () => {
  it("lists the rules", () => expect(rows.length).toBeGreaterThan(95));

  for (const row of rows) {
    const rule = row.split("|")[1].trim();
    it(`rule ${rule} names files that exist and vectors that are there`, () => {
      for (const [, path] of row.matchAll(/`((?:assembly|src|tests)\/[^`]+)`/g)) {
        expect(existsSync(new URL(path, root)), path).toBe(true);
      }
      for (const [, number] of row.matchAll(/vectors (T?[\d.]+)/g)) {
        expect(
          sources.some((source) => covers(source, number)),
          `no vector for ${number}`,
        ).toBe(true);
      }
    });
  }
});
