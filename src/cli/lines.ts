/**
 * Bytes in chunks of any size, lines out: at LF, with bounded memory.
 *
 * Knows bytes. Does not know JSON. A line longer than the limit is reported and never kept whole.
 */

const LF = 10;

/** A line without its LF, or the news that there was one beyond the limit. */
export type Line = Uint8Array | "too-long";

export class LineSplitter {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  #overflown = false;

  /** @param limit most bytes of a line */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The lines that end in `chunk`, which may be kept until the next call. */
  push(chunk: Uint8Array): Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  /** What stands after the last LF; undefined when nothing does. */
  end(): Line | undefined {
    return this.#length === 0 && !this.#overflown ? undefined : this.#take();
  }

  #keep(part: Uint8Array): void {
    if (part.length === 0) return;
    if (this.#overflown || this.#length + part.length > this.#limit) {
      this.#overflown = true;
      this.#parts = [];
      this.#length = 0;
      return;
    }
    this.#parts.push(part);
    this.#length += part.length;
  }

  #take(): Line {
    const line = this.#overflown
      ? "too-long"
      : this.#parts.length === 1
        ? this.#parts[0]
        : joined(this.#parts, this.#length);
    this.#parts = [];
    this.#length = 0;
    this.#overflown = false;
    return line;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
