/**
 * The compiled kernel where the runtime compiles it: workerd and edge-light refuse bytes and import a WASM file as a
 * module instead. Takes the place of `kernel-bytes.ts` in their builds. Knows nothing but that import.
 */
import imported from "../../build/kernel.wasm";

/** The kernel as the runtime compiled it. Perhaps of another realm: never to be asked `instanceof`. */
export function compileKernel(): WebAssembly.Module {
  return imported as unknown as WebAssembly.Module;
}

/** The same: a second file beside the first would save these runtimes nothing. */
export const compileCheckKernel = compileKernel;
