/**
 * Which npm a script starts. Under `npm run` it must be the one that runs the script: the name `npm` means another
 * there, for a development dependency puts an npm of its own (version 6) first on the PATH.
 */
import { execFileSync } from "node:child_process";

/** `[command, ...arguments]` that start npm; more arguments follow. */
export function npmCommand() {
  const running = process.env.npm_execpath;
  return running?.endsWith("js") ? [process.execPath, running] : ["npm"];
}

/** What npm prints. Throws with its own message where it fails. */
export function runNpm(args, cwd) {
  const [command, ...first] = npmCommand();
  return execFileSync(command, [...first, ...args], { cwd, encoding: "utf8" });
}
