/**
 * The whole typed boundary: every export of assembly/index.ts. Numbers only. A checker's kernel has no gather, scan,
 * filter, filteredImage and condition; `Engine` refuses it.
 *
 * Addresses, handles and masks come back signed; `session.ts` makes them unsigned. Knows no access rule.
 */
import { ABI_VERSION } from "../../assembly/shared/abi.js";
import { EngineError } from "../errors.js";

export interface Kernel {
  readonly memory: WebAssembly.Memory;
  /** Gives the kernel its arena: from `base` (0: behind its static data) to `end`. */
  open(base: number, end: number, seed: number): void;
  /** Drops every record. */
  reset(seed: number): void;
  abiVersion(): number;
  /** Counts resets. */
  generation(): number;
  requestPointer(): number;
  resultPointer(): number;
  tracePointer(): number;
  /** Where to put `length` bytes; 0: no room. */
  stage(kind: number, length: number, token: number): number;
  /** The handle of staged bytes; 0: refused, see the result. */
  load(kind: number, at: number, length: number): number;
  /** Decides the request; NTSTATUS. */
  check(): number;
  /** As `check`, with nothing but the mapping in the request. The granted mask; 0: look at the result. */
  checkPlain(descriptor: number, token: number, desired: number): number;
  /** Replaces `count` descriptor handles at `at` by granted masks. */
  checkMany(at: number, count: number): number;
  /** Masks of `count` descriptors between `count + 1` offsets; how many were decided. */
  scan(at: number, offsets: number, count: number, into: number): number;
  /** Replaces numbers by the words they number. */
  gather(at: number, words: number, count: number): void;
  filter(token: number, at: number, length: number): number;
  filteredImage(): number;
  /** Truth of a loaded condition. */
  condition(program: number, token: number, descriptor: number, purpose: number): number;
}

/** A fresh kernel. @throws EngineError for a module that is not this version's kernel */
export function instantiateKernel(module: WebAssembly.Module): Kernel {
  let kernel: Kernel;
  try {
    kernel = new WebAssembly.Instance(module, {}).exports as unknown as Kernel;
  } catch (cause) {
    throw Object.assign(new EngineError("the kernel could not be instantiated"), { cause });
  }
  if (typeof kernel.abiVersion !== "function" || kernel.abiVersion() !== ABI_VERSION) {
    throw new EngineError("the module is not the kernel of this version");
  }
  return kernel;
}
