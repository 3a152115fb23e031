/**
 * Programs of others: found, asked for their version, run to the end, or kept running until a test is done with them.
 */
import { execFile, spawn } from "node:child_process";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A program of tests/runtimes/node_modules. */
export const installed = (name) => join(dirname(fileURLToPath(import.meta.url)), "node_modules", ".bin", name);

/** What runs a program installs it with. */
export const fromLockfile = "npm ci --prefix tests/runtimes";

/** Runs to the end; what it printed. Throws with what it said when it fails or takes longer than two minutes. */
export function output(file, args, options = {}) {
  return new Promise((resolve, reject) => {
    const settings = { timeout: 120_000, maxBuffer: 64 << 20, ...options };
    execFile(file, args, settings, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${error.message}\n${stderr}${stdout.slice(0, 4096)}`));
    });
  });
}

/** The first version number `file --version` prints; null when it cannot be run. */
export async function versionOf(file, args = ["--version"]) {
  try {
    return /\d+(?:[.-]\d+)+/.exec(await output(file, args))?.[0] ?? "";
  } catch {
    return null;
  }
}

/** A port of 127.0.0.1 that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Runs `body` while the program runs, then ends it. `body` gets the promise of its early end, which rejects with what
 * the program printed.
 */
export async function whileRunning(file, args, options, body) {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  let said = "";
  const listen = (chunk) => {
    said = (said + chunk).slice(-8192);
  };
  child.stdout.setEncoding("utf8").on("data", listen);
  child.stderr.setEncoding("utf8").on("data", listen);
  const closed = new Promise((resolve) => child.on("close", resolve));
  const ended = new Promise((_, reject) => {
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`${file} ended with ${code}\n${said}`)));
  });
  ended.catch(() => {});
  try {
    return await Promise.race([body(), ended]);
  } finally {
    child.kill("SIGTERM");
    const patience = setTimeout(() => child.kill("SIGKILL"), 3000);
    await closed;
    clearTimeout(patience);
  }
}

/** Waits until `url` answers anything at all; at most 20 seconds. */
export async function answering(url) {
  for (let tries = 0; ; tries++) {
    try {
      await (await fetch(url)).arrayBuffer();
      return;
    } catch (error) {
      if (tries === 200) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

/** Runs `claims`, pairs of a title and a function that throws when the claim is wrong; results as the suite's. */
export async function judge(claims) {
  const results = [];
  for (const [name, claim] of claims) {
    let error = null;
    try {
      await claim();
    } catch (caught) {
      error = String(caught?.stack ?? caught);
    }
    results.push({ name, error });
  }
  return results;
}
