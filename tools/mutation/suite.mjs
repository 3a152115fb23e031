/**
 * The project's own tests as killers: those files that reach the kernel, run inside this process.
 *
 * Files whose subject is something else (processes, documents, long runs) are left out. Does not know mutants.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { filesBelow, inProject } from "../project.mjs";
import { bundle } from "./bundle.mjs";

const folders = /^tests\/(api|conformance|laws|vectors)\//;
const others = /\/(inherit|canonical-order|interchange-(door|json))[^/]*$/;

/** `{ name, code }` of every test file that reaches the kernel. */
export async function suiteBundles() {
  const files = filesBelow("tests", (path) => path.endsWith(".test.ts") && folders.test(path) && !others.test(path));
  // Laws take longest, and find least that nothing else has found.
  files.sort((a, b) => a.startsWith("tests/laws/") - b.startsWith("tests/laws/"));
  const bundles = [];
  for (const name of files) {
    if (/from "(\.\.\/)+(src|build)\/cli|node:child_process|\bvi\b/.test(readFileSync(inProject(name), "utf8")))
      continue;
    const { code, inputs } = await bundle(name, "cjs");
    if (inputs.includes("src/wasm/session.ts")) bundles.push({ name, code });
  }
  return bundles;
}

/** A file that can be loaded again and again: `load()` declares its tests anew. */
export function loader({ name, code }) {
  const script = new Script(`(function (require, module, exports) {${code}\n})`, { filename: `${name}.cjs` });
  const require = createRequire(inProject("package.json"));
  return {
    name,
    load() {
      const collected = [];
      globalThis.__collected = collected;
      const module = { exports: {} };
      script.runInThisContext()(require, module, module.exports);
      return collected;
    },
  };
}
