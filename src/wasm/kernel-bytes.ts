/**
 * The compiled kernels, inlined at build time: the whole one, and the smaller one of those who only check. A bundler
 * drops the one that nobody asks for. Knows nothing but their bytes.
 */
import checkKernelBytes from "../../build/check-kernel.wasm";
import kernelBytes from "../../build/kernel.wasm";

/** The kernel as a compiled module; synchronous, well below every runtime's limit. */
export function compileKernel(): WebAssembly.Module {
  return new WebAssembly.Module(kernelBytes());
}

/** The same without what explains, filters and scans. */
export function compileCheckKernel(): WebAssembly.Module {
  return new WebAssembly.Module(checkKernelBytes());
}
