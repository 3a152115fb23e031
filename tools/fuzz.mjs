/**
 * Coverage-guided fuzzing of the kernel, native, with the laws of the access check watched at every input.
 *
 *   npm run fuzz -- --minutes 30 --jobs 2              all targets in turn
 *   npm run fuzz -- --target condition --minutes 5     one of descriptor condition claim token check filter policies
 *   npm run fuzz -- --smoke                            some seconds for each, from the seeds in the repository
 *   npm run fuzz -- --replay <file> --target claim     one input again
 *   npm run fuzz -- --keep                             the smallest corpora with the same coverage into tests/fuzz/seeds
 *   npm run fuzz -- --report                           sums build/fuzz/log.jsonl
 *
 * Needs clang and wabt (Debian: `apt-get install clang wabt libclang-rt-14-dev`). Corpora, findings and the log stay in
 * build/fuzz. Ends with status 1 when something was found. Does not judge findings.
 */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { buildFuzzer, missingTools } from "./fuzz-build.mjs";
import { readLog, reportLines } from "./fuzz-log.mjs";
import { findings, isStopped, minimise, runFuzzer } from "./fuzz-run.mjs";
import { inProject } from "./project.mjs";

const targets = ["descriptor", "condition", "claim", "token", "check", "filter", "policies"];
/** Seconds of one turn of a target, when there are several. */
const TURN = 240;
const SMOKE_SECONDS = 3;
/** Bytes of seeds kept in the repository, for each target. */
const KEPT_BYTES = 13_000;

const say = (line) => process.stderr.write(`${line}\n`);

function corpusOf(kind, target) {
  const folder = inProject("build", "fuzz", kind, target);
  mkdirSync(folder, { recursive: true });
  return folder;
}

const seedFile = (target) => inProject("tests", "fuzz", "seeds", `${target}.hex`);

/** Writes the cast's inputs and the kept ones into `folder`, each under the name of its digest. */
function plant(folder, target, seeds) {
  const kept = existsSync(seedFile(target)) ? readFileSync(seedFile(target), "utf8").split("\n") : [];
  const lines = kept.filter((line) => line !== "" && !line.startsWith("#")).map((line) => Buffer.from(line, "hex"));
  for (const bytes of [...seeds[target], ...lines]) {
    const path = `${folder}/${createHash("sha1").update(bytes).digest("hex")}`;
    if (!existsSync(path)) writeFileSync(path, bytes);
  }
}

async function fuzz(names, minutes, jobs, seeds) {
  let left = Math.max(1, Math.round(minutes * 60));
  for (const target of names) plant(corpusOf("corpus", target), target, seeds);
  for (let round = 0; left > 0; round++) {
    for (const target of names) {
      const seconds = Math.min(left, names.length === 1 ? left : TURN);
      if (seconds <= 0 || isStopped()) return;
      left -= seconds;
      // Every other turn also follows compared values: slower, and it finds what plain coverage does not.
      await runFuzzer({ target, seconds, jobs, corpus: corpusOf("corpus", target), values: round % 2 === 1, say });
    }
  }
}

async function smoke(seeds) {
  for (const target of targets) {
    rmSync(inProject("build", "fuzz", "smoke", target), { recursive: true, force: true });
    const corpus = corpusOf("smoke", target);
    plant(corpus, target, seeds);
    await runFuzzer({ target, seconds: SMOKE_SECONDS, jobs: 1, corpus, smoke: true, say });
  }
}

/** The files of `folder` that are still there, in the emptied folder `into`. */
function copyOf(folder, into) {
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  for (const name of readdirSync(folder)) {
    try {
      copyFileSync(`${folder}/${name}`, `${into}/${name}`);
    } catch (error) {
      if (error.code !== "ENOENT") throw error;
    }
  }
  return into;
}

/** Merges each corpus down and writes the smallest inputs of it as lines of hex. */
async function keep(names, seeds) {
  for (const target of names) {
    const merged = inProject("build", "fuzz", "merged", target);
    rmSync(merged, { recursive: true, force: true });
    mkdirSync(merged, { recursive: true });
    // A copy: a fuzzer at work in the corpus replaces inputs by smaller ones, and a merge would begin again.
    const copy = copyOf(corpusOf("corpus", target), inProject("build", "fuzz", "unmerged", target));
    plant(copy, target, seeds);
    await minimise(target, merged, copy);
    const inputs = readdirSync(merged).map((name) => readFileSync(`${merged}/${name}`));
    inputs.sort((a, b) => a.length - b.length || a.compare(b));
    const kept = [];
    let size = 0;
    for (const input of inputs) {
      size += input.length;
      if (size <= KEPT_BYTES && input.length > 0) kept.push(input.toString("hex"));
    }
    const head = `# Inputs of the fuzz target "${target}", found by fuzzing from tests/fuzz/seeds.ts. One a line.`;
    writeFileSync(seedFile(target), `${[head, ...kept].join("\n")}\n`);
    say(`${target}: ${kept.length} of ${inputs.length} inputs kept`);
  }
}

/** What to do without clang or wabt: say so; in CI that is a failure. */
function withoutTools(missing) {
  const demanded = process.env.CI === "true";
  say(`FUZZING SKIPPED: ${missing.join(" and ")} not found (apt-get install clang wabt libclang-rt-14-dev)`);
  process.exitCode = demanded ? 1 : 0;
}

async function main() {
  const { values } = parseArgs({
    options: {
      target: { type: "string", default: "all" },
      minutes: { type: "string", default: "10" },
      jobs: { type: "string", default: "1" },
      replay: { type: "string" },
      smoke: { type: "boolean", default: false },
      keep: { type: "boolean", default: false },
      report: { type: "boolean", default: false },
    },
  });
  const names = values.target === "all" ? targets : values.target.split(",");
  const unknown = names.filter((name) => !targets.includes(name));
  const minutes = Number(values.minutes);
  const jobs = Number(values.jobs);
  if (unknown.length > 0) throw new Error(`no target ${unknown.join(", ")}; there are ${targets.join(", ")}`);
  if (!(minutes > 0)) throw new Error("--minutes takes a number above 0");
  if (!Number.isInteger(jobs) || jobs < 1) throw new Error("--jobs takes a number from 1");
  if (values.report) {
    for (const line of reportLines(readLog())) console.log(line);
    return;
  }
  const missing = missingTools();
  if (missing.length > 0) {
    withoutTools(missing);
    return;
  }
  const seeds = (await buildFuzzer()).seeds;
  if (values.replay !== undefined) await runFuzzer({ target: names[0], replay: values.replay, say });
  else if (values.keep) await keep(names, seeds);
  else if (values.smoke) await smoke(seeds);
  else await fuzz(names, minutes, jobs, seeds);
  for (const line of findings()) console.log(line);
  if (findings().length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(`fuzzing failed: ${error.message}`);
  process.exitCode = 2;
}
