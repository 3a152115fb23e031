/**
 * The kernel without the library around it: `build/kernel.wasm` driven as src/wasm/session.ts drives it.
 *
 * The one file of the benchmark that relies on the ABI: the request's words, `load`, `checkPlain` for one call each, and
 * `checkMany` over handles in place, which keeps the crossing out of the figure. Offsets and the token image come from
 * the sources. Knows no peer.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import { inProject, root } from "../tools/project.mjs";
import { sallyport } from "./library.mjs";
import { accessToken, Descriptors } from "./ours.mjs";

const MANY = 1024;
const PAGES = 4096;
const PAGE = 65536;

/** What the library keeps to itself, as a module: the token image, and the numbers of the boundary. */
export async function openInternals(folder) {
  const outfile = `${folder}/internals.mjs`;
  await esbuild.build({
    stdin: {
      contents: `export { encodeTokenImage } from "./src/binary/token-image.js"; export * from "./assembly/shared/abi.js";`,
      resolveDir: root,
    },
    absWorkingDir: root,
    bundle: true,
    format: "esm",
    target: "es2022",
    outfile,
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}

/** A fresh kernel with a token and descriptors loaded. Throws where the kernel is not the one this file drives. */
class LoadedKernel {
  #abi;
  #kernel;
  #words;
  #buffer;

  constructor(abi) {
    this.#abi = abi;
    const module = new WebAssembly.Module(readFileSync(inProject("build", "kernel.wasm")));
    this.#kernel = new WebAssembly.Instance(module, {}).exports;
    if (this.#kernel.abiVersion() !== abi.ABI_VERSION) throw new Error("build/kernel.wasm is of another ABI version");
    this.#kernel.open(0, PAGES * PAGE, 1);
  }

  load(kind, bytes) {
    const at = this.#kernel.stage(kind, bytes.length, 0) >>> 0;
    new Uint8Array(this.#kernel.memory.buffer).set(bytes, at);
    const handle = at === 0 ? 0 : this.#kernel.load(kind, at, bytes.length) >>> 0;
    if (handle === 0) throw new Error("the kernel loaded nothing");
    return handle;
  }

  /** After the last load: memory does not move any more. */
  ready() {
    this.#buffer = this.#kernel.memory.buffer;
    this.#words = new Uint32Array(this.#buffer);
  }

  write(token, desired, mapping) {
    const { REQUEST_TOKEN, REQUEST_DESIRED, REQUEST_MAP_READ, REQUEST_SIZE } = this.#abi;
    const at = this.#kernel.requestPointer() >>> 2;
    this.#words.fill(0, at, at + REQUEST_SIZE / 4);
    this.#words[at + REQUEST_TOKEN / 4] = token;
    this.#words[at + REQUEST_DESIRED / 4] = desired;
    this.#words.set([mapping.read, mapping.write, mapping.execute, mapping.all], at + REQUEST_MAP_READ / 4);
  }

  /** `(handle) => granted mask`, one crossing each; 0 from a plain request may mean that the result tells the rest. */
  single(token, desired) {
    const { RESULT_GRANTED, RESULT_ACCESS } = this.#abi;
    const words = this.#words;
    const granted = (this.#kernel.resultPointer() + RESULT_GRANTED) >>> 2;
    const access = (this.#kernel.resultPointer() + RESULT_ACCESS) >>> 2;
    const { checkPlain } = this.#kernel;
    if (checkPlain.length !== 3) throw new Error("checkPlain takes arguments that this driver does not know");
    return (handle) => {
      const found = checkPlain(handle, token, desired) >>> 0;
      if (found !== 0) return found;
      return words[granted] === 1 ? words[access] : 0;
    };
  }

  /** `(handles) => granted masks`, MANY at most, in a view that the next call overwrites. */
  many() {
    const { STAGE_WORDS } = this.#abi;
    const { checkMany, stage } = this.#kernel;
    if (checkMany.length !== 2) throw new Error("checkMany takes arguments that this driver does not know");
    const at = stage(STAGE_WORDS, MANY * 4, 0);
    const places = new Uint32Array(this.#buffer, at, MANY);
    return (handles) => {
      places.set(handles);
      if (checkMany(at, handles.length) !== 0) throw new Error("the kernel refused the handles");
      return places;
    };
  }
}

function load(abi, { token, descriptors, desired }) {
  const kernel = new LoadedKernel(abi);
  const who = kernel.load(abi.LOAD_TOKEN, abi.encodeTokenImage(accessToken(token)));
  const made = new Descriptors();
  const handles = descriptors.map((aces) => kernel.load(abi.LOAD_DESCRIPTOR, made.of(aces).toBytes()));
  kernel.ready();
  kernel.write(who, desired, sallyport.GenericMapping.of("file"));
  return { kernel, who, handles };
}

/** Draws in blocks of MANY; a workload of one draw is asked MANY times. */
function inBlocks(abi, workload) {
  const { kernel, handles } = load(abi, workload);
  const asked = workload.draws.length === 1 ? new Array(MANY).fill(workload.draws[0]) : workload.draws;
  const drawn = Uint32Array.from(asked, (index) => handles[index]);
  const blocks = [];
  for (let at = 0; at < drawn.length; at += MANY) blocks.push(drawn.subarray(at, at + MANY));
  const many = kernel.many();
  const answers = new Uint32Array(drawn.length);
  return {
    timed: {
      decisions: drawn.length,
      run: () => {
        let last = 0;
        for (const block of blocks) last = many(block)[0];
        return last;
      },
    },
    verdicts: () => {
      blocks.forEach((block, number) => {
        answers.set(many(block).subarray(0, block.length), number * MANY);
      });
      return answers.subarray(0, workload.draws.length);
    },
  };
}

/** Turns what the driver does not know into a named skip. */
function prepared(prepare) {
  return (workload) => {
    try {
      return prepare(workload);
    } catch (error) {
      return { skip: error.message };
    }
  };
}

/** The contenders; `internals` from `openInternals`. */
export function kernelAlone(internals) {
  return [
    {
      name: "kernel alone",
      prepare: prepared((workload) => {
        const { verdicts, timed } = inBlocks(internals, workload);
        return { all: verdicts, timed };
      }),
    },
    {
      name: "kernel alone, a call each",
      prepare: prepared((workload) => {
        const { kernel, who, handles } = load(internals, workload);
        const single = kernel.single(who, workload.desired);
        return { one: (index) => single(handles[index]) };
      }),
    },
  ];
}
