/**
 * Where the answers go: colours, width, and text that is safe to show.
 *
 * Knows the two output streams. Does not know what is printed.
 */
import type { WriteStream } from "node:tty";
import pc from "picocolors";

export type Colours = ReturnType<typeof pc.createColors>;

/** How to print on one stream. */
export interface Terminal {
  readonly colours: Colours;
  /** Columns; Infinity where the stream is no terminal, so that nothing is wrapped for programs. */
  readonly width: number;
}

/** `colour` is what `--color` or `--no-color` said; undefined leaves it to the stream and to NO_COLOR. */
export function terminalOf(stream: Pick<WriteStream, "isTTY" | "columns">, colour: boolean | undefined): Terminal {
  const isTerminal = stream.isTTY === true;
  const { NO_COLOR, TERM } = process.env;
  const coloured = colour ?? (isTerminal && (NO_COLOR ?? "") === "" && TERM !== "dumb");
  return { colours: pc.createColors(coloured), width: isTerminal ? Math.max(stream.columns || 80, 40) : Infinity };
}

/** Text from outside with nothing in it that a terminal obeys: controls and bidirectional marks become `\u….` escapes. */
export function shown(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to escape
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
