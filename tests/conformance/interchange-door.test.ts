/**
 * The shared vectors at the interchange's door: what is wrong gets its code, and a position or an offset, in time;
 * what is right gets through, and tokens print as they are expected to. No verdict is judged here: the engine only
 * says yes. The vectors are an optional folder beside the project.
 */

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { answer } from "../../src/interchange/answer.js";
import type { InterchangeEngine } from "../../src/interchange/engine-face.js";

const folder = new URL("../../../shared/vectors/", import.meta.url);
const present = existsSync(folder);
if (!present)
  console.log("skipped: no ../shared/vectors, so the interchange's door is not held against the shared vectors");

interface Row {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: rows are data of many shapes
  readonly request?: any;
  readonly input?: string;
  readonly parts?: Readonly<Record<string, readonly (readonly [string, number])[]>>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly expected: any;
  readonly budgetMs?: number;
}

function rows(name: string): Row[] {
  if (!present) return [];
  const text = readFileSync(new URL(name, folder), "utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));
}

const yes: InterchangeEngine = {
  check: () => ({ granted: true, access: 0, status: "STATUS_SUCCESS", privilegesUsed: [] }),
  explain: () => ({}) as never,
  tryFilterToken: (token) => ({ status: "STATUS_SUCCESS", token }),
  evaluateCondition: () => "UNKNOWN",
};

function lineOf({ request, input, parts }: Row): string {
  if (input !== undefined) return input;
  const long = Object.entries(parts ?? {}).map(([name, list]) => [
    name,
    list.map(([text, count]) => text.repeat(count)).join(""),
  ]);
  return JSON.stringify({ ...request, ...Object.fromEntries(long) });
}

/** Answers twice, the second time on the clock. */
function ask(row: Row): { answered: ReturnType<typeof JSON.parse>; line: string } {
  const line = lineOf(row);
  const first = answer(line, yes);
  const start = performance.now();
  expect(answer(line, yes)).toBe(first);
  // A busy machine is no fault of ours: a broken bound is off by orders of magnitude.
  if (row.budgetMs !== undefined) expect(performance.now() - start).toBeLessThan(row.budgetMs * 10);
  return { answered: JSON.parse(first), line };
}

describe.skipIf(!present)("hostile rows", () => {
  const all = [...rows("hostile-tokens.jsonl"), ...rows("hostile-formats.jsonl")];
  it.each(all.map((row) => [row.id, row] as const))("%s", (_id, row) => {
    const { answered, line } = ask(row);
    if (row.expected.error !== undefined) {
      expect(answered.error?.code).toBe(row.expected.error.code);
      const { position, offset } = answered.error;
      expect(position === undefined).not.toBe(offset === undefined);
      const longest = Math.max(line.length, ...Object.values(row.request ?? {}).map((value) => String(value).length));
      expect(position ?? offset).toBeGreaterThanOrEqual(0);
      expect(position ?? offset).toBeLessThanOrEqual(longest);
    } else {
      expect(answered.error).toBeUndefined();
      const { hex, sddl } = row.expected;
      if (hex !== undefined) expect(answered.hex).toBe(hex);
      if (sddl !== undefined) expect(answered.sddl).toBe(sddl);
    }
    if (row.request?.id !== undefined) expect(answered.id).toBe(row.request.id);
  });
});

describe.skipIf(!present)("tokens that answers are expected to hold", () => {
  const all = [...rows("filter.jsonl"), ...rows("windows-observations.jsonl")].filter(
    ({ expected }) => expected.token?.user,
  );
  it("are there", () => {
    expect(all.length).toBeGreaterThan(20);
  });

  it.each(all.map((row) => [row.id, row] as const))("%s reads and prints to itself", (_id, { expected, request }) => {
    expect(AccessToken.create(expected.token).toJSON()).toMatchObject(expected.token);
    const { user, owner, defaultDacl, sessionId, authenticationId, elevation } = AccessToken.create(
      request.token,
    ).toJSON();
    const carried = { user, owner, defaultDacl, sessionId, authenticationId, elevation };
    expect(carried).toMatchObject({ ...pick(request.token, Object.keys(carried)), user: carried.user });
  });
});

function pick(source: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, source[name]]));
}

describe.skipIf(!present)("requests about verdicts", () => {
  const all = ["decisions.jsonl", "filter.jsonl", "windows-observations.jsonl", "conditions-windows.jsonl"].flatMap(
    rows,
  );
  it.each(all.map((row) => [row.id, row] as const))("%s gets through, or is refused as expected", (_id, row) => {
    expect(ask(row).answered.error?.code).toBe(row.expected.error?.code);
  });
});
