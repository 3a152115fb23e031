/**
 * Runs the built command line as a process of its own, as a user does. `npm run build` makes it.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const program = join(root, "build/cli.js");
if (!existsSync(program)) throw new Error("build/cli.js is missing: npm run build makes it");

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** The environment without anything that says how to colour. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, ...rest } = process.env;
  return rest;
}

/** `sallyport …args`; nothing on standard input unless given. */
export function sallyport(args: readonly string[], options: RunOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    input: options.input ?? "",
    env: { ...plainEnvironment(), ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, out: stdout, err: stderr };
}

/** Alice, whom the samples ask for. */
export const ALICE = "S-1-5-21-1-2-3-1001";

/** No trace of a stack or of a path of ours, whatever went wrong. */
export function hasStack(text: string): boolean {
  return /^\s+at .*[(:]\d+/m.test(text) || text.includes("node:internal") || text.includes("cli.js:");
}
