/**
 * The native contenders: bench/native compiled where a C compiler is present, fed the same workloads through files.
 *
 * They time themselves, in turn with the others. Knows the file format of native/kernel.c; does not know what is raced.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { numbered, numberedAcls, numberedToken, SidNumbers } from "./numbered.mjs";

const sources = fileURLToPath(new URL("native", import.meta.url));
const options = ["-std=c11", "-O3", "-march=native", "-Wall"];

/** The first compiler that answers, `[command, version line]`; null without one. */
function findCompiler() {
  for (const command of [process.env.CC, "cc", "gcc", "clang"].filter(Boolean)) {
    const { status, stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
    if (status === 0) return [command, stdout.split("\n")[0]];
  }
  return null;
}

/** The native programs; `compiler` is null and every contender is skipped where there is no C compiler. */
export class Native {
  #folder;
  #files = 0;
  #programs = new Map();
  #command;
  /** What compiled them, for the report. */
  compiler = null;

  /** @param folder where programs and workloads are put; the caller's to remove */
  constructor(folder) {
    this.#folder = folder;
    const found = findCompiler();
    if (found !== null) [this.#command, this.compiler] = found;
  }

  /** The path of a compiled program; null where there is no compiler, or one that refuses. */
  #program(name) {
    if (this.compiler === null) return null;
    let path = this.#programs.get(name);
    if (path === undefined) {
      path = join(this.#folder, name);
      const files = [`${name}.c`, "timing.c"].map((file) => join(sources, file));
      const { status } = spawnSync(this.#command, [...options, "-o", path, ...files], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      if (status !== 0) path = null;
      this.#programs.set(name, path);
    }
    return path;
  }

  /** `name` over a workload that is in `chunks`; null where it could not be compiled. */
  open(name, chunks) {
    const program = this.#program(name);
    if (program === null) return null;
    const file = join(this.#folder, `workload-${this.#files++}`);
    for (const chunk of chunks) writeFileSync(file, chunk, { flag: "a" });
    return new NativeRun(program, file);
  }
}

/** One program on one workload. */
class NativeRun {
  #program;
  #file;

  constructor(program, file) {
    this.#program = program;
    this.#file = file;
  }

  #output(...more) {
    return execFileSync(this.#program, [this.#file, ...more], { encoding: "utf8", maxBuffer: 1 << 28 });
  }

  /** The granted mask of each draw. */
  verdicts() {
    return Uint32Array.from(this.#output("verdicts").trimEnd().split("\n"), Number);
  }

  /** Nanoseconds per decision in `mode`, measured for so many milliseconds. */
  nanoseconds(mode, milliseconds) {
    return JSON.parse(this.#output(mode, String(milliseconds))).nanoseconds;
  }

  /** The file may be large. */
  close() {
    rmSync(this.#file, { force: true });
  }
}

const pad = (bytes) => {
  const rest = (8 - (bytes.byteLength % 8)) % 8;
  return rest === 0 ? [bytes] : [bytes, new Uint8Array(rest)];
};

const bytesOf = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);

/** The chunks of native/kernel.c's file. `tables`: one table of `sids` bytes per token. */
function kernelFile({ desired, restricted, sids, tables, firsts, entries, draws }) {
  const header = [desired, Number(restricted), sids, tables.length, firsts.length - 1, entries.length / 8];
  return [
    bytesOf(Uint32Array.from([...header, draws.length, 0])),
    ...pad(Buffer.concat(tables)),
    ...pad(bytesOf(firsts)),
    entries,
    bytesOf(Uint32Array.from(draws)),
  ];
}

/** The file of a workload with one token. */
function fileOfWorkload(workload) {
  const { holds, ...rest } = numbered(workload);
  return kernelFile({ ...rest, sids: holds.length, tables: [holds], draws: workload.draws });
}

/** The file of many tokens, each asked about every descriptor. */
function fileOfMatrix({ tokens, descriptors, desired }) {
  const numbers = new SidNumbers();
  const acls = numberedAcls(descriptors, numbers);
  for (const { user, groups } of tokens) for (const sid of [user, ...groups]) numbers.of(sid);
  const tables = tokens.map((token) => numberedToken(token, numbers, numbers.end));
  const draws = descriptors.map((_, index) => index);
  return kernelFile({ ...acls, desired, restricted: false, sids: numbers.end, tables, draws });
}

export const NATIVE = "native C";

/** Native C as a contender: `program` in `mode` over the file that `chunksOf(workload)` makes. A named skip without a compiler. */
export function nativeContender(native, { name, program, mode, chunksOf }) {
  return {
    name,
    prepare(workload) {
      const run = native.open(program, chunksOf(workload));
      if (run === null) return { skip: "no C compiler that takes it" };
      return {
        all: () => run.verdicts(),
        nanoseconds: (milliseconds) => run.nanoseconds(mode, milliseconds),
        close: () => run.close(),
      };
    },
  };
}

/** The kernel in C on a workload of one token. */
export const nativeLane = (native, mode = "scan", name = NATIVE) =>
  nativeContender(native, { name, program: "kernel", mode, chunksOf: fileOfWorkload });

/** The kernel in C for every token and every descriptor. */
export const nativeMatrix = (native) =>
  nativeContender(native, { name: `${NATIVE}, scan`, program: "kernel", mode: "matrix", chunksOf: fileOfMatrix });
