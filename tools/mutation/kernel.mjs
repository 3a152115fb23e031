/**
 * The mutated kernel: a copy of assembly/ with every mutant behind a switch, compiled once.
 *
 * The copy has four more exports: `setMutant`, `reachedPointer`, `reachedSize` and `refuel`. What the compiler does not
 * take is left out and told. Does not know tests.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { filesBelow, inProject, runNode, toolScript } from "../project.mjs";
import { constantTables, neighbours } from "./constants.mjs";
import { switched } from "./switched.mjs";
import { parse } from "./tree.mjs";

/** Loops that one call of the kernel may make. */
const FUEL = 30_000_000;
const folder = "build/mutation";
const decisionCode = /^assembly\/(check|load)\/[^/]+\.ts$/;

const switches = (count) => `/** The switches of the mutants, what was reached, and the fuel of loops. */
const reached = memory.data(${Math.ceil((count + 1) / 8) * 8}, 8);
let active: u32 = 0;
let fuel: i32 = 0;
@inline export function __at(id: u32): bool { store<u8>(reached + id, 1); return active == id; }
@inline export function __is(id: u32): bool { return active == id; }
@inline export function __burn(): void { if (--fuel < 0) unreachable(); }
export function __none<T>(value: T): T { return changetype<T>(0); }
export function refuel(loops: i32 = ${FUEL}): void { fuel = loops; }
export function setMutant(id: u32): void { active = id; fuel = ${FUEL}; }
export function reachedPointer(): usize { return reached; }
export function reachedSize(): u32 { return ${count + 1}; }
`;

/**
 * Compiles the kernel with all mutants of the files that `wanted(path)` names: `{ wasm, mutants, refused }`, where
 * `wasm` is its path and `refused` are mutants that do not compile.
 */
export async function buildMutatedKernel(wanted) {
  const sources = new Map(
    filesBelow("assembly", (path) => path.endsWith(".ts") && !path.endsWith(".d.ts")).map((path) => {
      const text = readFileSync(inProject(path), "utf8");
      return [path, { text, statements: parse(text, path) }];
    }),
  );
  const refused = [];
  for (let attempt = 0; ; attempt++) {
    const mutants = writeCopy(sources, wanted, refused);
    const { code, output } = await compile();
    if (code === 0) return { wasm: inProject(folder, "kernel.wasm"), mutants, refused };
    const bad = refusedBy(output, mutants);
    if (bad.length === 0 || attempt === 5)
      throw new Error(`the mutated kernel does not compile\n${output.slice(0, 4000)}`);
    refused.push(...bad);
  }
}

function keyOf(mutant) {
  return `${mutant.file}:${mutant.line}`;
}

function writeCopy(sources, wanted, refused) {
  rmSync(inProject(folder, "assembly"), { recursive: true, force: true });
  const tables = constantTables(sources);
  const left = new Set(refused.map((mutant) => `${keyOf(mutant)} ${mutant.change}`));
  const mutants = [];
  for (const [path, source] of sources) {
    const { neighbourOf, constantOf, imports } = neighbours(path, source, tables);
    const result = switched(source.text, path, {
      firstId: mutants.length + 1,
      neighbourOf,
      constantOf,
      wanted: (mutant) => !left.has(`${keyOf(mutant)} ${mutant.change}`),
      mutate: decisionCode.test(path) && wanted(path),
    });
    mutants.push(...result.mutants);
    const depth = path.split("/").length - 2;
    const up = depth === 0 ? "." : "..";
    const records = result.text.includes("__Sacl")
      ? `import { SaclRecord as __Sacl } from "${up}/memory/records"; `
      : "";
    // In front of the first line, so that line numbers stay.
    const head = `import { __at, __is, __burn, __none } from "${up}/mutant"; ${records}${imports()} `;
    write(path, path.includes("/shared/") ? result.text : head + exported(path, result.text));
  }
  write("assembly/mutant.ts", switches(mutants.length));
  return mutants;
}

/** Every export of the kernel starts with a full tank. */
function exported(path, text) {
  if (path !== "assembly/index.ts") return text;
  const refuelled = text.replace(/^(export function .*\{)$/gm, "$1 refuel();");
  return `import { refuel } from "./mutant"; export { setMutant, refuel, reachedPointer, reachedSize } from "./mutant"; ${refuelled}`;
}

function write(path, text) {
  const target = inProject(folder, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function compile() {
  const flags = [
    "--runtime",
    "stub",
    "--use",
    "abort=",
    "--initialMemory",
    "8",
    "--maximumMemory",
    "4096",
    "--enable",
    "simd",
  ];
  return runNode(
    [
      toolScript("assemblyscript", "asc"),
      `${folder}/assembly/index.ts`,
      "--outFile",
      `${folder}/kernel.wasm`,
      ...flags,
      "--bindings",
      "raw",
      "-O1",
      "--noAssert",
      "--noColors",
    ],
    { capture: true },
  );
}

/** The mutants on the lines that the compiler complains of. */
function refusedBy(output, mutants) {
  const lines = new Set();
  for (const [, file, line] of output.matchAll(/in build\/mutation\/(assembly\/[^(]+)\((\d+),/g))
    lines.add(`${file}:${line}`);
  return mutants.filter((mutant) => lines.has(keyOf(mutant)));
}
