/**
 * Runs the portable suite and the examples in every runtime at hand, each over the packed package. Ends with a table.
 *
 *   node tests/runtimes/run.mjs             all
 *   node tests/runtimes/run.mjs deno bun    some
 *
 * Expects a finished build and `npm ci --prefix tests/runtimes`. A runtime that is not installed is skipped by name;
 * where CI is "true" that is a failure, but for those the suite calls optional.
 */
import { makeProject } from "./packed-project.mjs";
import { bun } from "./runners/bun.mjs";
import { chromium } from "./runners/chromium.mjs";
import { deno } from "./runners/deno.mjs";
import { edgeRuntime } from "./runners/edge-runtime.mjs";
import { firefox } from "./runners/firefox.mjs";
import { node } from "./runners/node.mjs";
import { workerd } from "./runners/workerd.mjs";

const runners = [node, bun, deno, workerd, edgeRuntime, chromium, firefox];

/** One row of the table. Never throws. */
async function runIn(runner, project) {
  const version = await runner.version();
  if (version === null) return { runner, version: "", results: [], broken: null, missing: true };
  try {
    return { runner, version, results: await runner.run(project), broken: null, missing: false };
  } catch (error) {
    return { runner, version, results: [], broken: error, missing: false };
  }
}

function report({ runner, version, results, broken, missing }) {
  const name = `${runner.name} ${version}`.trim();
  if (missing) {
    const fatal = process.env.CI === "true" && runner.optional !== true;
    console.log(`  ${fatal ? "FAILED " : "SKIPPED"} ${runner.name}: NOT INSTALLED (${runner.install})`);
    return !fatal;
  }
  const failed = results.filter(({ error }) => error !== null);
  const ok = broken === null && failed.length === 0 && results.length > 0;
  console.log(
    `  ${ok ? "ok     " : "FAILED "} ${name}: ${results.length - failed.length} passed, ${failed.length} failed`,
  );
  if (broken !== null) console.log(`          ${String(broken.stack ?? broken).replaceAll("\n", "\n          ")}`);
  for (const { name: claim, error } of failed)
    console.log(`          ${claim}\n            ${error.replaceAll("\n", "\n            ")}`);
  return ok;
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !runners.some((runner) => runner.name === name));
if (unknown.length > 0) {
  console.error(`no runtime ${unknown.join(", ")}; there are ${runners.map(({ name }) => name).join(", ")}`);
  process.exit(2);
}

const project = makeProject();
console.log(`${project.packed} in`);
try {
  let ok = true;
  for (const runner of runners) {
    if (wanted.length > 0 && !wanted.includes(runner.name)) continue;
    ok = report(await runIn(runner, project)) && ok;
  }
  if (!ok) process.exitCode = 1;
} finally {
  project.remove();
}
