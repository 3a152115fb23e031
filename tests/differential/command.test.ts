/** The long comparison on demand: the command that CONTRIBUTING.md names runs, counts and refuses. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const differential = (...more: string[]) =>
  spawnSync(process.execPath, ["tools/differential.mjs", ...more], { cwd: root, encoding: "utf8" });

describe("npm run differential", () => {
  it("compares as many requests as asked for, over its jobs, and says the seeds", () => {
    const { status, stdout } = differential("--count", "301", "--seed", "7", "--jobs", "2");
    expect(stdout).toMatch(/^301 requests, seeds 7…8, [\d.]+ minutes: 0 differences\n$/);
    expect(status).toBe(0);
  });

  it("refuses numbers that are none", () => {
    expect(differential("--count", "many")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "--count must be a whole number\n",
    });
  });
});
