/**
 * Builds everything that ships, into build/: kernel (release, for checks alone, and debug), library (ESM and CommonJS),
 * command line, declarations, and the licences of what the command line bundles.
 *
 *   node tools/build.mjs             all of it
 *   node tools/build.mjs --kernel    the kernels alone (what the tests of src need)
 *   node tools/build.mjs --debug     the debug kernel alone (what `npm run dev` rebuilds)
 *   node tools/build.mjs --force     also what seems unchanged
 *
 * A part is skipped when the digest of its inputs equals the one recorded beside its output. A missing entry is an
 * error: nothing is left out silently.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { bundleCommandLine, bundleLibrary, licencesOf } from "./build-bundles.mjs";
import { emitDeclarations } from "./build-types.mjs";
import { digestOf, filesBelow, inProject, root, runNode, toolScript } from "./project.mjs";

/** The kernels' entries, by their targets of asconfig.json. */
const kernels = { release: "assembly/index.ts", debug: "assembly/index.ts", checkOnly: "assembly/check-only.ts" };
const entries = [
  "src/index.ts",
  "src/interchange/index.ts",
  "src/hono/index.ts",
  "src/parallel/index.ts",
  "src/parallel/worker.ts",
  "src/cli/main.ts",
];
const digestFile = inProject("build", "digests.json");

/** Compiles one target of asconfig.json. Throws when asc refuses. */
async function compileKernel(target) {
  const { code, output } = await runNode(
    [
      toolScript("assemblyscript", "asc"),
      kernels[target],
      "--config",
      "asconfig.json",
      "--target",
      target,
      "--noColors",
    ],
    { capture: true },
  );
  if (output.trim() !== "") console.log(output.trimEnd());
  if (code !== 0) throw new Error(`asc refused the ${target} kernel`);
}

/** Digests of the last build, by part; empty when there is none. */
function readDigests() {
  try {
    return JSON.parse(readFileSync(digestFile, "utf8"));
  } catch {
    return {};
  }
}

/** Runs `build` unless `outputs` exist and were made from the same inputs. A part that fails is built again next time. */
async function part(name, force, digest, outputs, build) {
  const digests = readDigests();
  const fresh = !force && digests[name] === digest && outputs.every((path) => existsSync(inProject(path)));
  if (fresh) {
    console.log(`  ${name}: unchanged`);
    return;
  }
  const started = performance.now();
  delete digests[name];
  writeFileSync(digestFile, JSON.stringify(digests, null, 2));
  await build();
  for (const path of outputs) {
    if (!existsSync(inProject(path))) throw new Error(`building ${name} did not make ${path}`);
  }
  writeFileSync(digestFile, JSON.stringify({ ...readDigests(), [name]: digest }, null, 2));
  console.log(`  ${name}: built in ${Math.round(performance.now() - started)} ms`);
}

/** Every part in order; each later one reads the output of the earlier. */
async function build(arguments_) {
  const unknown = arguments_.filter((argument) => !["--kernel", "--debug", "--force"].includes(argument));
  if (unknown.length > 0) throw new Error(`unknown argument ${unknown.join(" ")}`);
  const force = arguments_.includes("--force");
  const debugOnly = arguments_.includes("--debug");
  const kernelOnly = debugOnly || arguments_.includes("--kernel");
  const wanted = [...Object.values(kernels), ...(kernelOnly ? [] : entries)];
  const missing = wanted.filter((path) => !existsSync(inProject(path)));
  if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);

  mkdirSync(inProject("build"), { recursive: true });
  const kernel = digestOf(
    ["asconfig.json", "package-lock.json", ...filesBelow("assembly", (path) => path.endsWith(".ts"))],
    process.version,
  );
  if (!debugOnly) {
    await part("kernel", force, kernel, ["build/kernel.wasm"], () => compileKernel("release"));
    await part("kernel for checks", force, kernel, ["build/check-kernel.wasm"], () => compileKernel("checkOnly"));
  }
  await part("debug kernel", force, kernel, ["build/kernel.debug.wasm", "build/kernel.debug.wasm.map"], () =>
    compileKernel("debug"),
  );
  if (kernelOnly) return;

  const sources = digestOf(
    [
      "package.json",
      "package-lock.json",
      "build/kernel.wasm",
      "build/check-kernel.wasm",
      ...filesBelow("tools", (path) => path.startsWith("tools/build")),
      ...filesBelow("src"),
      ...filesBelow("assembly/shared"),
    ],
    process.version,
  );
  const modules = ["index", "interchange", "hono", "parallel", "inlined-kernel"].flatMap((name) => [
    `build/${name}.js`,
    `build/${name}.cjs`,
  ]);
  modules.push("build/parallel-worker.js");
  for (const condition of ["workerd", "edge-light"]) {
    for (const name of ["index", "parallel", "kernel"]) modules.push(`build/${condition}/${name}.js`);
  }
  const licences = "build/third-party-licenses.txt";
  await part("library and command line", force, sources, [...modules, "build/cli.js", licences], async () => {
    const inputs = [...(await bundleLibrary()), ...(await bundleCommandLine())];
    writeFileSync(inProject(licences), licencesOf(inputs));
    chmodSync(inProject("build/cli.js"), 0o755);
  });
  const types = digestOf(["tsconfig.json", "tsconfig.build.json"], sources);
  const declarations = ["index", "interchange/index", "hono/index", "parallel/index"].flatMap((name) => [
    `build/types/src/${name}.d.ts`,
    `build/types/src/${name}.d.cts`,
  ]);
  await part("declarations", force, types, declarations, async () => {
    rmSync(inProject("build", "types"), { recursive: true, force: true });
    await emitDeclarations();
  });
}

try {
  console.log(`building ${root === process.cwd() ? "" : `${root} `}into build/`);
  await build(process.argv.slice(2));
} catch (error) {
  console.error(`build failed: ${error.message}`);
  process.exitCode = 1;
}
