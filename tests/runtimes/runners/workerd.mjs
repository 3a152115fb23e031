/** workerd, from npm: a bundle under the `workerd` condition, served and asked over HTTP. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundleForWorkerd } from "../bundle.mjs";
import { workerInWorkerd } from "../claims/worker.mjs";
import { fromLockfile, installed, versionOf } from "../process.mjs";
import { whileServing } from "../workerd.mjs";

const file = installed("workerd");

export const workerd = {
  name: "workerd",
  install: fromLockfile,
  version: () => versionOf(file),
  run: async ({ folder }) => {
    const site = join(folder, "workerd-suite");
    mkdirSync(site, { recursive: true });
    await bundleForWorkerd(join(folder, "worker.mjs"), join(site, "worker.js"), site);
    const results = await whileServing(file, site, {}, async (url) => (await fetch(url)).json());
    return [...results, ...(await workerInWorkerd(file, folder))];
  },
};
