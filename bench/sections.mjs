/** Every workload of a run, in the order of the report. */
import { batchSections } from "./batches.mjs";
import { coreSections } from "./core.mjs";
import { scalingSections } from "./scaling.mjs";
import { sddlSections } from "./sddl-section.mjs";
import { startSections } from "./start.mjs";

export const sections = (options) => [
  ...coreSections(options),
  ...batchSections(options),
  ...scalingSections(),
  ...startSections(),
  ...sddlSections(),
];
