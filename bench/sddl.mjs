/**
 * How fast SDDL is read and written: there and back, to bytes and back, and as an editor reads it after a keystroke.
 *
 * There is no peer: each row is a figure in milliseconds beside its bar, with the bytes a second that it comes to. The
 * text is SDDL met in the wild, joined into one DACL. Exports only; expects a finished build.
 */
import { existsSync, readFileSync } from "node:fs";
import { sallyport } from "./library.mjs";

const { parseRecovering, SecurityDescriptor, Sid } = sallyport;
const wild = new URL("../../shared/vectors/real-world-sddl.tsv", import.meta.url);
const tests = new URL("../tests/vectors/", import.meta.url);
const context = { domain: Sid.parse("S-1-5-21-2457507606-2709100691-398136650") };

/** Units of a large DACL, and of one in an editor. */
const LARGE = 28 * 1024;
const EDITED = 16 * 1024;
/** Milliseconds of wall clock. */
const ROUND_TRIP_BAR = 2;
const RECOVER_BAR = 5;

const RUNS = 60;
const WARM_UP = 200;

/** SDDL strings: those of the shared folder where it is, else those of the project's own vectors. */
function texts() {
  if (existsSync(wild)) {
    const rows = readFileSync(wild, "utf8").split("\n");
    return rows.filter((row) => row !== "" && !row.startsWith("#")).map((row) => row.split("\t")[0]);
  }
  const rows = readFileSync(new URL("access-check.jsonl", tests), "utf8").split("\n").filter(Boolean);
  return rows.map((row) => JSON.parse(row).request.descriptor).filter((text) => typeof text === "string");
}

/** The ACEs of all the DACLs, as they print, over and over, as one DACL of at most `size` units. */
function joinedDacl(size) {
  const aces = texts().flatMap((text) => {
    try {
      const { dacl } = SecurityDescriptor.parse(text, { context });
      const printed = SecurityDescriptor.of({ dacl }).toString(context);
      return printed.match(/\((?:"[^"]*"|[^"()]|\((?:"[^"]*"|[^"])*\)(?=\)))*\)/g) ?? [];
    } catch {
      return [];
    }
  });
  let joined = "D:";
  for (let i = 0; joined.length + aces[i % aces.length].length <= size; i++) joined += aces[i % aces.length];
  // As it prints, so that there and back is the identity.
  return SecurityDescriptor.parse(joined, { context }).toString(context);
}

/** Milliseconds of one call, the median of many, warm. */
function median(run) {
  for (let i = 0; i < WARM_UP; i++) run();
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return times.sort((a, b) => a - b)[RUNS / 2];
}

function textAndBack(text) {
  return SecurityDescriptor.parse(text, { context }).toString(context);
}

function throughBytes(text) {
  const bytes = SecurityDescriptor.parse(text, { context }).toBytes();
  return SecurityDescriptor.fromBytes(bytes).toString(context);
}

function row(name, text, bar, run) {
  const milliseconds = median(() => run(text));
  return {
    name,
    units: text.length,
    ratio: Number(milliseconds.toPrecision(3)),
    unit: "ms",
    bar,
    atLeast: false,
    met: milliseconds <= bar,
    bytesPerSecond: Math.round(text.length / (milliseconds / 1000)),
  };
}

function line({ name, units, ratio, bytesPerSecond, bar, met }) {
  const speed = `${(bytesPerSecond / 1e6).toFixed(1)} MB/s`;
  return `${met ? "ok    " : "MISSED"} ${name}, ${units} units: ${ratio} ms, ${speed}, bar ${bar} ms`;
}

/** The rows; printed too, unless `json`. */
export async function sddlRows({ json = false } = {}) {
  const large = joinedDacl(LARGE);
  for (const trip of [textAndBack, throughBytes]) {
    if (trip(large) !== large) throw new Error(`${trip.name}: the text did not come back`);
  }
  const edited = joinedDacl(EDITED);
  // An ACE in the middle lacks its last letter and parenthesis, as it does while it is typed.
  const middle = edited.indexOf(")", edited.length / 2);
  const faulty = edited.slice(0, middle - 1) + edited.slice(middle + 1);
  const recover = (text) => parseRecovering(text, context);
  if (recover(edited).diagnostics.length !== 0 || recover(faulty).diagnostics.length === 0) {
    throw new Error("recovering: a fault where there is none, or none where there is one");
  }
  const rows = [
    row("SDDL to descriptor and back", large, ROUND_TRIP_BAR, textAndBack),
    row("SDDL to bytes and back", large, ROUND_TRIP_BAR, throughBytes),
    row("SDDL in an editor", edited, RECOVER_BAR, recover),
    row("SDDL in an editor, with a fault", faulty, RECOVER_BAR, recover),
  ];
  if (!json) for (const each of rows) console.log(line(each));
  return rows;
}
