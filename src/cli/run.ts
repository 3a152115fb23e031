/**
 * What every command ends with: lines on standard output and an exit status.
 *
 * Knows streams and statuses. Does not know commands.
 */
import { once } from "node:events";
import type { Terminal } from "./terminal.js";

/** 0 granted or done, 1 denied or refused, 2 wrong input. */
export type ExitStatus = 0 | 1 | 2;

/** Prints what a command has to say and notes its exit status. */
export type Finish = (status: ExitStatus, lines: (terminal: Terminal) => readonly string[]) => Promise<void>;

/** Writes to standard output, and waits where its reader is slower than we are. */
export async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** A reader that goes away (`| head`) is no failure; an output that breaks otherwise is. */
export function watchOutput(name: string): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || error.code === "EOF") process.exit();
    process.stderr.write(`${name}: cannot write: ${error.message}\n`);
    process.exit(2);
  });
  process.stderr.on("error", () => process.exit(2));
}
