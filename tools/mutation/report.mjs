/**
 * What came of the mutants: counts by file, survivors with their text, and the explanations that stand for some.
 *
 * An explanation names a mutant by what cannot move: file, function, the line's text and the change. Does not run
 * anything.
 */
import { readFileSync } from "node:fs";
import { inProject } from "../project.mjs";

/**
 * Reasons why mutants survive: `[{ file, reason, function?, line?, change?, nth?, operator? }]`. Every member that is given
 * must match; without `line` a reason stands for a whole function. `nth` counts one change to equal lines of a function.
 */
export function readExplanations(path = inProject("tools/mutation/survivors.json")) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function explains(explanation, mutant) {
  const changes = [explanation.change ?? []].flat();
  return (
    explanation.file === mutant.file &&
    (explanation.function === undefined || [explanation.function].flat().includes(mutant.function)) &&
    (explanation.line === undefined || explanation.line === mutant.lineText) &&
    (explanation.nth === undefined || explanation.nth === mutant.nth) &&
    (explanation.operator === undefined || explanation.operator === mutant.operator) &&
    (changes.length === 0 || changes.includes(mutant.change))
  );
}

export function isExplained(mutant, explanations) {
  return explanations.some((one) => explains(one, mutant));
}

/** Who killed: the generated cases, or the folder of the test that did. */
function killerOf(by) {
  return /^tests\/\w+/.exec(by)?.[0] ?? (by === "time" || by.startsWith("the thread") ? "time" : "cases");
}

/**
 * `{ files, rooms, total, killers, survivors, unused }`: counts by file, room and killer, unexplained survivors, idle
 * explanations.
 */
export function summarize(results, explanations) {
  const used = new Set();
  const rows = new Map();
  const survivors = [];
  const killers = {};
  for (const { mutant, by, reached } of results) {
    const row = rows.get(mutant.file) ?? { name: mutant.file, mutants: 0, killed: 0, survived: 0, explained: 0 };
    rows.set(mutant.file, row);
    row.mutants += 1;
    if (by !== null) {
      row.killed += 1;
      killers[killerOf(by)] = (killers[killerOf(by)] ?? 0) + 1;
      continue;
    }
    row.survived += 1;
    const explanation = explanations.find((one) => explains(one, mutant));
    if (explanation !== undefined) {
      used.add(explanation);
      row.explained += 1;
    } else {
      survivors.push({ ...mutant, reached });
    }
  }
  const files = [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rooms = ["assembly/check", "assembly/load"].map((room) =>
    added(
      room,
      files.filter(({ name }) => name.startsWith(`${room}/`)),
    ),
  );
  const unused = explanations.filter((one) => !used.has(one));
  return { files, rooms, total: added("total", files), killers, survivors, unused };
}

function added(name, rows) {
  const sum = (member) => rows.reduce((total, row) => total + row[member], 0);
  return {
    name,
    mutants: sum("mutants"),
    killed: sum("killed"),
    survived: sum("survived"),
    explained: sum("explained"),
  };
}

/** Killed of all, in percent; and of those that no explanation counts as the same program. */
export function rates({ mutants, killed, explained }) {
  const percent = (part, whole) => (whole === 0 ? "-" : ((100 * part) / whole).toFixed(1));
  return [percent(killed, mutants), percent(killed, mutants - explained)];
}

/** The table and the list of survivors, for a terminal. */
export function format({ files, rooms, total, killers, survivors, unused }, isWhole) {
  const line = (cells) =>
    cells.map((cell, index) => (index === 0 ? cell.padEnd(40) : String(cell).padStart(10))).join("");
  const shown = (row) => line([row.name, row.mutants, row.killed, row.survived, row.explained, ...rates(row)]);
  const head = line(["", "mutants", "killed", "survived", "explained", "killed %", "of rest %"]);
  const list = survivors.flatMap((one) => [
    `${one.file}:${one.line} (${one.function}, ${one.operator}${one.reached ? "" : ", never reached"})`,
    `    ${one.lineText}`,
    `    ${one.change}${one.nth > 1 ? ` (number ${one.nth})` : ""}`,
  ]);
  return [
    ...(list.length === 0 ? [] : ["Survivors without an explanation:", "", ...list, ""]),
    ...(isWhole
      ? unused.map((one) => `explains nothing any more: ${one.file} ${one.function ?? ""} ${one.line ?? ""}`)
      : []),
    head,
    ...files.map(shown),
    "",
    ...[...rooms, total].map(shown),
    "",
    `killed by ${Object.entries(killers)
      .sort(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(", ")}`,
  ].join("\n");
}
