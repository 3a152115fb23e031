/**
 * Checks what the compilers cannot: lockfiles, versions, what ships to a page, and the package as others will see it.
 *
 *   node tools/check-package.mjs          expects a finished build
 *
 * Bars stand in tools/limits.json.
 */
import { existsSync } from "node:fs";
import { bundleSizes, sizeLine } from "./bundle-sizes.mjs";
import { inProject, readJson, runNode, toolScript } from "./project.mjs";

const complaints = [];

function report(ok, text) {
  console.log(`  ${ok ? "ok    " : "FAILED"} ${text}`);
  if (!ok) complaints.push(text);
}

/** Every place in a lockfile that names where a package was fetched from. */
function registryHosts(lockfile) {
  return Object.values(lockfile.packages).flatMap(({ resolved }) =>
    typeof resolved === "string" && /^[a-z+]+:/i.test(resolved) ? [resolved] : [],
  );
}

/** Packages that others in the lockfile name and that it does not hold: `npm ci` elsewhere would refuse it. */
function missingPackages(lockfile) {
  const held = new Set(Object.keys(lockfile.packages).map((path) => path.split("node_modules/").at(-1)));
  return Object.values(lockfile.packages).flatMap(({ dependencies, optionalDependencies }) =>
    Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !held.has(name)),
  );
}

/** Dependencies of a manifest that are not one exact version. */
function inexact(manifest) {
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  return Object.entries(all).flatMap(([name, range]) =>
    /^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range) ? [] : [`${name}@${range}`],
  );
}

/** Reports that `list` is empty, or its first entry. */
function expectNone(what, list) {
  report(list.length === 0, list.length === 0 ? what : `${what}; but there is ${list[0]}`);
}

for (const folder of ["", "bench/", "tests/runtimes/"]) {
  const lockfile = readJson(`${folder}package-lock.json`);
  expectNone(`${folder}package-lock.json names no registry`, registryHosts(lockfile));
  expectNone(`${folder}package-lock.json lacks no package`, missingPackages(lockfile));
  expectNone(`${folder}package.json has exact versions alone`, inexact(readJson(`${folder}package.json`)));
}

const manifest = readJson("package.json");
expectNone("no dependency at run time", Object.keys(manifest.dependencies ?? {}));

if (existsSync(inProject("build/kernel.wasm"))) {
  for (const row of await bundleSizes()) report(row.gzipped <= row.bar, sizeLine(row));
  for (const [name, bin, args] of [
    ["publint", "publint", ["run", ".", "--strict"]],
    [
      "@arethetypeswrong/cli",
      "attw",
      ["--pack", ".", "--no-color", "--no-emoji", "--profile", "node16", "--exclude-entrypoints", "./kernel.wasm"],
    ],
  ]) {
    const { code, output } = await runNode([toolScript(name, bin), ...args], { capture: true });
    if (code !== 0) console.log(output.trimEnd());
    report(code === 0, `${bin} ${args.join(" ")}`);
  }
} else {
  report(false, "build/kernel.wasm is missing: run npm run build");
}

if (complaints.length > 0) {
  console.error(`${complaints.length} package checks failed`);
  process.exitCode = 1;
}
