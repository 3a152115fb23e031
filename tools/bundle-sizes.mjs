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

/** `{ name, minified, gzipped, bar, goal }` in bytes: the kernel, then each page with the kernel inlined. `goal`: null or below. */
export async function bundleSizes() {
  const limits = readJson("tools/limits.json");
  const kernel = readFileSync(inProject("build", "kernel.wasm"));
  const rows = [
    { name: "the kernel", minified: kernel.length, gzipped: gzipped(kernel), bar: limits.kernelGzipBytes, goal: null },
  ];
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
    const goal = limits[bar.replace(/Bytes$/, "Goal")] ?? null;
    rows.push({ name, minified: contents.length, gzipped: gzipped(contents), bar: limits[bar], goal });
  }
  return rows;
}

/** One row for people; `goal` is named where it is missed. */
export function sizeLine({ name, minified, gzipped: size, bar, goal }) {
  const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
  const missed = goal !== null && size > goal ? `; above its goal of ${kib(goal)} by ${kib(size - goal)}` : "";
  return `${name}: ${kib(minified)}, gzipped ${kib(size)} of ${kib(bar)}${missed}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const row of await bundleSizes()) console.log(sizeLine(row));
}
