/**
 * Watches assembly/, src/ and tests/. After a change: the debug kernel (when the kernel changed), then the specs and
 * tests of the touched files alone, against that debug kernel.
 *
 * A file's own tests are those that bear its name (`dacl.ts` → `dacl.spec.ts`); a file without any runs the tests that
 * import it.
 */
import { existsSync, watch } from "node:fs";
import { basename } from "node:path";
import { filesBelow, inProject, runNode, toolScript } from "./project.mjs";

const debugKernel = { KERNEL: "debug" };

const stem = (path) =>
  basename(path)
    .replace(/\.(?:spec|test)?\.?[a-z]+$/, "")
    .replace(/\.(?:spec|test)$/, "");

/** The specs and tests of `path`, and whether only its importers can tell. */
function testsOf(path) {
  if (path.startsWith("tests/") && !existsSync(inProject(path))) return { specs: [], tests: [], related: false };
  const name = stem(path);
  const own = (file) => file === path || stem(file) === name;
  const specs = filesBelow("tests/assembly", (file) => file.endsWith(".spec.ts") && own(file));
  const tests = filesBelow("tests", (file) => file.endsWith(".test.ts") && own(file));
  return { specs, tests, related: specs.length + tests.length === 0 && path.startsWith("src/") };
}

async function handle(paths) {
  console.log(`\n${paths.join(" ")}`);
  if (paths.some((path) => path.startsWith("assembly/"))) {
    const { code } = await runNode(["tools/build.mjs", "--debug"]);
    if (code !== 0) return;
  }
  const found = paths.map(testsOf);
  const specs = [...new Set(found.flatMap((one) => one.specs))];
  const tests = [...new Set(found.flatMap((one) => one.tests))];
  const related = paths.filter((_, index) => found[index].related);
  if (specs.length > 0) {
    await runNode([toolScript("@as-pect/cli", "asp"), "--no-logo"], { env: { AS_PECT_SPECS: specs.join(",") } });
  }
  const vitest = toolScript("vitest", "vitest");
  if (tests.length > 0) await runNode([vitest, "run", ...tests], { env: debugKernel });
  if (related.length > 0) await runNode([vitest, "related", "--run", ...related], { env: debugKernel });
  if (specs.length + tests.length + related.length === 0) console.log("no test bears this name");
}

const pending = new Set();
let busy = false;

/** Handles what has piled up, one batch at a time. */
async function drain() {
  if (busy || pending.size === 0) return;
  busy = true;
  const paths = [...pending].sort();
  pending.clear();
  await handle(paths);
  busy = false;
  setTimeout(drain, 50);
}

if ((await runNode(["tools/build.mjs", "--kernel"])).code === 0) {
  for (const folder of ["assembly", "src", "tests"]) {
    watch(inProject(folder), { recursive: true }, (_event, name) => {
      if (name === null || !/^(?!.*(?:^|\/)[.#]).*\.ts$/.test(name)) return;
      pending.add(`${folder}/${name.split("\\").join("/")}`);
      setTimeout(drain, 100);
    });
  }
  console.log("watching assembly/ src/ tests/ (Ctrl-C ends)");
} else {
  process.exitCode = 1;
}
