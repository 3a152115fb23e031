/**
 * What comes before the first answer: import and instantiation in a fresh process, and how much is shipped to a page.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { bundleSizes } from "../tools/bundle-sizes.mjs";
import { barRow } from "./bars.mjs";
import { median } from "./race.mjs";

const script = fileURLToPath(new URL("first-decision.mjs", import.meta.url));
const KINDS = [
  ["module", "import, Node"],
  ["commonjs", "require, Node"],
];

const firstDecision = {
  name: "first decision",
  what: "a fresh process: import of the built package to the first decision",
  async run({ bars, quick, progress }) {
    const times = KINDS.map(() => []);
    for (let run = 0; run < (quick ? 5 : 21); run++) {
      KINDS.forEach(([kind], index) => {
        progress(`first decision: ${kind}, run ${run + 1}`);
        times[index].push(Number(execFileSync(process.execPath, [script, kind], { encoding: "utf8" })));
      });
    }
    const rows = KINDS.map(([, label], index) =>
      bars.row("firstDecision", {
        name: `first decision after ${label}`,
        workload: "first decision",
        ratio: median(times[index]),
        best: Number(Math.min(...times[index]).toPrecision(4)),
      }),
    );
    return { results: [], skipped: [], rows };
  },
};

const sizes = {
  name: "sizes",
  what: "bundles, minified and gzipped",
  async run({ progress }) {
    progress("sizes: bundling");
    const rows = (await bundleSizes()).map(({ name, gzipped, bar, goal }) =>
      barRow({ name: `gzipped: ${name}`, workload: "sizes", ratio: gzipped, atMost: goal ?? bar, unit: "bytes" }),
    );
    return { results: [], skipped: [], rows };
  },
};

export const startSections = () => [firstDecision, sizes];
