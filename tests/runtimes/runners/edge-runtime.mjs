/**
 * edge-runtime, from npm: a bundle under the `edge-light` condition. The kernel is compiled by the host, so its module is
 * of another realm there, as on the platforms that this runtime stands for.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundleForEdge } from "../bundle.mjs";
import { fromLockfile } from "../process.mjs";

const require = createRequire(import.meta.url);

export const edgeRuntime = {
  name: "edge-runtime",
  install: fromLockfile,
  version: async () => {
    try {
      return require("edge-runtime/package.json").version;
    } catch {
      return null;
    }
  },
  run: async ({ folder }) => {
    const { EdgeRuntime } = require("edge-runtime");
    const kernelModule = new WebAssembly.Module(readFileSync(join(folder, "node_modules/sallyport/build/kernel.wasm")));
    const runtime = new EdgeRuntime({
      extend: (context) => Object.assign(context, { kernelModule }),
      initialCode: await bundleForEdge(join(folder, "edge.mjs"), "kernelModule"),
    });
    const foreign = runtime.evaluate("kernelModule instanceof WebAssembly.Module");
    if (foreign !== false) throw new Error("the module was expected to be of another realm");
    return (await runtime.dispatchFetch("http://localhost/")).json();
  },
};
