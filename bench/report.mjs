/**
 * What a run found: for people a table per workload and one of bars, for programs JSON.
 *
 * Puts figures into words; measures nothing, and decides nothing but whether a bar was missed.
 */

const figure = (value) =>
  value.toLocaleString("en", value < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });

/** A measured number or a bar with its unit; "–" for none. */
function amount(value, unit) {
  if (value === null) return "–";
  if (unit === "bytes") return `${(value / 1024).toFixed(1)} KiB`;
  return unit === "x" ? `${figure(value)}x` : `${figure(value)} ${unit}`;
}

/** The report of a run as plain data. `sections`: `{ name, what, results, skipped, rows }` each. */
export function reportOf(machine, sections, misses) {
  return {
    ...machine,
    workloads: sections
      .filter(({ results }) => results.length > 0)
      .map(({ name, what, results, skipped }) => ({
        name,
        what,
        results: results.map((result) => ({
          name: result.name,
          nanoseconds: Number(result.nanoseconds.toPrecision(4)),
          ratio: Number((result.nanoseconds / results[0].nanoseconds).toPrecision(3)),
        })),
        skipped,
      })),
    rows: sections
      .flatMap(({ rows }) => rows)
      .map((row) => (row.met === false ? { ...row, tried: misses[row.name] ?? [] } : row)),
  };
}

export const missedBars = ({ rows }) => rows.filter(({ met }) => met === false);

function workloadLines({ name, what, results, skipped }) {
  const width = Math.max(...results.map((result) => result.name.length)) + 2;
  const lines = results.map(({ name: contender, nanoseconds, ratio }, index) => {
    const times = index === 0 ? "" : `${figure(ratio)}x`;
    return `  ${contender.padEnd(width)}${figure(nanoseconds).padStart(12)}${times.padStart(12)}`;
  });
  const absent = skipped.map(({ name: contender, why }) => `  ${contender.padEnd(width)}${"–".padStart(12)}  ${why}`);
  return [`${name}: ${what}`, ...lines, ...absent, ""];
}

function stateOf({ bar, met }) {
  if (bar === null) return "";
  if (met === null) return "open";
  return met ? "ok" : "MISSED";
}

function barLine(row, width) {
  const { name, ratio, bar, unit, atLeast, stretch, why, ours, theirs } = row;
  const limit = bar === null ? "" : `${atLeast ? "≥" : "≤"} ${amount(bar, unit)}`;
  const more = stretch === null ? "" : ` (stretch ${amount(stretch, unit)})`;
  const found = ratio === null ? why : amount(ratio, unit);
  const times = ratio === null || ours === undefined ? "" : `${figure(ours)} / ${figure(theirs)} ns`;
  const start = `${stateOf(row).padEnd(7)}${name.padEnd(width)}${found.padStart(12)}${times.padStart(20)}`;
  return `${start}   ${limit}${more}`.trimEnd();
}

function missLines({ name, tried }) {
  if (tried.length === 0) return [`${name}: nothing noted yet`];
  return [`${name}:`, ...tried.map(({ tried: what, figure: found }) => `  ${what}: ${found}`)];
}

/** The report as text. */
export function textOf(report) {
  const { cpu, node, compiler, rows } = report;
  const lines = [
    `${cpu}, Node ${node}, ${compiler ?? "no C compiler"}`,
    "ns per decision, and how many times the first row's; medians of alternating rounds, so only ratios of one run count",
    "",
    ...report.workloads.flatMap(workloadLines),
  ];
  const width = Math.max(...rows.map(({ name }) => name.length)) + 2;
  lines.push(...rows.map((row) => barLine(row, width)));
  const missed = missedBars(report);
  if (missed.length > 0) lines.push("", "Missed, and what was tried", ...missed.flatMap(missLines));
  return lines.join("\n");
}
