/**
 * A project of someone else: a temporary folder in which the packed package is installed as from a registry, beside the
 * suite and the examples. Nothing in it can reach the sources.
 */
import { cpSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runNpm } from "../../tools/npm.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(here));

const npm = (args, cwd) => runNpm([...args, "--no-audit", "--no-fund", "--loglevel=error"], cwd);

/** `{ folder, packed, remove() }`: where it is, and the name of the package's archive. */
export function makeProject() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "sallyport-runtimes-")));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const [{ filename }] = JSON.parse(npm(["pack", "--ignore-scripts", "--json", "--pack-destination", folder], root));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "someone", private: true, type: "module" }));
    npm(["install", "--ignore-scripts", "--offline", `./${filename}`], folder);
    // The optional peers, as installed for the project itself.
    for (const peer of ["hono", "jose"]) {
      cpSync(join(root, "node_modules", peer), join(folder, "node_modules", peer), { recursive: true });
    }
    cpSync(join(here, "suite.mjs"), join(folder, "suite.mjs"));
    cpSync(join(here, "bodies"), join(folder, "bodies"), { recursive: true });
    cpSync(join(here, "entries"), folder, { recursive: true });
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    return { folder, packed: filename, remove };
  } catch (error) {
    remove();
    throw error;
  }
}
