/** Bun, from npm: the suite, and its example. */
import { programClaims } from "../claims/program.mjs";
import { fromLockfile, installed, output, versionOf } from "../process.mjs";

const file = installed("bun");

export const bun = {
  name: "bun",
  install: fromLockfile,
  version: () => versionOf(file),
  run: async ({ folder }) => [
    ...JSON.parse(await output(file, ["--no-install", "process.mjs"], { cwd: folder })),
    ...(await programClaims("examples/bun", file, ["--no-install", "examples/bun/main.ts"], folder)),
  ],
};
