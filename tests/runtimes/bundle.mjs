/** Bundles an entry of the packed project as the tools of a runtime would, WebAssembly left to the runtime. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";

/** `import m from "….wasm"`: stays an import, of the file that is copied beside the bundle. As wrangler does. */
const asFile = (outdir) => ({
  name: "wasm-as-file",
  setup(build) {
    build.onResolve({ filter: /\.wasm(?:\?module)?$/ }, async ({ path, resolveDir, pluginData }) => {
      if (pluginData === "again") return undefined;
      const found = await build.resolve(path.replace(/\?module$/, ""), {
        resolveDir,
        kind: "import-statement",
        pluginData: "again",
      });
      if (found.errors.length > 0) return found;
      copyFileSync(found.path, join(outdir, "kernel.wasm"));
      return { path: "./kernel.wasm", external: true };
    });
  },
});

/** `import m from "….wasm?module"`: a global of the module's name, put there by the host. As edge functions are built. */
const asGlobal = (name) => ({
  name: "wasm-as-global",
  setup(build) {
    build.onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "wasm-global" }));
    build.onLoad({ filter: /.*/, namespace: "wasm-global" }, () => ({
      contents: `export default globalThis.${name};`,
    }));
  },
});

const settings = { bundle: true, target: "es2022", logLevel: "silent", mainFields: ["module", "main"] };

/** For workerd: an ES module and kernel.wasm beside it, in `outdir`. */
export function bundleForWorkerd(entry, outfile, outdir) {
  return esbuild.build({
    ...settings,
    entryPoints: [entry],
    outfile,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    plugins: [asFile(outdir)],
  });
}

/** For edge-runtime: a script, as text, that finds the kernel at `globalThis[name]`. */
export async function bundleForEdge(entry, name) {
  const { outputFiles } = await esbuild.build({
    ...settings,
    entryPoints: [entry],
    write: false,
    format: "iife",
    conditions: ["edge-light", "worker", "browser"],
    plugins: [asGlobal(name)],
  });
  return outputFiles[0].text;
}

/** For a page: an ES module without imports, minified. */
export function bundleForBrowser(entry, outfile) {
  return esbuild.build({
    ...settings,
    entryPoints: [entry],
    outfile,
    format: "esm",
    minify: true,
    conditions: ["browser"],
  });
}
