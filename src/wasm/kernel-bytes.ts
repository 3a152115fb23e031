/**
 * The compiled kernel, inlined at build time. Knows nothing but its bytes.
 */
import bytes from "../../build/kernel.wasm";

/** The kernel as a compiled module; synchronous, well below every runtime's limit. */
export function compileKernel(): WebAssembly.Module {
  return new WebAssembly.Module(bytes as Uint8Array<ArrayBuffer>);
}
