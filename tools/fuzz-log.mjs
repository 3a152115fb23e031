/**
 * The log of fuzzing, build/fuzz/log.jsonl: one line for each turn of a target; and the sums of it.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { inProject } from "./project.mjs";

const logFile = inProject("build", "fuzz", "log.jsonl");

export function appendLog(entry) {
  mkdirSync(dirname(logFile), { recursive: true });
  appendFileSync(logFile, `${JSON.stringify(entry)}\n`);
}

/** Every turn so far; none without a log. */
export function readLog() {
  if (!existsSync(logFile)) return [];
  return readFileSync(logFile, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

/** The figures that processes left in `files`, as one. A process that died early has left none. */
export function figuresOf(files) {
  const sum = { executions: 0, slowestNs: 0, slowestBytes: 0, fullArenas: 0, slow: 0 };
  for (const file of files) {
    if (!existsSync(file)) continue;
    const figures = JSON.parse(readFileSync(file, "utf8"));
    sum.executions += figures.executions;
    sum.fullArenas += figures.fullArenas;
    sum.slow += figures.slow;
    if (figures.slowestNs > sum.slowestNs) {
      sum.slowestNs = figures.slowestNs;
      sum.slowestBytes = figures.slowestBytes;
    }
  }
  return sum;
}

/** A table of sums by target, and the total. */
export function reportLines(log) {
  const rows = new Map();
  for (const entry of log) {
    const row = rows.get(entry.target) ?? {
      seconds: 0,
      executions: 0,
      edges: 0,
      ofEdges: 0,
      slowestNs: 0,
      slowestBytes: 0,
      findings: 0,
    };
    row.seconds += entry.seconds * entry.jobs;
    row.executions += entry.executions;
    row.findings += entry.findings;
    row.ofEdges = entry.ofEdges;
    row.edges = Math.max(row.edges, entry.edges);
    if (entry.slowestNs > row.slowestNs) {
      row.slowestNs = entry.slowestNs;
      row.slowestBytes = entry.slowestBytes;
    }
    rows.set(entry.target, row);
  }
  const lines = [...rows].map(
    ([target, row]) =>
      `${target.padEnd(11)} ${(row.seconds / 3600).toFixed(2).padStart(6)} core-hours  ${String(row.executions).padStart(11)} executions  ` +
      `${row.edges} of ${row.ofEdges} edges  slowest call ${(row.slowestNs / 1e6).toFixed(2)} ms (${row.slowestBytes} bytes)  ${row.findings} findings`,
  );
  const all = [...rows.values()];
  const sum = (field) => all.reduce((total, row) => total + row[field], 0);
  return [
    ...lines,
    `total ${(sum("seconds") / 3600).toFixed(2)} core-hours, ${sum("executions")} executions, ${sum("findings")} findings`,
  ];
}
