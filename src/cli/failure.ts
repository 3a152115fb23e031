/**
 * Wrong input, as a person sees it: the code, the sentence, and the place in the text with a caret below it.
 *
 * Knows errors and text. Does not know commands.
 */
import { CarrierError, isSallyportError, JsonError, type SallyportError, SddlError } from "../index.js";
import { wrapped } from "./table.js";
import { shown } from "./terminal.js";

/** A text and the place in it that is wrong. */
export interface Place {
  readonly text: string;
  /** UTF-16 units from 0. */
  readonly position: number;
}

/** What the caller gave cannot be used. Exit status 2. */
export class InputFault extends Error {
  override readonly name = "InputFault";
  readonly place: Place | undefined;

  constructor(message: string, place?: Place) {
    super(message);
    this.place = place;
  }
}

/**
 * Runs `read` on input that is called `what` ("token.json", "--desired"); an error of the library becomes a fault that
 * names it. `text` is what positions count in, where there is one.
 */
export function reading<T>(what: string, text: string | undefined, read: () => T, hint?: (code: string) => string): T {
  try {
    return read();
  } catch (error) {
    if (!isSallyportError(error)) throw error;
    const hasPlace = error instanceof SddlError || error instanceof JsonError || error instanceof CarrierError;
    const more = hint?.(error.code) ?? "";
    throw new InputFault(
      `${what}: ${error.code}: ${messageOf(error)}${more === "" ? "" : `\n  ${more}`}`,
      text !== undefined && hasPlace ? { text, position: error.position } : undefined,
    );
  }
}

/** What a carrier says of plain SDDL is what the SDDL says. */
function messageOf(error: SallyportError): string {
  if (!(error instanceof CarrierError)) return error.message;
  const { cause, position } = error;
  return cause instanceof SddlError && cause.position === position
    ? cause.message
    : error.message.replace(/^input: /, "");
}

/** The lines for standard error, `width` columns wide, without a stack, ending in a line break. */
export function failureText(error: unknown, name: string, width: number): string {
  const line = (text: string): string => wrapped(shown(text), width, 2);
  if (error instanceof InputFault) {
    const { message, place } = error;
    const [first, ...rest] = message.split("\n");
    const lines = [line(`${name}: ${first}`), ...(place === undefined ? [] : excerptOf(place)), ...rest.map(line)];
    return `${lines.join("\n")}\n`;
  }
  if (isSallyportError(error)) return `${line(`${name}: ${error.code}: ${error.message}`)}\n`;
  return `${line(`${name}: ${error instanceof Error ? error.message : error}`)}\n`;
}

/** Units shown on either side of the place. */
const AROUND = 36;

/** The line at fault, cut to what is near, and a caret below the unit. In a text of several lines, its number as well. */
export function excerptOf({ text, position }: Place): string[] {
  const start = text.lastIndexOf("\n", position - 1) + 1;
  const next = text.indexOf("\n", position);
  const line = text.slice(start, next < 0 ? text.length : next).trimEnd();
  const column = Math.min(position - start, line.length);
  const from = column > AROUND + 4 ? column - AROUND : 0;
  const to = line.length > column + AROUND + 4 ? column + AROUND : line.length;
  const before = `${from > 0 ? "…" : ""}${shown(line.slice(from, column))}`;
  const after = `${shown(line.slice(column, to))}${to < line.length ? "…" : ""}`;
  const number = text.trimEnd().includes("\n") ? `line ${text.slice(0, start).split("\n").length}: ` : "";
  return [`  ${number}${before}${after}`, `  ${" ".repeat(number.length + before.length)}^`];
}
