/** Node: the suite from an ES module and from CommonJS, the declarations, and the examples that run there. */
import { declarationClaims } from "../claims/declarations.mjs";
import { lambdaClaims } from "../claims/lambda.mjs";
import { workerInNode } from "../claims/worker.mjs";
import { output } from "../process.mjs";

const suite = async (folder, entry) =>
  JSON.parse(await output(process.execPath, [entry], { cwd: folder })).map(({ name, error }) => ({
    name: `${entry}: ${name}`,
    error,
  }));

export const node = {
  name: "node",
  install: "it runs this very script",
  version: async () => process.versions.node,
  run: async ({ folder }) => [
    ...(await suite(folder, "process.mjs")),
    ...(await suite(folder, "process.cjs")),
    ...(await declarationClaims(folder)),
    ...(await workerInNode(folder)),
    ...(await lambdaClaims(folder)),
  ],
};
