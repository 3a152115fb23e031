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
  ["module", "import"],
  ["commonjs", "require"],
];
/** The bar says "after import": the decision alone. What a cold start pays is both; it is held to the same bar. */
const SPANS = [
  ["decision", (kind) => `first decision after ${kind}, Node`],
  ["together", (kind) => `${kind} and first decision together, Node`],
];

const firstDecision = {
  name: "first decision",
  what: "a fresh process: import of the built package, engine, token, descriptor, decision",
  async run({ bars, quick, progress }) {
    const runs = KINDS.map(() => []);
    for (let run = 0; run < (quick ? 5 : 21); run++) {
      KINDS.forEach(([kind], index) => {
        progress(`first decision: ${kind}, run ${run + 1}`);
        runs[index].push(JSON.parse(execFileSync(process.execPath, [script, kind], { encoding: "utf8" })));
      });
    }
    const rows = SPANS.flatMap(([span, nameOf]) =>
      KINDS.map(([, word], index) => {
        const times = runs[index].map((times) => times[span]);
        return bars.row("firstDecision", {
          name: nameOf(word),
          workload: "first decision",
          ratio: median(times),
          best: Number(Math.min(...times).toPrecision(4)),
        });
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
    const rows = (await bundleSizes()).map(({ name, gzipped, bar }) =>
      barRow({ name: `gzipped: ${name}`, workload: "sizes", ratio: gzipped, atMost: bar, unit: "bytes" }),
    );
    return { results: [], skipped: [], rows };
  },
};

export const startSections = () => [firstDecision, sizes];
