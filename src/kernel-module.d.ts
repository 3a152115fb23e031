/**
 * What importing a compiled kernel gives: a function of its bytes. esbuild (tools/build-packed-bytes.mjs) and the plugin
 * in vitest.config.ts keep this promise; `wasm/kernel-module.ts` is built for runtimes that give a compiled module.
 */
declare module "*.wasm" {
  const bytes: () => Uint8Array<ArrayBuffer>;
  export default bytes;
}
