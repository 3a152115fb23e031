/**
 * What a bundler ships of the package: pages that import the built files, bundled by esbuild, minified, gzipped.
 *
 *   node tools/bundle-sizes.mjs          prints the table; expects a finished build
 *
 * Measures only. Bars stand in tools/limits.json, and tools/check-package.mjs holds the package to them.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import { inProject, readJson, root } from "./project.mjs";

const question = `{ token: AccessToken.create(token), descriptor: SecurityDescriptor.parse(sddl), desired: 1, mapping: "file" }`;
const page = (name, answer) => `import { AccessToken, ${name}, SecurityDescriptor } from "sallyport";
const engine = new ${name}();
globalThis.ask = (token, sddl) => ${answer};`;

const pages = [
  {
    name: "a page that only checks",
    bar: "checkBundleGzipBytes",
    source: page("Checker", `engine.check(${question}).granted`),
  },
  {
    name: "a page that explains",
    bar: "explainBundleGzipBytes",
    source: page("Engine", `String(engine.explain(${question}))`),
  },
  {
    name: "everything",
    bar: "wholeBundleGzipBytes",
    source: `import * as sallyport from "sallyport"; import * as interchange from "sallyport/interchange"; globalThis.all = { sallyport, interchange };`,
  },
];

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

/** `{ name, minified, gzipped, bar }` in bytes: the kernels, then each page with its kernel inlined. */
export async function bundleSizes() {
  const limits = readJson("tools/limits.json");
  const rows = ["kernel", "check-kernel"].map((name) => {
    const bytes = readFileSync(inProject("build", `${name}.wasm`));
    return {
      name: `${name}.wasm`,
      minified: bytes.length,
      gzipped: gzipped(bytes),
      bar: limits.kernelGzipBytes,
    };
  });
  for (const { name, bar, source } of pages) {
    const { outputFiles } = await esbuild.build({
      // Inside the package, so that "sallyport" is this package through its own `exports`.
      stdin: { contents: source, resolveDir: root },
      absWorkingDir: root,
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      conditions: ["browser"],
      write: false,
      legalComments: "none",
      logLevel: "warning",
    });
    const [{ contents }] = outputFiles;
    rows.push({ name, minified: contents.length, gzipped: gzipped(contents), bar: limits[bar] });
  }
  return rows;
}

/** One row for people. */
export function sizeLine({ name, minified, gzipped: size, bar }) {
  const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
  return `${name}: ${kib(minified)}, gzipped ${kib(size)} of ${kib(bar)}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const row of await bundleSizes()) console.log(sizeLine(row));
}
