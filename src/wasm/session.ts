/**
 * One kernel and its memory: bytes in, handles and numbers out. The only code that holds views of memory.
 *
 * Only `stage`, `load` and traced checks can grow memory; views are refreshed there and nowhere else. After a trap the
 * session is dead and every later call throws. Does not know SDDL, explanations or any access rule.
 */
import {
  EVENT_SIZE,
  REQUEST_MAP_ALL,
  REQUEST_MAP_EXECUTE,
  REQUEST_MAP_READ,
  REQUEST_MAP_WRITE,
  RESULT_ERROR_OFFSET,
  RESULT_STATUS,
  STAGE_WORDS,
} from "../../assembly/shared/abi.js";
import { STATUS_NO_MEMORY, STATUS_SUCCESS } from "../../assembly/shared/ntstatus.js";
import { EngineError } from "../errors.js";
import type { GenericMapping } from "../generic-mapping.js";
import { instantiateKernel, type Kernel } from "./kernel.js";

/** 64 KiB each: what assembly's `maximumMemory` declares. */
const PAGE = 65536;

/** Handles of one `checkMany`. */
export const MANY = 1024;

/** The arena is full: reset, load again, try once more. */
export const FULL = 0;

export class Session {
  readonly kernel: Kernel;
  /** Index of the request and result in `words`. */
  readonly request: number;
  readonly result: number;
  /** Moves with every reset; what was loaded before is gone. */
  generation: number;
  words: Uint32Array;
  bytes: Uint8Array;
  /** A request is being put together; the engine is not to be called again before it is done. */
  busy = false;
  #dead: unknown = null;
  /** The mapping that stands in the request. */
  #mapping: GenericMapping | null = null;
  readonly #seed: () => number;

  /** @param limit most bytes of memory, up to 1 GiB */
  constructor(module: WebAssembly.Module, limit: number, seed: () => number) {
    this.kernel = instantiateKernel(module);
    this.#seed = seed;
    this.kernel.open(0, Math.floor(limit / PAGE) * PAGE, seed());
    this.generation = this.kernel.generation();
    this.request = this.kernel.requestPointer() >>> 2;
    this.result = this.kernel.resultPointer() >>> 2;
    this.words = new Uint32Array(this.kernel.memory.buffer);
    this.bytes = new Uint8Array(this.kernel.memory.buffer);
  }

  /** Drops everything that was loaded. */
  reset(): void {
    this.call(() => this.kernel.reset(this.#seed()));
    this.generation = this.kernel.generation();
    this.refresh();
  }

  /** Runs `body` on the kernel; a trap kills the session. */
  call<T>(body: () => T): T {
    this.assertAlive();
    try {
      return body();
    } catch (trap) {
      throw this.die(trap);
    }
  }

  assertAlive(): void {
    if (this.#dead !== null) {
      throw Object.assign(new EngineError("this engine failed before and answers no more"), { cause: this.#dead });
    }
  }

  /** @throws EngineError while a request is being put together */
  assertIdle(): void {
    if (this.busy) throw new EngineError("the engine was called by a value that it was reading");
  }

  /**
   * Decides a plain request: no option, no trace, nothing that could grow memory. The granted mask, or 0 when the answer
   * stands at `result`.
   */
  checkPlain(descriptor: number, token: number, desired: number): number {
    if (this.#dead !== null) this.assertAlive();
    try {
      return this.kernel.checkPlain(descriptor, token, desired) >>> 0;
    } catch (trap) {
      throw this.die(trap);
    }
  }

  /** Puts what generic rights mean into the request; most checks have the mapping of the one before. */
  useMapping(mapping: GenericMapping): void {
    if (mapping === this.#mapping) return;
    const { words, request: at } = this;
    words[at + (REQUEST_MAP_READ >>> 2)] = mapping.read;
    words[at + (REQUEST_MAP_WRITE >>> 2)] = mapping.write;
    words[at + (REQUEST_MAP_EXECUTE >>> 2)] = mapping.execute;
    words[at + (REQUEST_MAP_ALL >>> 2)] = mapping.all;
    this.#mapping = mapping;
  }

  /** Marks the session dead. */
  die(trap: unknown): EngineError {
    this.#dead = trap;
    return Object.assign(new EngineError("the kernel trapped"), { cause: trap });
  }

  /** A view of grown memory has length 0 and silently swallows writes. */
  refresh(): void {
    if (this.words.length !== 0 && this.words.buffer === this.kernel.memory.buffer) return;
    this.words = new Uint32Array(this.kernel.memory.buffer);
    this.bytes = new Uint8Array(this.kernel.memory.buffer);
  }

  /**
   * The handle of `bytes`; FULL when the arena has no room for them.
   *
   * @throws EngineError when the kernel refuses bytes that this library wrote or has read before
   */
  load(kind: number, bytes: Uint8Array): number {
    const handle = this.tryLoad(kind, bytes);
    if (handle !== FULL || this.status() === STATUS_NO_MEMORY) return handle;
    throw new EngineError(
      `the kernel refused what it was given (0x${this.status().toString(16)} at byte ${this.faultOffset()})`,
    );
  }

  /** As `load`, but a refusal answers 0 with the status at `status()`. */
  tryLoad(kind: number, bytes: Uint8Array): number {
    const at = this.stage(kind, bytes, 0);
    if (at === 0) return FULL;
    const handle = this.call(() => this.kernel.load(kind, at, bytes.length)) >>> 0;
    this.refresh();
    return handle;
  }

  /** Copies `bytes` to where the kernel reads them next; 0: no room. */
  stage(kind: number, bytes: Uint8Array, token: number): number {
    const at = this.stageRoom(kind, bytes.length, token);
    if (at !== 0) this.bytes.set(bytes, at);
    return at;
  }

  /** Where the caller may put `length` bytes; 0: no room. */
  stageRoom(kind: number, length: number, token = 0): number {
    const at = this.call(() => this.kernel.stage(kind, length, token)) >>> 0;
    this.refresh();
    return at;
  }

  /** NTSTATUS of the last answer, unsigned. */
  status(): number {
    return this.words[this.result + (RESULT_STATUS >>> 2)];
  }

  /** Where the bytes of the last refused load are wrong. */
  faultOffset(): number {
    return this.words[this.result + (RESULT_ERROR_OFFSET >>> 2)];
  }

  /** Runs the request for at most MANY descriptor handles; a view of their granted masks, good until the next call. */
  checkMany(handles: Uint32Array): Uint32Array {
    const at = this.call(() => this.kernel.stage(STAGE_WORDS, handles.length * 4, 0)) >>> 0;
    if (at === 0) throw this.die(new Error("too many handles at once"));
    this.words.set(handles, at >>> 2);
    const status = this.call(() => this.kernel.checkMany(at, handles.length)) >>> 0;
    if (status !== STATUS_SUCCESS) throw this.die(new Error(`checkMany answered 0x${status.toString(16)}`));
    return this.words.subarray(at >>> 2, (at >>> 2) + handles.length);
  }

  /** The events of the last traced check, copied. */
  trace(count: number): DataView {
    this.refresh();
    const at = this.kernel.tracePointer() >>> 0;
    return new DataView(this.bytes.slice(at, at + count * EVENT_SIZE).buffer);
  }
}
