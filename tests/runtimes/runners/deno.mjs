/** Deno, from npm: the suite with no permission but to read, and its example. */
import { join } from "node:path";
import { programClaims } from "../claims/program.mjs";
import { fromLockfile, installed, output, versionOf } from "../process.mjs";

const file = installed("deno");
const flags = ["run", "--no-remote", "--cached-only", "--no-lock", "--node-modules-dir=manual", "--no-prompt"];

export const deno = {
  name: "deno",
  install: fromLockfile,
  version: () => versionOf(file),
  run: async ({ folder }) => {
    const env = { ...process.env, DENO_DIR: join(folder, ".deno"), DENO_NO_UPDATE_CHECK: "1", NO_COLOR: "1" };
    const options = { cwd: folder, env };
    return [
      ...JSON.parse(await output(file, [...flags, "--allow-read=.", "process.mjs"], options)),
      ...(await programClaims("examples/deno", file, [...flags, "examples/deno/main.ts"], folder, env)),
    ];
  },
};
