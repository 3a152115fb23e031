/**
 * Text gathered from pieces of a longer one, which remembers where each piece stood; and the lines to take them from.
 *
 * Does not know what the text says.
 */

/** A line without its end. */
export interface Line {
  readonly text: string;
  /** Where it begins. */
  readonly at: number;
}

/** The lines of `text`, one at a time. Ends of lines: CR LF, LF, CR. */
export function* linesOf(text: string): Generator<Line, void, undefined> {
  const end = /\r\n|\n|\r/g;
  let at = 0;
  for (let found = end.exec(text); found !== null; found = end.exec(text)) {
    yield { text: text.slice(at, found.index), at };
    at = end.lastIndex;
  }
  yield { text: text.slice(at), at };
}

/** `line` from its unit `from` on, without blanks and tabs at its ends. */
export function trimmed({ text, at }: Line, from = 0): Line {
  const rest = text.slice(from).trimEnd();
  const start = rest.length - rest.trimStart().length;
  return { text: rest.slice(start), at: at + from + start };
}

export class GatheredText {
  readonly text: string;
  readonly #pieces: readonly Line[];

  constructor(pieces: readonly Line[]) {
    this.#pieces = pieces;
    this.text = pieces.map((piece) => piece.text).join("");
  }

  /** Where the unit at `offset` stood. Behind the end: behind the last piece. */
  positionOf(offset: number): number {
    let left = offset;
    let last = 0;
    for (const { text, at } of this.#pieces) {
      if (left < text.length) return at + left;
      left -= text.length;
      last = at + text.length;
    }
    return last;
  }

  /** The pieces, with the place of each in the whole. */
  *breaks(): Generator<{ readonly offset: number; readonly at: number }, void, undefined> {
    let offset = 0;
    for (let i = 0; i < this.#pieces.length - 1; i++) {
      const { text, at } = this.#pieces[i];
      offset += text.length;
      yield { offset, at: at + text.length };
    }
  }
}
