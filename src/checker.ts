/**
 * The checker: verdicts and nothing else, for those who need no explanation, on a kernel without what explains, filters
 * and scans.
 *
 * Does not know names of rights, and decides nothing.
 */
import { parseNumericMask } from "./numeric-mask.js";
import { type EngineOptions, VerdictEngine } from "./verdict-engine.js";
import { compileCheckKernel } from "./wasm/kernel-bytes.js";

/** The verdicts of an `Engine`, in a quarter less code; `desired` is a number. */
export class Checker extends VerdictEngine {
  /** With the kernel that ships with the package. Synchronous on every runtime that compiles WebAssembly. */
  constructor(options: EngineOptions = {}, module: WebAssembly.Module = compileCheckKernel()) {
    super(options, module, parseNumericMask);
  }

  /** Around a kernel compiled elsewhere: `sallyport/kernel.wasm`, imported as a module. A bundle has the inlined one too. */
  static from(module: WebAssembly.Module, options: EngineOptions = {}): Checker {
    return new Checker(options, module);
  }
}
