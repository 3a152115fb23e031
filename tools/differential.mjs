/**
 * Kernel against model on generated requests, as many as wanted: `npm run differential -- --count 10000000 --seed 1`.
 *
 *   --count N   requests in all (default 1,000,000)
 *   --seed N    the first job's seed; job i has seed + i (default 1)
 *   --jobs N    worker threads (default: one a core)
 *
 * A difference is shrunk and printed as a vector line. Exit status: 0 none, 1 some, 2 wrong arguments.
 */
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { build } from "esbuild";
import { packedBytes } from "./build-packed-bytes.mjs";
import { inProject } from "./project.mjs";

const bundle = inProject("build", "differential.mjs");
/** Requests between two words of progress. */
const STEP = 20_000;

/** The engine and the comparison in one module that a worker can import. */
async function bundleComparison() {
  await build({
    stdin: {
      contents: 'export { compare } from "./tests/differential/run.js"; export { Engine } from "./src/engine.js";',
      resolveDir: inProject(),
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    plugins: [packedBytes],
    outfile: bundle,
    logLevel: "error",
  });
}

function readArguments() {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: String(availableParallelism()) },
    },
  });
  const numbers = Object.fromEntries(Object.entries(values).map(([name, text]) => [name, Number(text)]));
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < (name === "seed" ? 0 : 1))
      throw new Error(`--${name} must be a whole number`);
  }
  return numbers;
}

/** One job: compares, tells its progress, answers with what differed. */
async function work({ count, seed }) {
  const { compare, Engine } = await import(bundle);
  const progress = (done) => parentPort.postMessage({ done });
  const differences = compare(new Engine({ seed }), { count, seed, progress });
  parentPort.postMessage({ done: count, lines: differences.map(({ line }) => line) });
}

function startJob(share, seed, onProgress) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { count: share, seed } });
    worker.on("error", reject);
    worker.on("message", ({ done, lines }) => {
      onProgress(done);
      if (lines !== undefined) resolve(lines);
    });
  });
}

async function main() {
  const { count, seed, jobs } = readArguments();
  await bundleComparison();
  const started = Date.now();
  const done = new Array(jobs).fill(0);
  let shown = 0;
  const show = (force) => {
    const total = done.reduce((sum, part) => sum + part, 0);
    if (!force && total - shown < STEP) return;
    shown = total;
    const seconds = (Date.now() - started) / 1000;
    const left = total === 0 ? "" : `, ${Math.round(((count - total) * seconds) / total / 60)} min left`;
    const text = `${total.toLocaleString("en")} of ${count.toLocaleString("en")} requests, ${Math.round(total / seconds)}/s${left}`;
    process.stderr.write(
      process.stderr.isTTY ? `\r${text}   ` : total === count || total % 1_000_000 < STEP ? `${text}\n` : "",
    );
  };
  const shares = done.map((_, job) => Math.floor(count / jobs) + (job < count % jobs ? 1 : 0));
  const lines = await Promise.all(
    shares.map((share, job) =>
      startJob(share, seed + job, (part) => {
        done[job] = part;
        show(false);
      }),
    ),
  );
  show(true);
  if (process.stderr.isTTY) process.stderr.write("\n");
  const found = lines.flat();
  for (const line of found) console.log(line);
  const minutes = ((Date.now() - started) / 60_000).toFixed(1);
  const seeds = jobs === 1 ? `seed ${seed}` : `seeds ${seed}…${seed + jobs - 1}`;
  console.log(`${count} requests, ${seeds}, ${minutes} minutes: ${found.length} differences`);
  process.exitCode = found.length === 0 ? 0 : 1;
}

if (isMainThread) {
  await main().catch((error) => {
    console.error(error.message);
    process.exitCode = 2;
  });
} else {
  await work(workerData);
}
