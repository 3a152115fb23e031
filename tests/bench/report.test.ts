/** What a run of the benchmark prints, for programs and for people; and every bar of tools/limits.json is a row. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Bars, barRow, plainRow } from "../../bench/bars.mjs";
import { missedBars, reportOf, textOf } from "../../bench/report.mjs";

const folder = new URL("../../bench/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder), "utf8");
const limits = JSON.parse(read("../tools/limits.json"));

const bars = new Bars({ benchmark: { fast: { atLeast: 10 }, near: { atMost: 2, stretch: 1.5 } } });
const rows = [
  bars.against("fast", { name: "against the others", workload: "W1", ours: 100, theirs: 1234.567 }),
  bars.against("near", { name: "against native", workload: "W1", ours: 30, theirs: 10 }),
  bars.row("near", { name: "a call to come", workload: "W1", ratio: null, why: "not built yet" }),
  barRow({ name: "a page", workload: "sizes", ratio: 2048, atMost: 4096, unit: "bytes" }),
  plainRow({ name: "worth knowing", workload: "W1", ratio: 0.5 }),
];
const section = {
  name: "W1",
  what: "50 groups",
  results: [
    { name: "ours", nanoseconds: 20 },
    { name: "theirs", nanoseconds: 5000 },
  ],
  skipped: [{ name: "others", why: "no masks" }],
  rows,
};
const machine = { cpu: "a processor", node: "v20", compiler: null, quick: true };
const report = reportOf(machine, [section], { "against native": [{ tried: "without calls", figure: "2.9x" }] });

interface Row {
  readonly name: string;
  readonly ratio: number | null;
  readonly bar: number | null;
  readonly met: boolean | null;
}

describe("the report of a benchmark run", () => {
  it("holds figures, bars and whether they are met", () => {
    const short = report.rows.map(({ name, ratio, bar, met }: Row) => ({ name, ratio, bar, met }));
    expect(JSON.parse(JSON.stringify(short))).toEqual([
      { name: "against the others", ratio: 12.35, bar: 10, met: true },
      { name: "against native", ratio: 3, bar: 2, met: false },
      { name: "a call to come", ratio: null, bar: 2, met: null },
      { name: "a page", ratio: 2048, bar: 4096, met: true },
      { name: "worth knowing", ratio: 0.5, bar: null, met: null },
    ]);
    expect(report.workloads[0].results[1]).toEqual({ name: "theirs", nanoseconds: 5000, ratio: 250 });
  });

  it("names what is missed, and what was tried", () => {
    expect(missedBars(report).map(({ name }: Row) => name)).toEqual(["against native"]);
    expect(textOf(report)).toMatch(/Missed, and what was tried\nagainst native:\n {2}without calls: 2\.9x$/);
  });

  it("shows both figures of a comparison", () => {
    expect(report.rows[1]).toMatchObject({ ours: 30, theirs: 10 });
    expect(textOf(report)).toMatch(/^MISSED against native +3x +30 \/ 10 ns +≤ 2x \(stretch 1\.5x\)$/m);
  });

  it("says why a figure is absent", () => {
    const text = textOf(report);
    expect(text).toMatch(/^ {2}others +– {2}no masks$/m);
    expect(text).toMatch(/^open +a call to come +not built yet +≤ 2x \(stretch 1\.5x\)$/m);
    expect(text).toMatch(/^ok +a page +2\.0 KiB +≤ 4\.0 KiB$/m);
  });
});

describe("bench/", () => {
  const sources = readdirSync(folder).filter((name) => name.endsWith(".mjs"));
  const used = sources.flatMap((name) =>
    [...read(name).matchAll(/bars\.(?:row|against)\("(\w+)"/g)].map(([, key]) => key),
  );

  it("has a row for every bar, and a bar for every row", () => {
    expect([...new Set(used)].sort()).toEqual(Object.keys(limits.benchmark).sort());
  });

  it("notes on misses as lists of what was tried and what it gave", () => {
    for (const notes of Object.values<object[]>(JSON.parse(read("misses.json")))) {
      for (const note of notes) expect(Object.keys(note).sort()).toEqual(["figure", "tried"]);
    }
  });
});
