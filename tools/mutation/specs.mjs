/**
 * The kernel's own specs (tests/assembly) as killers: compiled once against the copy with all mutants, run by as-pect's
 * core inside this process.
 *
 * Does not know mutants, but for the export that switches one on.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { digestOf, filesBelow, inProject, runNode, toolScript } from "../project.mjs";
import { withoutNull } from "./switched.mjs";

const folder = "build/mutation";
/** Loops of one whole spec. */
const FUEL = 2_000_000_000;
const cli = createRequire(inProject("node_modules/@as-pect/cli/package.json"));
const { TestContext } = await import(cli.resolve("@as-pect/core"));
const { instantiateSync } = await import(cli.resolve("@assemblyscript/loader"));
const silent = { stdout: null, stderr: null, onEnter() {}, onExit() {}, onFinish() {} };

/** Compiles every spec beside the mutated copy: `{ name, path }` each, and `refused` for those that do not compile. */
export async function buildSpecs() {
  const inputs = filesBelow(folder, (path) => path.startsWith(`${folder}/assembly/`));
  const digest = digestOf([...inputs, ...filesBelow("tests/assembly")]);
  const digestFile = inProject(folder, "specs.digest");
  // Compiling them takes longer than anything else.
  if (!existsSync(digestFile) || readFileSync(digestFile, "utf8") !== digest) {
    rmSync(inProject(folder, "tests"), { recursive: true, force: true });
  }
  for (const path of filesBelow("tests/assembly", (path) => path.endsWith(".ts"))) {
    const target = inProject(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      withoutNull(
        readFileSync(inProject(path), "utf8"),
        'import { SaclRecord as __Sacl } from "../../assembly/memory/records";',
      ),
    );
  }
  const specs = filesBelow("tests/assembly", (path) => path.endsWith(".spec.ts"));
  const built = [];
  const refused = [];
  for (const name of specs) {
    const path = inProject(folder, name.replace(/\.ts$/, ".wasm"));
    if (existsSync(path)) {
      built.push({ name, path });
      continue;
    }
    const { code, output } = await runNode(
      [
        toolScript("assemblyscript", "asc"),
        `${folder}/${name}`,
        `${folder}/assembly/mutant.ts`,
        ...["--config", "as-pect.asconfig.json", "--target", "noCoverage", "--noColors"],
        ...["--outFile", path, "--textFile", ""],
      ],
      { capture: true },
    );
    if (code === 0) built.push({ name, path });
    else refused.push(`${name} does not compile: ${/ERROR .*/.exec(output)?.[0] ?? output}`);
  }
  writeFileSync(digestFile, digest);
  return { built, refused };
}

export function openSpec(name, path) {
  const binary = readFileSync(path);
  return { name, binary, module: new WebAssembly.Module(binary) };
}

/** Runs a spec with a mutant switched on: whether all of it passes, and the kernel inside. */
export function runSpec({ name, binary, module }, mutant) {
  const context = new TestContext({ reporter: silent, binary, fileName: name, testRegex: /(:?)/, groupRegex: /(:?)/ });
  const memory = new WebAssembly.Memory({ initial: 10 });
  try {
    const instance = instantiateSync(module, context.createImports({ env: { memory } }));
    const kernel = instance.exports;
    kernel.setMutant(mutant);
    kernel.refuel(FUEL);
    context.run(instance);
    return { passes: context.pass && context.errors.length === 0, kernel };
  } catch {
    return { passes: false, kernel: null };
  }
}
