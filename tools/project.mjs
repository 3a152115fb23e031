/**
 * What every build script needs to know about this checkout: where it is, which files are in it, how to run a tool.
 *
 * Knows paths and processes. Does not know what is built from what.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The root of the checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** An absolute path below the root. */
export function inProject(...parts) {
  return join(root, ...parts);
}

/** Files below `folder` (relative to the root, "/" as separator, sorted) that `accepts` takes; none when it is absent. */
export function filesBelow(folder, accepts = () => true) {
  let entries;
  try {
    entries = readdirSync(inProject(folder), { withFileTypes: true, recursive: true });
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile() && !/[\\/]node_modules(?:[\\/]|$)/.test(entry.parentPath ?? entry.path))
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split("\\")
        .join("/"),
    )
    .filter(accepts)
    .sort();
}

/** SHA-256 over names and contents; two equal digests mean the same inputs. */
export function digestOf(files, ...extra) {
  const hash = createHash("sha256");
  for (const text of extra) hash.update(`${text}\0`);
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(inProject(file)))
      .update("\0");
  return hash.digest("hex");
}

/** The JSON file at `path`. */
export function readJson(path) {
  return JSON.parse(readFileSync(inProject(path), "utf8"));
}

/** The script behind a tool of node_modules/.bin, so that no shell is needed to start it. */
export function toolScript(packageName, bin) {
  const manifest = readJson(`node_modules/${packageName}/package.json`);
  const path = typeof manifest.bin === "string" ? manifest.bin : manifest.bin[bin];
  return inProject("node_modules", packageName, path);
}

/**
 * Runs Node on `args` in the root. Resolves with `{ code, output }`; `code` is 1 when a signal ended it.
 * With `capture` the output is collected instead of shown.
 */
export function runNode(args, { capture = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: capture ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let output = "";
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding("utf8").on("data", collect);
    child.stderr?.setEncoding("utf8").on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
