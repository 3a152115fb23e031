/**
 * Bundles what kills mutants into scripts that run as often as there are mutants, around a kernel given from outside.
 *
 * The kernel's bytes are left out: whoever runs a bundle puts a compiled module in place. Does not know tests.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { inProject } from "../project.mjs";

/** Tests call these; test-face.mjs collects what they declare. */
const face = inProject("tools/mutation/test-face.mjs");
const require = createRequire(inProject("package.json"));

const around = {
  name: "around-a-kernel",
  setup(builder) {
    builder.onResolve({ filter: /kernel(\.debug)?\.wasm$/ }, () => ({ path: "kernel", namespace: "no-kernel" }));
    builder.onLoad({ filter: /.*/, namespace: "no-kernel" }, () => ({
      contents: "export default () => new Uint8Array(0);",
    }));
    builder.onResolve({ filter: /^vitest$/ }, () => ({ path: face }));
    builder.onResolve({ filter: /^@vitest\/expect$/ }, () => ({
      path: createRequire(require.resolve("vitest/package.json")).resolve("@vitest/expect"),
      external: true,
    }));
    // A mutant is dead when a law fails once: nobody looks at the smallest case.
    builder.onLoad({ filter: /\/fast-check\/lib\/fast-check\.js$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const quick = text.replace("p.endOnFailure === true", "true");
      if (quick === text) throw new Error("fast-check shrinks in another way now");
      return { contents: quick, loader: "js" };
    });
    builder.onLoad({ filter: /\/tests\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href)),
      loader: "ts",
    }));
  },
};

/** The bundle of one entry: `{ code, inputs }`. `format` is esm or cjs. */
export async function bundle(entry, format) {
  const { outputFiles, metafile } = await build({
    entryPoints: [inProject(entry)],
    bundle: true,
    write: false,
    metafile: true,
    format,
    platform: "node",
    // The module builds of packages: others load their parts at run time.
    mainFields: ["module", "main"],
    target: "node20",
    logLevel: "error",
    plugins: [around],
  });
  return { code: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}
