/**
 * Configuration of as-pect, the runner of the kernel's own specs (tests/assembly/*.spec.ts).
 *
 * `tools/test.mjs` names the specs of one process in AS_PECT_SPECS (comma separated) and reads the counts that
 * the reporter writes; a plain `npx asp --no-logo` runs them all.
 */
const named = (process.env.AS_PECT_SPECS ?? "").split(",").filter((path) => path !== "");

export default {
  entries: named.length > 0 ? named : ["tests/assembly/**/*.spec.ts"],
  include: ["tests/assembly/**/*.include.ts"],
  disclude: [/node_modules/],
  reporter: "tools/as-pect-reporter.mjs",
  async instantiate(memory, createImports, instantiate, binary) {
    return instantiate(binary, createImports({ env: { memory } }));
  },
  outputBinary: false,
};
