/**
 * Configuration of vitest, the runner of every test outside the kernel.
 *
 * `import bytes from "…/kernel.wasm"` yields a function of the kernel's bytes, as in the bundles; with KERNEL=debug the
 * debug kernel's.
 */
import { readFile } from "node:fs/promises";
import { defineConfig } from "vitest/config";

const wasmBytes = {
  name: "wasm-bytes",
  enforce: "pre" as const,
  async load(id: string): Promise<string | undefined> {
    if (!id.endsWith(".wasm")) return undefined;
    const path = process.env.KERNEL === "debug" ? id.replace(/(check-)?kernel\.wasm$/, "kernel.debug.wasm") : id;
    const base64 = (await readFile(path)).toString("base64");
    return `export default () => Uint8Array.from(atob("${base64}"), (character) => character.charCodeAt(0));`;
  },
};

export default defineConfig({
  plugins: [wasmBytes],
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "node",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    passWithNoTests: false,
  },
});
