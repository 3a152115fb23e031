/**
 * Races the public `engine.check()` against its peers on the same questions, in one process.
 *
 *   npm run bench               a table
 *   npm run bench -- --json     the same as JSON
 *
 * Verdicts are compared before anything is timed. Numbers are nanoseconds per decision, medians over several
 * alternating rounds; only ratios within one run mean anything. Exit status 1 when a bar of tools/limits.json is
 * missed. The peers are installed into bench/ on first use.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { npmCommand } from "../tools/npm.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));
const rounds = 3;

function installPeers() {
  if (existsSync(`${folder}node_modules/@casl/ability`) && existsSync(`${folder}node_modules/mitata`)) return;
  const [command, ...first] = npmCommand();
  const { status } = spawnSync(command, [...first, "ci", "--prefix", folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("npm ci in bench/ failed");
}

/** Asks every contender every question once. Throws at the first verdict that differs. */
function compareVerdicts(workload, prepared) {
  const [first, ...others] = prepared;
  for (const index of new Set(workload.draws)) {
    const expected = first.answers.one(index);
    for (const { name, answers } of others) {
      if (answers.one(index) !== expected) {
        throw new Error(`${workload.name}, descriptor ${index}: ${first.name} says ${expected}, ${name} the opposite`);
      }
    }
  }
  const many = first.answers.all();
  workload.draws.forEach((index, at) => {
    if ((many[at] !== 0) !== first.answers.one(index)) {
      throw new Error(`${workload.name}, draw ${at}: checkMany and check differ`);
    }
  });
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** What one timed call does: a single check, or the whole list of draws where there is more than one. */
function singleCheck({ draws }, { one }) {
  if (draws.length === 1) return { run: () => one(0), decisions: 1 };
  const run = () => {
    let granted = 0;
    for (const index of draws) granted += one(index) ? 1 : 0;
    return granted;
  };
  return { run, decisions: draws.length };
}

async function race(workload, contenders, { measure, do_not_optimize }) {
  const prepared = contenders.map(({ name, prepare }) => ({ name, answers: prepare(workload) }));
  compareVerdicts(workload, prepared);
  const lanes = prepared.map(({ name, answers }) => ({ name, ...singleCheck(workload, answers), times: [] }));
  if (workload.draws.length > 1) {
    lanes.push({
      name: "sallyport checkMany",
      run: prepared[0].answers.all,
      decisions: workload.draws.length,
      times: [],
    });
  }
  for (let round = 0; round < rounds; round++) {
    for (const lane of lanes) {
      const stats = await measure(() => do_not_optimize(lane.run()), { min_cpu_time: 2e8, min_samples: 8 });
      lane.times.push(stats.p50 / lane.decisions);
    }
  }
  return lanes.map(({ name, times }) => ({ name, nanoseconds: median(times) }));
}

function rowsOf(workload, results) {
  const our = results[0].nanoseconds;
  return {
    name: workload.name,
    what: workload.what,
    results: results.map(({ name, nanoseconds }) => ({
      name,
      nanoseconds: Number(nanoseconds.toPrecision(4)),
      ratio: Number((nanoseconds / our).toPrecision(3)),
    })),
  };
}

function print(report) {
  console.log(`${report.cpu}, Node ${report.node}; ns per decision, and how many times sallyport's time\n`);
  for (const { name, what, results } of report.workloads) {
    console.log(`${name}: ${what}`);
    for (const row of results) {
      const ratio = row === results[0] ? "" : `${row.ratio}x`;
      console.log(`  ${row.name.padEnd(22)}${row.nanoseconds.toLocaleString("en").padStart(12)}${ratio.padStart(12)}`);
    }
    console.log();
  }
  for (const { what, bar, measured, ok } of report.bars) {
    console.log(`${ok ? "ok    " : "MISSED"} ${what}: ${measured}x, bar ${bar}x`);
  }
}

async function main(given) {
  const unknown = given.filter((argument) => argument !== "--json");
  if (unknown.length > 0) throw new Error(`unknown argument ${unknown.join(" ")}`);
  installPeers();
  const mitata = await import("mitata");
  const { contenders } = await import("./contenders.mjs");
  const { workloads } = await import("./workloads.mjs");
  const limits = JSON.parse(readFileSync(new URL("../tools/limits.json", import.meta.url), "utf8"));

  const measured = [];
  for (const workload of workloads()) measured.push(rowsOf(workload, await race(workload, contenders, mitata)));
  const ratio = measured[0].results.find(({ name }) => name === "@casl/ability").ratio;
  const bar = limits.benchmarkAgainstCasl;
  const report = {
    cpu: cpus()[0]?.model.trim() ?? "unknown processor",
    node: process.version,
    workloads: measured,
    bars: [{ what: "engine.check() against @casl/ability, W1", bar, measured: ratio, ok: ratio >= bar }],
  };
  if (given.includes("--json")) console.log(JSON.stringify(report, null, 2));
  else print(report);
  if (report.bars.some(({ ok }) => !ok)) process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
}
