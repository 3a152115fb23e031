/**
 * Runs every test: the kernel's specs under as-pect, the others under vitest. Ends with one line,
 * `N passed, N failed, N skipped`, and exit status 0 only when something of each kind ran and nothing failed.
 *
 *   node tools/test.mjs                  all
 *   node tools/test.mjs sid access-mask  specs and tests whose path holds one of these words
 *   node tools/test.mjs --specs <folder> --tests <folder>    from other folders than tests/
 *
 * Expects a finished build.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { stripVTControlCharacters } from "node:util";
import { filesBelow, inProject, runNode, toolScript } from "./project.mjs";
import { summarize, summarizeSpecs, summarizeVitest } from "./test-summary.mjs";

const reports = inProject("build", "test-reports");

/** Runs the specs, as many processes as cores, and shows each process's output when it ends. */
async function runSpecs(specs) {
  const processes = Math.min(availableParallelism(), specs.length, 8);
  const shares = Array.from({ length: processes }, (_, i) => specs.filter((_, index) => index % processes === i));
  const lines = [];
  const exitCodes = await Promise.all(
    shares.map(async (share, i) => {
      const results = `${reports}/as-pect-${i}.jsonl`;
      const { code, output } = await runNode([toolScript("@as-pect/cli", "asp"), "--no-logo"], {
        capture: true,
        env: { AS_PECT_SPECS: share.join(","), AS_PECT_RESULTS: results },
      });
      process.stdout.write(readable(output));
      lines.push(...readText(results).split("\n"));
      return code;
    }),
  );
  return summarizeSpecs(specs, lines, exitCodes);
}

/** as-pect's output without its banner and its summary, which tell nothing that the last line does not. */
function readable(output) {
  const noise =
    /^\s*$|AS-pect|^Using config|^ASC Version|\[(Summary|Tests|Groups|Snapshots|Result)\]|^\s+_{2,}|^ *[\\/|]/;
  const lines = stripVTControlCharacters(output)
    .split("\n")
    .filter((line) => !noise.test(line));
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}

function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return "";
    throw error;
  }
}

async function runTests(tests) {
  const file = `${reports}/vitest.json`;
  const reporter = process.stdout.isTTY ? "default" : "dot";
  const { code } = await runNode(
    [
      toolScript("vitest", "vitest"),
      "run",
      `--reporter=${reporter}`,
      "--reporter=json",
      `--outputFile.json=${file}`,
      ...tests,
    ],
    { env: process.stdout.isTTY ? {} : { NO_COLOR: "1", FORCE_COLOR: undefined } },
  );
  const text = readText(file);
  return summarizeVitest(text === "" ? null : JSON.parse(text), code);
}

const nothing = () => ({ passed: 0, failed: 0, skipped: 0, complaints: [] });

function parseArguments(given) {
  const chosen = { specs: "tests/assembly", tests: "tests", words: [] };
  for (let i = 0; i < given.length; i++) {
    if (given[i] === "--specs" || given[i] === "--tests") chosen[given[i].slice(2)] = given[++i] ?? "";
    else if (given[i].startsWith("-")) throw new Error(`unknown option ${given[i]}`);
    else chosen.words.push(given[i]);
  }
  return chosen;
}

async function runBoth(specs, tests, partial) {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  if (specs.length > 0) console.log(`kernel specs (${specs.length} files)`);
  const ofSpecs = specs.length === 0 ? nothing() : await runSpecs(specs);
  if (tests.length > 0) console.log(`tests (${tests.length} files)`);
  const ofTests = tests.length === 0 ? nothing() : await runTests(partial ? tests : []);
  return [ofSpecs, ofTests];
}

async function main() {
  const { specs: specFolder, tests: testFolder, words } = parseArguments(process.argv.slice(2));
  const wanted = (path) => words.length === 0 || words.some((word) => path.includes(word));
  const specs = filesBelow(specFolder, (path) => path.endsWith(".spec.ts") && wanted(path));
  const tests = filesBelow(testFolder, (path) => path.endsWith(".test.ts") && wanted(path));

  const partial = words.length > 0;
  const incomplete = specs.length === 0 || tests.length === 0;
  // A run that must fail for want of tests fails at once.
  const hopeless = incomplete && !(partial && specs.length + tests.length > 0);
  const [ofSpecs, ofTests] = hopeless ? [nothing(), nothing()] : await runBoth(specs, tests, partial);
  const { line, complaints, ok } = summarize(ofSpecs, ofTests, { partial });
  for (const complaint of complaints) console.error(`  ${complaint}`);
  console.log(line);
  if (!ok) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(`the test run broke: ${error.stack}`);
  console.log("0 passed, 1 failed, 0 skipped");
  process.exitCode = 1;
}
