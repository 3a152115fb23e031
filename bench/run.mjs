/**
 * Races the library against its peers, and holds it to the bars of tools/limits.json.
 *
 *   npm run bench                    tables: every workload, then every bar
 *   npm run bench -- --json          the same for programs
 *   npm run bench -- --only W1       the workloads whose name holds a word; may be given again
 *   npm run bench -- --quick         fewer rounds and smaller batches: to see that it works, not how fast
 *   npm run bench -- --strict        exit status 1 when a bar is missed
 *
 * Verdicts are compared before anything is timed. The peers of bench/package.json are installed on first use; a C
 * compiler is used where there is one. What was tried on a missed bar stands in bench/misses.json.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { npmCommand } from "../tools/npm.mjs";
import { readJson } from "../tools/project.mjs";
import { missedBars, reportOf, textOf } from "./report.mjs";

const folder = fileURLToPath(new URL(".", import.meta.url));

function installPeers() {
  const wanted = Object.keys(readJson("bench/package.json").dependencies);
  if (wanted.every((name) => existsSync(`${folder}node_modules/${name}`))) return;
  const [command, ...first] = npmCommand();
  const { status } = spawnSync(command, [...first, "ci", "--prefix", folder], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("npm ci in bench/ failed");
}

function parseArguments(given) {
  const chosen = { json: false, quick: false, strict: false, words: [] };
  for (let i = 0; i < given.length; i++) {
    const name = given[i].replace(/^--/, "");
    if (name === "only" && i + 1 < given.length) chosen.words.push(given[++i].toLowerCase());
    else if (given[i].startsWith("--") && typeof chosen[name] === "boolean") chosen[name] = true;
    else throw new Error(`unknown argument ${given[i]}`);
  }
  return chosen;
}

/** One line on a terminal's standard error; one line a section elsewhere. */
function progressOn(stream) {
  if (stream.isTTY) return (text) => stream.write(`\r\x1b[K${text}`);
  let last = "";
  return (text) => {
    const section = text.split(":")[0];
    if (section !== last && section !== "") stream.write(`${section}\n`);
    last = section;
  };
}

/** A folder that is gone when the process ends. */
function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  process.once("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Everything sections share: how long and how often, the compiled contenders, the bars. */
async function contextFor({ quick }) {
  const { Bars } = await import("./bars.mjs");
  const { Native } = await import("./native.mjs");
  const { openInternals } = await import("./kernel-alone.mjs");
  const { compileSpecialised } = await import("./specialised.mjs");
  const temporary = temporaryFolder();
  return {
    quick,
    rounds: quick ? 3 : 5,
    milliseconds: quick ? 30 : 100,
    warmUpMilliseconds: 300,
    progress: progressOn(process.stderr),
    mitata: await import("mitata"),
    native: new Native(temporary),
    internals: await openInternals(temporary),
    specialised: await compileSpecialised(temporary),
    bars: new Bars(readJson("tools/limits.json")),
  };
}

async function sectionsOf(options) {
  const { sections } = await import("./sections.mjs");
  const wanted = ({ name }) =>
    options.words.length === 0 || options.words.some((word) => name.toLowerCase().includes(word));
  return sections(options).filter(wanted);
}

async function main(given) {
  const options = parseArguments(given);
  installPeers();
  const wanted = await sectionsOf(options);
  if (wanted.length === 0) throw new Error(`no workload is called ${options.words.join(" or ")}`);
  const context = await contextFor(options);
  const outcomes = [];
  for (const section of wanted) {
    outcomes.push({ name: section.name, what: section.what, ...(await section.run(context)) });
  }
  context.progress("");
  const machine = {
    cpu: cpus()[0]?.model.trim() ?? "unknown processor",
    node: process.version,
    compiler: context.native.compiler,
    quick: options.quick,
  };
  const misses = JSON.parse(readFileSync(`${folder}misses.json`, "utf8"));
  const report = reportOf(machine, outcomes, misses);
  console.log(options.json ? JSON.stringify(report, null, 2) : textOf(report));
  if (options.strict && missedBars(report).length > 0) process.exitCode = 1;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error.stack);
  process.exitCode = 1;
}
