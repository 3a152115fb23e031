/**
 * The JavaScript of the package, by esbuild: library as ES modules and CommonJS, command line as one file.
 *
 * The entries share one chunk, so that a `Sid` of one is a `Sid` of the other, and that each is few files: every file more
 * costs an import a third of a millisecond. How the kernel is come by is a module of its own, so that the runtimes which
 * refuse to compile bytes get the same library with another loader. The command line imports that same built library and
 * carries its own dependencies, so the package has none at run time.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import * as esbuild from "esbuild";
import { packedBytes } from "./build-packed-bytes.mjs";
import { inProject, readJson, root } from "./project.mjs";

const settings = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  target: "es2022",
  // ASCII: Node reads it faster, and a bundle of classic scripts has no encoding of its own.
  charset: "ascii",
  logLevel: "warning",
  legalComments: "none",
  metafile: true,
  mainFields: ["module", "main"],
};

const loaderSource = inProject("src", "wasm", "kernel-bytes.ts");
const inlinedKernel = "./inlined-kernel.js";

/** Runtimes that take the kernel as an imported module: their condition of package.json, and the import's name. */
const moduleRuntimes = { workerd: "../kernel.wasm", "edge-light": "../kernel.wasm?module" };

/** Keeps the way the kernel is come by out of the library: imports of it become imports of `inlinedKernel`. */
const kernelApart = {
  name: "kernel-apart",
  setup(build) {
    build.onResolve({ filter: /\/kernel-bytes\.js$/ }, ({ path, importer }) =>
      resolve(dirname(importer), path).replace(/\.js$/, ".ts") === loaderSource
        ? { path: inlinedKernel, external: true }
        : undefined,
    );
  },
};

/** Keeps the engine in build/index.js, beside its kernel: what runs it on threads imports it from there. */
const engineFromIndex = {
  name: "engine-from-index",
  setup(build) {
    build.onResolve({ filter: /^\.\.\/engine\.js$/ }, ({ importer }) =>
      dirname(importer) === inProject("src", "parallel") ? { path: "./index.js", external: true } : undefined,
    );
  },
};

/** Leaves an import of the kernel to the runtime, under `name`. */
const kernelAsModule = (name) => ({
  name: "kernel-as-module",
  setup(build) {
    build.onResolve({ filter: /kernel\.wasm$/ }, () => ({ path: name, external: true }));
  },
});

/**
 * Makes every entry reach all `shared` modules, which puts them into one chunk: esbuild makes a chunk of those that the
 * same entries reach. What nothing uses is dropped from it all the same.
 */
const oneSharedChunk = (shared) => ({
  name: "one-shared-chunk",
  setup(build) {
    const again = Symbol("resolved again");
    build.onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice("entry:".length), namespace: "entry" }));
    build.onLoad({ filter: /.*/, namespace: "entry" }, ({ path }) => ({
      contents: [`export * from "./${path}";`, ...shared.map((module) => `import "./${module}";`)].join("\n"),
      resolveDir: root,
    }));
    // Bare imports of modules without side effects would be dropped before chunks are made.
    build.onResolve({ filter: /^\./ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === again) return undefined;
      return { ...(await build.resolve(path, { ...from, pluginData: again })), sideEffects: true };
    });
  },
});

/** The library's entries as ES modules in build/, sharing one file. Answers with what esbuild says of them. */
async function bundleEntries(entryPoints) {
  const library = {
    ...settings,
    outdir: "build",
    platform: "neutral",
    splitting: true,
    // Constants become literals here, once; a bundler of the built files could no longer tell that they are constants.
    minifySyntax: true,
    chunkNames: "shared/[hash]",
    external: ["hono", "jose"],
    plugins: [kernelApart, engineFromIndex],
  };
  const { metafile } = await esbuild.build({ ...library, entryPoints, write: false });
  const chunks = Object.entries(metafile.outputs).filter(([file]) => file.startsWith("build/shared/"));
  const shared = chunks.flatMap(([, { inputs }]) => Object.keys(inputs));
  return esbuild.build({
    ...library,
    entryPoints: Object.fromEntries(Object.entries(entryPoints).map(([name, path]) => [name, `entry:${path}`])),
    plugins: [...library.plugins, oneSharedChunk(shared)],
  });
}

/**
 * build/index.js, interchange.js, hono.js and parallel.js with build/shared/ between them and build/inlined-kernel.js
 * below, the .cjs twins of all, build/parallel-worker.js (a worker is an ES module everywhere), and build/workerd and
 * build/edge-light: index.js and parallel.js over the same shared files with the kernel imported. Answers with the
 * files that went in.
 */
export async function bundleLibrary() {
  rmSync(inProject("build", "shared"), { recursive: true, force: true });
  const library = await bundleEntries({
    index: "src/index.ts",
    interchange: "src/interchange/index.ts",
    hono: "src/hono/index.ts",
    parallel: "src/parallel/index.ts",
    "parallel-worker": "src/parallel/worker.ts",
  });
  const kernel = await esbuild.build({
    ...settings,
    entryPoints: { "inlined-kernel": "src/wasm/kernel-bytes.ts" },
    outdir: "build",
    platform: "neutral",
    plugins: [packedBytes],
  });
  const outputs = [library, kernel].flatMap(({ metafile }) => Object.keys(metafile.outputs));
  await Promise.all(outputs.filter((file) => file !== "build/parallel-worker.js").map(writeTwin));
  const sources = await Promise.all(Object.entries(moduleRuntimes).map(bundleForModuleRuntime));
  const inputs = [library, kernel].flatMap(({ metafile }) => Object.keys(metafile.inputs));
  return [...inputs, ...sources.flat()];
}

/** The .cjs beside the built `file`. */
async function writeTwin(file) {
  const { code } = await esbuild.transform(readFileSync(inProject(file), "utf8"), {
    format: "cjs",
    define: { "import.meta.url": "moduleAddress" },
    target: "es2022",
    charset: "ascii",
    platform: "node",
    supported: { "import-meta": false },
  });
  const twin = code.replace(/require\("(\.[^"]*)\.js"\)/g, 'require("$1.cjs")');
  const address = twin.includes("moduleAddress")
    ? 'const moduleAddress = require("node:url").pathToFileURL(__filename).href;\n'
    : "";
  writeFileSync(inProject(file.replace(/\.js$/, ".cjs")), twin + address);
}

/** build/`condition`/index.js, parallel.js and the kernel.js they import. Answers with the files of the latter. */
async function bundleForModuleRuntime([condition, kernelName]) {
  const folder = inProject("build", condition);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const entry of ["index.js", "parallel.js"]) {
    const library = readFileSync(inProject("build", entry), "utf8");
    const moved = library.replace(/((?:from|import|new URL\()\s*")\.\/([\w/-]+\.js)/g, (_, before, file) => {
      if (`./${file}` === inlinedKernel) return `${before}./kernel.js`;
      return file === "index.js" ? `${before}./index.js` : `${before}../${file}`;
    });
    if (!moved.includes('"./kernel.js"')) throw new Error(`build/${entry} does not import its kernel`);
    writeFileSync(`${folder}/${entry}`, moved);
  }
  const { metafile } = await esbuild.build({
    ...settings,
    entryPoints: { kernel: "src/wasm/kernel-module.ts" },
    outdir: `build/${condition}`,
    platform: "neutral",
    plugins: [kernelAsModule(kernelName)],
  });
  return Object.keys(metafile.inputs);
}

/** Turns imports of the library's two entries into imports of their built files. */
const builtLibrary = {
  name: "built-library",
  setup(build) {
    const built = new Map([
      [inProject("src", "index.ts"), "./index.js"],
      [inProject("src", "interchange", "index.ts"), "./interchange.js"],
    ]);
    build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => {
      const source = resolve(dirname(importer), path).replace(/\.js$/, ".ts");
      return built.has(source) ? { path: built.get(source), external: true } : undefined;
    });
  },
};

/** build/cli.js: executable, everything but the library inside. Answers with the files that went in. */
export async function bundleCommandLine() {
  const { version } = readJson("package.json");
  const { metafile } = await esbuild.build({
    ...settings,
    entryPoints: { cli: "src/cli/main.ts" },
    outdir: "build",
    platform: "node",
    plugins: [builtLibrary],
    define: { SALLYPORT_VERSION: JSON.stringify(version) },
    banner: {
      js: [
        "#!/usr/bin/env node",
        'import { createRequire as createBundledRequire } from "node:module";',
        "const require = createBundledRequire(import.meta.url);",
      ].join("\n"),
    },
  });
  return Object.keys(metafile.inputs);
}

/** Name, version and licence text of each package that `inputs` come from. Throws for a package without one. */
export function licencesOf(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found !== null) packages.add(input.slice(0, found[0].length - 1));
  }
  const parts = [...packages].sort().map((folder) => {
    const { name, version } = readJson(`${folder}/package.json`);
    const file = readdirSync(inProject(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} is bundled and has no licence file`);
    return `${name} ${version}\n\n${readFileSync(inProject(folder, file), "utf8").trim()}\n`;
  });
  const title = "The built files contain parts of these packages.\n";
  return [title, ...parts].join(`\n${"-".repeat(80)}\n\n`);
}
