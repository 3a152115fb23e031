/**
 * The specialised loop (specialised/loop.ts), compiled by the project's own compiler and fed a workload.
 *
 * Knows the signature of its one export and where the workload lies in its memory.
 */
import { readFileSync } from "node:fs";
import { runNode, toolScript } from "../tools/project.mjs";
import { numbered } from "./numbered.mjs";

/** Questions of one call where a workload has a single draw. */
const REPEATS = 1024;
/** Above what the compiler itself puts into memory. */
const BASE = 65536;

/** Compiles the loop as the kernel is compiled. */
export async function compileSpecialised(folder) {
  const file = `${folder}/specialised.wasm`;
  const options = ["--runtime", "stub", "--use", "abort=", "-O3", "--converge", "--noAssert", "--noColors"];
  const { code, output } = await runNode(
    [toolScript("assemblyscript", "asc"), "bench/specialised/loop.ts", ...options, "--bindings", "raw", "-o", file],
    { capture: true },
  );
  if (code !== 0) throw new Error(`asc refused the specialised loop\n${output}`);
  return new WebAssembly.Module(readFileSync(file));
}

export function specialisedLoop(module) {
  return {
    name: "specialised loop",
    prepare(workload) {
      const { holds, firsts, entries, desired, restricted } = numbered(workload);
      const repeated = workload.draws.length === 1 ? new Array(REPEATS).fill(workload.draws[0]) : workload.draws;
      const draws = Uint32Array.from(repeated);
      const { memory, scan } = new WebAssembly.Instance(module, {}).exports;
      let end = BASE;
      const place = ({ buffer, byteOffset, byteLength }, size = byteLength) => {
        const at = end;
        end = (at + size + 7) & ~7;
        const missing = end - memory.buffer.byteLength;
        if (missing > 0) memory.grow(Math.ceil(missing / 65536));
        new Uint8Array(memory.buffer).set(new Uint8Array(buffer, byteOffset, byteLength), at);
        return at;
      };
      const parts = [holds, firsts, entries, draws].map((part) => place(part));
      const out = place(draws);
      const run = () => scan(...parts, draws.length, out, desired, restricted ? 1 : 0);
      return {
        all: () => {
          run();
          return new Uint32Array(memory.buffer, out, workload.draws.length);
        },
        timed: { run, decisions: draws.length },
      };
    },
  };
}
