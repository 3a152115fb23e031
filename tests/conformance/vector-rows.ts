/**
 * Vector files: rows of JSON lines, the request line a row stands for, and what "as expected" means.
 *
 * `expected` compares as a subset at every depth, arrays whole, `privilegesUsed` as a set. Knows no engine.
 */

import { existsSync, readFileSync } from "node:fs";

export interface VectorRow {
  readonly id: string;
  readonly request?: Readonly<Record<string, unknown>>;
  /** A raw line in place of a request. */
  readonly input?: string;
  /** Members too long to write out: texts, each with its count. */
  readonly parts?: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  /** Members the answer must have. Without `error` it must have none. */
  readonly expected: Readonly<Record<string, unknown>>;
  /** Most milliseconds one answer may take. */
  readonly budgetMs?: number;
  readonly source?: string;
  readonly date?: string;
}

/** The rows of a file, or undefined where there is no such file. */
export function vectorRows(file: URL): readonly VectorRow[] | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.trim() !== "").map((line) => JSON.parse(line) as VectorRow);
}

/** The line that goes in. */
export function lineOf({ request, input, parts = {} }: VectorRow): string {
  if (input !== undefined) return input;
  const written = Object.entries(parts).map(([member, texts]) => [
    member,
    texts.map(([text, count]) => text.repeat(count)).join(""),
  ]);
  return JSON.stringify({ ...request, ...Object.fromEntries(written) });
}

/** Where `answered` is not as `expected`: one line for each difference. */
export function differences(expected: unknown, answered: unknown, at = "answer"): readonly string[] {
  if (at.endsWith(".privilegesUsed") && Array.isArray(expected) && Array.isArray(answered)) {
    return differences([...expected].sort(), [...answered].sort(), `${at} (as a set)`);
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(answered)) return [`${at}: expected a list, found ${shown(answered)}`];
    if (expected.length !== answered.length) return [`${at}: expected ${shown(expected)}, found ${shown(answered)}`];
    return expected.flatMap((entry, index) => differences(entry, answered[index], `${at}[${index}]`));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof answered !== "object" || answered === null || Array.isArray(answered)) {
      return [`${at}: expected an object, found ${shown(answered)}`];
    }
    const found = answered as Readonly<Record<string, unknown>>;
    return Object.entries(expected).flatMap(([name, value]) => differences(value, found[name], `${at}.${name}`));
  }
  return Object.is(expected, answered) ? [] : [`${at}: expected ${shown(expected)}, found ${shown(answered)}`];
}

/** The differences of a whole answer: an `error` that nobody expects is one. */
export function answerDifferences(expected: VectorRow["expected"], answered: unknown): readonly string[] {
  const found = differences(expected, answered);
  const error = (answered as { error?: unknown }).error;
  return expected.error === undefined && error !== undefined ? [...found, `an error: ${shown(error)}`] : found;
}

/** A value in a message, cut short. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
