/**
 * What importing the compiled kernel gives: its bytes. esbuild (tools/build-packed-bytes.mjs) and the plugin in
 * vitest.config.ts keep this promise; `wasm/kernel-module.ts` is built for runtimes that give a compiled module instead.
 */
declare module "*.wasm" {
  const bytes: Uint8Array;
  export default bytes;
}
