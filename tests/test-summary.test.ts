/** The test run itself: silence, missing files and unexplained exit codes count as failures, never as success. */
import { spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { summarize, summarizeSpecs, summarizeVitest } from "../tools/test-summary.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const line = (file: string, passed: number, failed = 0, skipped = 0): string =>
  JSON.stringify({ file, passed, failed, skipped });

const report = (passed: number, failed = 0, files: object[] = []): object => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 2,
  numTodoTests: 1,
  success: failed === 0,
  testResults: files,
});

describe("specs", () => {
  it("add up over files", () => {
    const total = summarizeSpecs(["a", "b"], [line("a", 3), "", line("b", 4, 0, 1)], [0, 0]);
    expect(total).toEqual({ passed: 7, failed: 0, skipped: 1, complaints: [] });
  });

  it("fail when one of them never reported, holds no test, or as-pect fails without a reason", () => {
    expect(summarizeSpecs(["a", "b"], [line("a", 3)], [0]).failed).toBe(1);
    expect(summarizeSpecs(["a"], [line("a", 0)], [0]).failed).toBe(1);
    expect(summarizeSpecs(["a"], [line("a", 3)], [1]).failed).toBe(1);
    expect(summarizeSpecs(["a"], [line("a", 3, 2)], [1]).failed).toBe(2);
  });
});

describe("tests", () => {
  it("add up, skipped and planned ones together", () => {
    expect(summarizeVitest(report(5), 0)).toEqual({ passed: 5, failed: 0, skipped: 3, complaints: [] });
  });

  it("fail without a report, with a file that could not be loaded, and on an unexplained exit code", () => {
    expect(summarizeVitest(null, 0).failed).toBe(1);
    const broken = { name: "a.test.ts", status: "failed", assertionResults: [] };
    expect(summarizeVitest(report(5, 0, [broken]), 1)).toMatchObject({ failed: 1, passed: 5 });
    const blamed = { name: "a.test.ts", status: "failed", assertionResults: [{ status: "failed" }] };
    expect(summarizeVitest(report(5, 1, [blamed]), 1).failed).toBe(1);
    expect(summarizeVitest(report(5), 1).failed).toBe(1);
  });
});

describe("both together", () => {
  const some = { passed: 2, failed: 0, skipped: 1, complaints: [] };
  const none = { passed: 0, failed: 0, skipped: 0, complaints: [] };

  it("say it in one line", () => {
    expect(summarize(some, some)).toEqual({ line: "4 passed, 0 failed, 2 skipped", complaints: [], ok: true });
    expect(summarize(some, { ...some, failed: 1 })).toMatchObject({ line: "4 passed, 1 failed, 2 skipped", ok: false });
  });

  it("fail when either kind ran nothing, unless only some were asked for", () => {
    expect(summarize(none, some)).toMatchObject({ ok: false, complaints: ["no spec of the kernel ran"] });
    expect(summarize(some, none)).toMatchObject({ ok: false, complaints: ["no test ran"] });
    expect(summarize(none, some, { partial: true }).ok).toBe(true);
    expect(summarize(none, none, { partial: true }).ok).toBe(false);
  });
});

describe("the command", () => {
  const run = (...args: string[]): { status: number | null; last: string } => {
    const { status, stdout } = spawnSync(process.execPath, ["tools/test.mjs", ...args], {
      cwd: root,
      encoding: "utf8",
    });
    return { status, last: stdout.trimEnd().split("\n").at(-1) ?? "" };
  };

  it("fails at once with zero specs, with zero tests, and with words that match nothing", () => {
    const failure = { status: 1, last: "0 passed, 1 failed, 0 skipped" };
    expect(run("--specs", "tests/no-such-folder")).toEqual(failure);
    expect(run("--tests", "tests/no-such-folder")).toEqual(failure);
    expect(run("no-file-bears-this-name")).toEqual(failure);
  });
});
