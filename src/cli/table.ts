/**
 * Columns of text, and lines that fit the terminal.
 *
 * Knows widths. Does not know what the cells mean.
 */
import { stripVTControlCharacters } from "node:util";
import Table from "cli-table3";

const NO_LINES = Object.fromEntries(
  ["top", "bottom", "mid", "left", "right"].flatMap((side) => [
    [side, ""],
    [`${side}-mid`, ""],
    [`${side}-left`, ""],
    [`${side}-right`, ""],
  ]),
);
const GAP = 2;
/** Narrower than this, nothing is read well. */
const LEAST = 24;

/** How a table is laid out. */
export interface Layout {
  readonly head?: readonly string[];
  /** Blanks before each line; default 2. */
  readonly indent?: number;
  /** Columns of the terminal, or Infinity. */
  readonly width: number;
  /** Lines that stand below each row, from its second column on. */
  readonly details?: readonly (readonly string[])[];
}

/** The rows as lines without borders. The last column is wrapped where the table is wider than the terminal. */
export function tableLines(rows: readonly (readonly string[])[], layout: Layout): string[] {
  const { head, indent = 2, width, details = [] } = layout;
  const all = head === undefined ? rows : [head, ...rows];
  if (all.length === 0) return [];
  const last = Math.max(...all.map((row) => row.length)) - 1;
  const columnWidth = (column: number): number => Math.max(0, ...all.map((row) => widthOf(row[column] ?? "")));
  let others = indent;
  for (let column = 0; column < last; column++) others += columnWidth(column) + GAP;
  const cells = all.map((row) =>
    Array.from({ length: last + 1 }, (_, column) =>
      column < last ? (row[column] ?? "") : fitted(row[column] ?? "", Math.max(LEAST, width - others)),
    ),
  );
  const table = new Table({
    chars: { ...NO_LINES, middle: "" },
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
  });
  table.push(...cells);
  const lines = table
    .toString()
    .split("\n")
    .map((line) => `${" ".repeat(indent)}${line}`.trimEnd());
  const margin = " ".repeat(indent + columnWidth(0) + GAP);
  return cells.flatMap((row, index) => {
    const own = lines.splice(0, Math.max(...row.map((cell) => cell.split("\n").length)));
    const below = details[index - (head === undefined ? 0 : 1)] ?? [];
    return [...own, ...below.map((line) => `${margin}${wrapped(line, width - margin.length, margin.length + 2)}`)];
  });
}

/** Text in lines of at most `width` columns, the following ones after `hanging` blanks. Blanks at its start stay. */
export function wrapped(text: string, width: number, hanging = 0): string {
  const start = /^ */.exec(text)?.[0] ?? "";
  const lines = fitted(text.slice(start.length), Math.max(LEAST, width - Math.max(start.length, hanging)));
  return `${start}${lines.replaceAll("\n", `\n${" ".repeat(hanging)}`)}`;
}

/** Broken at blanks. A longer word stays whole: a GUID or a SID must survive being copied from the screen. */
function fitted(text: string, width: number): string {
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    let current: string | undefined;
    for (const word of line.split(" ")) {
      const joined: string = current === undefined ? word : `${current} ${word}`;
      if (current !== undefined && widthOf(joined) > width) lines.push(current);
      current = current !== undefined && widthOf(joined) > width ? word : joined;
    }
    lines.push(current ?? "");
  }
  return lines.join("\n");
}

/** Columns of the longest line; colours count nothing. */
function widthOf(text: string): number {
  return Math.max(...text.split("\n").map((line) => stripVTControlCharacters(line).length));
}
