/**
 * Runs the native fuzzer on one target: starts the processes, shows progress, reads their figures, keeps what they find
 * and writes the log. Does not know what a target is about.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { binary } from "./fuzz-build.mjs";
import { appendLog, figuresOf } from "./fuzz-log.mjs";
import { digestOf, inProject } from "./project.mjs";

const found = [];
const findingsFolder = inProject("build", "fuzz", "findings");
/** Longest input. formats.md 8 allows longer ones; time is promised up to here. */
const LONGEST = 65_536;
/** Seconds after which an input counts as hanging. */
const HANGING = 20;
const SHOWN_EVERY = 10_000;
/** Longest finding that is printed as hex, in bytes. */
const PRINTED = 2048;

let stopped = false;

/** Whether somebody asked to end: what runs ends, and nothing else begins. */
export function isStopped() {
  return stopped;
}

/** One line for each finding of this run. */
export function findings() {
  return found;
}

function start(target, args, job, onLine) {
  const figures = inProject("build", "fuzz", `figures-${target}-${job}.json`);
  rmSync(figures, { force: true });
  rmSync(`${figures}.slowest`, { force: true });
  const env = { ...process.env, FUZZ_TARGET: target, FUZZ_FIGURES: figures, FUZZ_FINDINGS: `${findingsFolder}/` };
  const child = spawn(binary, args, { cwd: inProject(), env, stdio: ["ignore", "ignore", "pipe"] });
  const stop = (signal) => {
    stopped = true;
    child.kill(signal);
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  let rest = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve({ code, signal, figures });
    });
  });
}

/** libFuzzer's status lines, as numbers. */
class Progress {
  edges = 0;
  ofEdges = 0;
  corpus = 0;
  failure = [];

  read(line) {
    const loaded = /\((\d+) inline 8-bit counters\)/.exec(line);
    const status = /cov: (\d+) .*corp: (\d+)/.exec(line);
    if (loaded !== null) this.ofEdges = Number(loaded[1]);
    if (status !== null) {
      this.edges = Math.max(this.edges, Number(status[1]));
      this.corpus = Math.max(this.corpus, Number(status[2]));
    }
    if (/^==|ERROR|SUMMARY| in (?:w2c_|Z_kernel|kernel_|run_)/.test(line)) this.failure.push(line.trim());
  }
}

/** Fuzzes for `seconds` with `jobs` processes, or runs the file `replay` once. Findings end in `findings()`. */
export async function runFuzzer({ target, seconds, jobs = 1, corpus, replay, values = false, smoke = false, say }) {
  mkdirSync(findingsFolder, { recursive: true });
  const before = new Set(readdirSync(findingsFolder));
  const progress = new Progress();
  const args = [
    `-max_len=${LONGEST}`,
    `-timeout=${HANGING}`,
    `-artifact_prefix=${findingsFolder}/${target}-`,
    "-print_funcs=0",
    ...(replay === undefined
      ? [
          `-dict=${inProject("tests", "fuzz", "kernel.dict")}`,
          `-max_total_time=${seconds}`,
          `-use_value_profile=${values ? 1 : 0}`,
        ]
      : []),
    ...(smoke ? ["-seed=1"] : []),
    replay ?? corpus,
  ];
  const started = performance.now();
  const shown = setInterval(() => {
    say(
      `  ${target}: ${Math.round((performance.now() - started) / 1000)} s, ${progress.edges} edges, corpus ${progress.corpus}`,
    );
  }, SHOWN_EVERY);
  const ends = await Promise.all(
    Array.from({ length: jobs }, (_, job) => start(target, args, job, (line) => progress.read(line))),
  );
  clearInterval(shown);
  const elapsed = (performance.now() - started) / 1000;
  const kept = readdirSync(findingsFolder).filter((name) => !before.has(name));
  const failed = ends.filter(({ code, signal }) => code !== 0 && signal === null && code !== 72);
  if (failed.length > 0 || kept.length > 0) tell(target, progress, kept);
  const figures = figuresOf(ends.map((end) => end.figures));
  if (replay !== undefined) {
    say(failed.length === 0 ? `${target}: ${replay} breaks nothing` : `${target}: ${replay} breaks it`);
    return;
  }
  const entry = {
    at: new Date().toISOString(),
    kernel: digestOf(["build/kernel.wasm"]).slice(0, 12),
    target,
    jobs,
    seconds: Math.round(elapsed),
    smoke,
    ...figures,
    edges: progress.edges,
    ofEdges: progress.ofEdges,
    corpus: progress.corpus,
    findings: kept.length + (failed.length > 0 && kept.length === 0 ? 1 : 0),
  };
  appendLog(entry);
  const rate = Math.round(figures.executions / Math.max(elapsed, 1));
  const slowest = (figures.slowestNs / 1e6).toFixed(2);
  say(
    `${target}: ${figures.executions} executions in ${entry.seconds} s (${rate}/s), ${progress.edges} of ${progress.ofEdges} edges, ` +
      `corpus ${progress.corpus}, slowest call ${slowest} ms (${figures.slowestBytes} bytes), ${entry.findings} findings`,
  );
}

/** Notes what a run found: what the harness said of it, and the input. */
function tell(target, progress, kept) {
  found.push(`FOUND in ${target}:`, ...progress.failure.slice(0, 12).map((line) => `  ${line}`));
  for (const name of kept) {
    const path = `${findingsFolder}/${name}`;
    const { size } = statSync(path);
    const hex = size <= PRINTED && !name.startsWith("history") ? ` ${readFileSync(path).toString("hex")}` : "";
    found.push(`  ${path} (${size} bytes)${hex}`);
  }
  if (kept.length === 0) found.push("  no input was kept");
}

/** The smallest corpus in `into` that covers what `from` covers. */
export async function minimise(target, into, from) {
  if (!existsSync(binary)) throw new Error("the fuzzer is not built");
  const lines = [];
  const { code } = await start(target, ["-merge=1", "-max_len=4096", into, from], "merge", (line) => lines.push(line));
  if (code !== 0) throw new Error(`merging ${target} failed:\n${lines.slice(-20).join("\n")}`);
}
