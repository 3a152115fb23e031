/**
 * The throughput of SDDL as a workload of this run, where bench/sddl.mjs is there. Knows its one export, `sddlRows`.
 */
import { existsSync } from "node:fs";

const file = new URL("sddl.mjs", import.meta.url);

const section = {
  name: "SDDL",
  what: "text to descriptors and back",
  async run({ progress }) {
    progress("SDDL: rows");
    const { sddlRows } = await import(file.href);
    const rows = await sddlRows({ json: true });
    const plain = { workload: "SDDL", ratio: null, bar: null, unit: "x", atLeast: false, stretch: null, met: null };
    return { results: [], skipped: [], rows: rows.map((row) => ({ ...plain, ...row })) };
  },
};

export const sddlSections = () => (existsSync(file) ? [section] : []);
