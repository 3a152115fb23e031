/**
 * Makes the native fuzzer in build/fuzz/: the kernel's C form by wasm2c, the cast by tests/fuzz/scene.ts, and the
 * harness of tests/fuzz/harness around both, with libFuzzer and ASan.
 *
 * Only the kernel counts for coverage. What is unchanged is not built again. Does not run it.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { digestOf, filesBelow, inProject, runNode } from "./project.mjs";

const folder = inProject("build", "fuzz");
export const binary = inProject("build", "fuzz", "fuzzer");
const digestFile = inProject("build", "fuzz", "digest.txt");

/** Tools this needs that are not there. */
export function missingTools() {
  return ["clang", "wasm2c"].filter((tool) => spawnSync(tool, ["--version"], { stdio: "ignore" }).status !== 0);
}

/** Runs a native tool in build/fuzz. Throws with its output when it fails. */
function run(tool, ...args) {
  const { status, error, stderr, stdout } = spawnSync(tool, args, { cwd: folder, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${tool} failed:\n${stdout}${stderr}`);
}

/** The module tests/fuzz/seeds.ts, compiled. */
export async function loadSeeds() {
  mkdirSync(folder, { recursive: true });
  const outfile = inProject("build", "fuzz", "seeds.mjs");
  await esbuild.build({
    absWorkingDir: inProject(),
    entryPoints: ["tests/fuzz/seeds.ts"],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}

/** Builds what has changed; answers with the seeds. */
export async function buildFuzzer() {
  const { code, output } = await runNode(["tools/build.mjs", "--kernel"], { capture: true });
  if (code !== 0) throw new Error(`the kernel does not build:\n${output}`);
  const seeds = await loadSeeds();
  const { header, source } = seeds.sceneSources();
  const made = { "abi.h": seeds.abiHeader(), "scene.h": header, "scene.c": source };
  const harness = filesBelow("tests/fuzz/harness");
  const digest = digestOf(["build/kernel.wasm", "tools/fuzz-build.mjs", ...harness], ...Object.values(made));
  if (existsSync(binary) && existsSync(digestFile) && readFileSync(digestFile, "utf8") === digest) return seeds;

  rmSync(digestFile, { force: true });
  for (const [name, text] of Object.entries(made)) writeFileSync(`${folder}/${name}`, text);
  run("wasm2c", inProject("build", "kernel.wasm"), "-n", "kernel", "-o", "compiled-kernel.c");
  const settings = [
    ..."-O2 -g -std=gnu11 -fsanitize=address -fno-omit-frame-pointer -c -I.".split(" "),
    // runtime.c places memory so that an access beyond it faults; recursion is counted.
    ..."-DWASM_RT_MEMCHECK_SIGNAL_HANDLER=1 -DWASM_RT_SKIP_SIGNAL_RECOVERY=1".split(" "),
    ..."-DWASM_RT_USE_STACK_DEPTH_COUNT=1 -DWASM_RT_MAX_CALL_STACK_DEPTH=200".split(" "),
    `-I${inProject("tests", "fuzz", "harness")}`,
  ];
  const sources = harness.filter((path) => path.endsWith(".c"));
  run("clang", ...settings, "-w", "-fsanitize=fuzzer-no-link", "compiled-kernel.c");
  run("clang", ...settings, "-Wall", "-Wextra", "-Werror", "scene.c", ...sources.map((path) => inProject(path)));
  const objects = ["compiled-kernel.c", "scene.c", ...sources].map((path) => `${basename(path, ".c")}.o`);
  run("clang", "-fsanitize=address,fuzzer", ...objects, "-o", binary);
  writeFileSync(digestFile, digest);
  return seeds;
}
