/** The case table is what its generator makes of Unicode 5.1. Needs the package @unicode/unicode-5.1.0. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const generator = fileURLToPath(new URL("../../tools/case-table.mjs", import.meta.url));
const table = new URL("../../assembly/shared/case-table.ts", import.meta.url);

function isInstalled(): boolean {
  try {
    import.meta.resolve("@unicode/unicode-5.1.0");
    return true;
  } catch {
    console.warn("skipped: @unicode/unicode-5.1.0 is not installed");
    return false;
  }
}

it.skipIf(!isInstalled())("assembly/shared/case-table.ts is what tools/case-table.mjs prints", () => {
  const printed = execFileSync(process.execPath, [generator, "--print"], { encoding: "utf8" });
  expect(readFileSync(table, "utf8")).toBe(printed);
});
