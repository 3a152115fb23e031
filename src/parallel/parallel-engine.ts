/**
 * An engine for batches on several threads: the same requests, the same answers, as promises.
 *
 * Requests are judged here, at once; descriptors are cut into pieces, and the answers put together. Does not know how a
 * runtime makes workers, and decides nothing.
 */
/// <reference lib="esnext.disposable" preserve="true" />
import {
  type AccessCheckRequest,
  type AccessOptions,
  checkedScan,
  checkedSet,
  checkedTokens,
  type MatrixRequest,
  reading,
  type ScanRequest,
  type SetAccessChecksRequest,
  takeMatrix,
  takeRequest,
} from "../access-request.js";
import type { AccessToken } from "../access-token.js";
import { masksFor } from "../batch-input.js";
import { DescriptorSet } from "../descriptor-set.js";
import { Engine } from "../engine.js";
import { ArgumentError, EngineError, FormatError } from "../errors.js";
import type { ScanFault } from "../verdict.js";
import { type EngineOptions, VerdictEngine } from "../verdict-engine.js";
import { compileKernel } from "../wasm/kernel-bytes.js";
import { Crew } from "./crew.js";
import { crossingOf, type SettledOptions, settledOptions } from "./crossing.js";
import { type Piece, piecesOfBytes, piecesOfSet } from "./pieces.js";
import { availableThreads } from "./runtime.js";
import { type PortStarter, startWorker } from "./start-worker.js";
import { type Done, errorOf, perform, type Task } from "./task.js";

export interface ParallelOptions extends EngineOptions {
  /**
   * 0…64; default one for each core, at most 16, and none where there is one core. 0: everything runs in process. Each
   * thread has an engine of its own, of `maximumMemory` each.
   */
  readonly threads?: number;
}

const MOST_THREADS = 64;
const MOST_BY_DEFAULT = 16;

/**
 * `checkMany`, `checkMatrix` and `scanBytes` of an `Engine` over the runtime's workers. Where a runtime has none, where
 * they do not start, or where there is one core, the same calls run in process.
 */
export class ParallelEngine {
  readonly #engine: Engine;
  /** Pieces are made for so many. */
  readonly #wanted: number;
  readonly #mustered: Promise<Crew | null>;
  #closed: EngineError | null = null;

  /** @throws ArgumentError ERR_ARGUMENT */
  constructor(
    options: ParallelOptions = {},
    module: WebAssembly.Module = compileKernel(),
    /** @internal Tests start workers of their own. */
    start: PortStarter = (hearing) => startWorker(hearing),
  ) {
    const { threads = defaultThreads(), maximumMemory, seed } = options;
    if (!Number.isInteger(threads) || threads < 0 || threads > MOST_THREADS) {
      throw new ArgumentError("ERR_ARGUMENT", ["threads"], `expected 0 to ${MOST_THREADS}`);
    }
    const own = { maximumMemory, seed };
    this.#engine = new Engine(own, module);
    this.#wanted = threads;
    this.#mustered = threads === 0 ? Promise.resolve(null) : Crew.mustered(threads, start, { module, options: own });
  }

  /** Around a kernel compiled elsewhere: `sallyport/kernel.wasm`, imported as a module. */
  static from(module: WebAssembly.Module, options: ParallelOptions = {}): ParallelEngine {
    return new ParallelEngine(options, module);
  }

  /** How many threads there are, once they have started; 0: everything runs in process. */
  async threads(): Promise<number> {
    return (await this.#mustered)?.size ?? 0;
  }

  /**
   * As `Engine.scanBytes`. What the request holds is read, and its bytes are copied, before this returns; bytes in
   * shared memory are not copied, and not to be changed until there is an answer.
   *
   * @throws as `Engine.scanBytes`; EngineError when a thread ended, or after `close`
   */
  async scanBytes(
    request: ScanRequest,
  ): Promise<{ readonly access: Uint32Array; readonly faults: readonly ScanFault[] }> {
    this.#assertOpen();
    const options = this.#judged(request);
    const { view, fences, access } = checkedScan(request);
    const whole = () => this.#engine.scanBytes({ ...options, bytes: view, offsets: fences, into: access });
    const pieces = piecesOfBytes(view, fences, this.#wanted);
    const crossing = pieces.length < 2 ? null : crossingOf([options.token], options);
    if (crossing === null) return whole();
    const faults: ScanFault[] = [];
    const done = await this.#perform(pieces.map(({ bytes, offsets }) => ({ kind: "scan", crossing, bytes, offsets })));
    done.forEach((piece, i) => {
      const { first } = pieces[i];
      access.set(piece.access, first);
      for (const { index, offset } of piece.faults)
        faults.push({ index: first + index, offset: fences[first] + offset });
    });
    return { access, faults };
  }

  /**
   * As `Engine.checkMany`. What the request holds is read before this returns.
   *
   * @throws as `Engine.checkMany`; EngineError when a thread ended, or after `close`
   */
  async checkMany(request: SetAccessChecksRequest): Promise<Uint32Array> {
    this.#assertOpen();
    const options = this.#judged(request);
    const set = reading(() => checkedSet(request.descriptors));
    const masks = reading(() => masksFor(request.into, set.size));
    return this.#matrix([options.token], options, set, masks);
  }

  /**
   * As `Engine.checkMatrix`. What the request holds is read before this returns.
   *
   * @throws as `Engine.checkMatrix`; EngineError when a thread ended, or after `close`
   */
  async checkMatrix(request: MatrixRequest): Promise<Uint32Array> {
    this.#assertOpen();
    const { tokens, descriptors, into } = takeMatrix(request);
    const asked = takeRequest(request as unknown as AccessCheckRequest);
    const list = reading(() => checkedTokens(tokens));
    const set = reading(() => checkedSet(descriptors));
    const [options] = list.map((token) => {
      const whole = { ...asked, token };
      return settledOptions(whole, VerdictEngine.judge(this.#engine, request, whole).checked);
    });
    const masks = reading(() => masksFor(into, list.length * set.size));
    return options === undefined ? masks : this.#matrix(list, options, set, masks);
  }

  /** Ends all threads. Who still waits gets an EngineError, and so does every later call. */
  async close(): Promise<void> {
    this.#closed ??= new EngineError("this engine was closed");
    (await this.#mustered)?.dismiss(this.#closed);
  }

  /** As `close`: `await using engine = new ParallelEngine()`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #assertOpen(): void {
    if (this.#closed !== null) throw this.#closed;
  }

  #judged(request: AccessOptions): SettledOptions {
    const asked = takeRequest(request as AccessCheckRequest);
    return settledOptions(asked, VerdictEngine.judge(this.#engine, request, asked).checked);
  }

  async #matrix(
    tokens: readonly AccessToken[],
    options: SettledOptions,
    set: DescriptorSet,
    masks: Uint32Array,
  ): Promise<Uint32Array> {
    const whole = () => this.#engine.checkMatrix({ ...withoutToken(options), tokens, descriptors: set, into: masks });
    const pieces = piecesOfSet(set, tokens.length, this.#wanted);
    const crossing = pieces.length < 2 ? null : crossingOf(tokens, options);
    if (crossing === null) return whole();
    try {
      const tasks = pieces.map(({ bytes, offsets }): Task => ({ kind: "matrix", crossing, bytes, offsets }));
      gather(await this.#perform(tasks), pieces, set, masks);
      return masks;
    } catch (error) {
      // Bytes that are no descriptor: a thread knows them by their number in the piece alone.
      if (error instanceof FormatError) return whole();
      throw error;
    }
  }

  /** The answers to `tasks`, in their order. @throws what doing one of them throws */
  async #perform(tasks: readonly Task[]): Promise<readonly Done[]> {
    const crew = await this.#mustered;
    this.#assertOpen();
    if (crew !== null) return Promise.all(tasks.map((task) => crew.run(task)));
    return tasks.map((task) => {
      const answer = perform(this.#engine, task);
      if ("failed" in answer) throw errorOf(answer);
      return answer;
    });
  }
}

/** Puts the masks of distinct descriptors, piece by piece and token by token, where the set has them. */
function gather(done: readonly Done[], pieces: readonly Piece[], set: DescriptorSet, masks: Uint32Array): void {
  const { numbers } = DescriptorSet.partsOf(set);
  const decided = numbers === null ? null : new Uint32Array(set.distinct);
  for (let row = 0; row < masks.length; row += set.size) {
    const whole = decided ?? masks.subarray(row, row + set.size);
    done.forEach(({ access }, i) => {
      const { first, end } = pieces[i];
      const start = (row / set.size) * (end - first);
      whole.set(access.subarray(start, start + end - first), first);
    });
    if (numbers === null) continue;
    for (let i = 0; i < numbers.length; i++) masks[row + i] = whole[numbers[i]];
  }
}

function withoutToken({ token: _, ...options }: SettledOptions): Omit<SettledOptions, "token"> {
  return options;
}

function defaultThreads(): number {
  const cores = Math.min(availableThreads(), MOST_BY_DEFAULT);
  return cores > 1 ? cores : 0;
}
