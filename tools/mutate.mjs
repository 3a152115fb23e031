/**
 * Which mistakes in the decision code would the tests miss? Mutates assembly/check and assembly/load, all at once behind
 * switches, and tries every mutant against a sample of the differential requests and the project's own tests.
 *
 *   node tools/mutate.mjs                  all mutants
 *   node tools/mutate.mjs --sample 500     a seeded sample
 *   node tools/mutate.mjs --file acl,sid   files whose path holds one of the words
 *   node tools/mutate.mjs --again          those that survived the run before; the table is that of both runs
 *   node tools/mutate.mjs --trust          explained survivors are not tried: they count as survivors
 *   … --seed 7 --threads 1 --json          JSON on standard output
 *
 * Ends with 1 when a survivor has no explanation in tools/mutation/survivors.json.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { parseArgs } from "node:util";
import { bundle } from "./mutation/bundle.mjs";
import { buildMutatedKernel } from "./mutation/kernel.mjs";
import { tryAll } from "./mutation/pool.mjs";
import { format, isExplained, rates, readExplanations, summarize } from "./mutation/report.mjs";
import { buildSpecs } from "./mutation/specs.mjs";
import { suiteBundles } from "./mutation/suite.mjs";
import { inProject } from "./project.mjs";

const { values: options } = parseArgs({
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    file: { type: "string", default: "" },
    threads: { type: "string", default: "2" },
    size: { type: "string", default: "1" },
    again: { type: "boolean", default: false },
    trust: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
/** Cases that a mutant is asked at most, before the tests. */
const MOST_CASES = 4000;
/** What came of the last run: `[{ key, by }]`. */
const lastFile = inProject("build/mutation/last.json");

function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Survivors as they are met: a run takes long. */
function saySurvivor({ file, line, function: name, change }) {
  say(`survives: ${file}:${line} ${name}: ${change.length > 200 ? `${change.slice(0, 200)}…` : change}`);
}

/** What a mutant is known by from run to run. */
function keyOf({ file, function: name, lineText, change, nth }) {
  return [file, name, lineText, change, nth].join("\n");
}

/** The mutants of the run before, as its results; what the source no longer has is left out. */
function lastResults(mutants) {
  const byKey = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  const last = JSON.parse(readFileSync(lastFile, "utf8"));
  return last.flatMap(({ key, by }) => (byKey.has(key) ? [{ mutant: byKey.get(key), by }] : []));
}

function keep(results) {
  writeFileSync(lastFile, JSON.stringify(results.map(({ mutant, by }) => ({ key: keyOf(mutant), by }))));
}

/** A seeded choice of `count`, in their order. */
function sampled(mutants, count, seed) {
  let state = (seed * 2654435761) >>> 0;
  const keyed = mutants.map((mutant) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0;
    return { mutant, key: state };
  });
  const chosen = new Set(keyed.sort((a, b) => a.key - b.key).slice(0, count));
  return keyed.filter((one) => chosen.has(one)).map(({ mutant }) => mutant);
}

async function main() {
  setPriority(10);
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  const seed = Number(options.seed);
  const words = options.file.split(",");
  const { wasm, mutants: all, refused } = await buildMutatedKernel((path) => words.some((word) => path.includes(word)));
  const explanations = readExplanations();
  const last = options.again ? lastResults(all) : [];
  const candidates = options.again ? last.filter(({ by }) => by === null).map(({ mutant }) => mutant) : all;
  const chosen = options.sample === undefined ? candidates : sampled(candidates, Number(options.sample), seed);
  const trusted = options.trust ? chosen.filter((mutant) => isExplained(mutant, explanations)) : [];
  const mutants = chosen.filter((mutant) => !trusted.includes(mutant));
  say(`${all.length} mutants in one kernel, ${refused.length} more do not compile; trying ${mutants.length}`);
  const casesPath = inProject("build/mutation/cases.mjs");
  writeFileSync(casesPath, (await bundle("tools/mutation/cases.mjs", "esm")).code);
  const bundles = await suiteBundles();
  const { built: specPaths, refused: refusedSpecs } = await buildSpecs();
  say(`${bundles.length} test files and ${specPaths.length} specs reach the kernel`);
  for (const line of refusedSpecs) say(`  left out: ${line}`);

  const byId = new Map(mutants.map((mutant) => [mutant.id, mutant]));
  const results = [...last.filter(({ by }) => by !== null), ...trusted.map((mutant) => ({ mutant, by: null }))];
  const known = results.length;
  const untried = new Set(options.again ? mutants : []);
  const ready = await tryAll(
    mutants.map(({ id, site, file }) => ({ id, site, file })),
    {
      threads: Number(options.threads),
      workerData: { wasm, casesPath, bundles, specPaths, seed, size: Number(options.size), most: MOST_CASES },
      say,
      found({ id, by, reached }) {
        results.push({ mutant: byId.get(id), by, reached });
        untried.delete(byId.get(id));
        if (by === null) saySurvivor(byId.get(id));
        const tried = results.length - known;
        if (tried % 100 !== 0) return;
        keep([...results, ...[...untried].map((mutant) => ({ mutant, by: null }))]);
        const survived = results.filter((one) => one.by === null).length;
        say(`${tried} of ${mutants.length} tried, ${survived} survived, ${seconds()} s`);
      },
    },
  );
  say(
    `${ready.cases} cases and ${ready.tests} tests and ${ready.specs} specs; ${ready.wrong.length} that the unmutated kernel fails were left out`,
  );
  for (const line of ready.wrong.slice(0, 20)) say(`  ${line}`);

  keep(results);
  const summary = summarize(results, explanations);
  if (options.json) {
    const killers = results.map(({ mutant, by }) => ({ id: mutant.id, by }));
    console.log(JSON.stringify({ ...summary, seconds: seconds(), seed, killers, refused }, null, 2));
  } else {
    const isWhole = options.sample === undefined && options.file === "" && !options.again;
    console.log(format(summary, isWhole));
    console.log(
      `\n${rates(summary.total)[0]} % killed in ${seconds()} s; ${summary.survivors.length} survivors without an explanation`,
    );
  }
  process.exitCode = summary.survivors.length === 0 ? 0 : 1;
}

await main();
