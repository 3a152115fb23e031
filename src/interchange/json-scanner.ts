/**
 * The tokens of JSON text, one after the other. RFC 8259
 *
 * Long strings are jumped over, not walked. Knows single tokens and where they stand. Does not know which token may
 * follow which.
 */

/** What a token is: the unit it stands for, or begins with; NUMBER and WORD for what has many beginnings. */
export const END = -1;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const NUMBER = 0x30;
/** true, false, null; or what is nothing in JSON. */
export const WORD = 0x61;

const BACKSLASH = 0x5c;
const MINUS = 0x2d;

const NUMBER_EXTENT = /-?(?:0|[1-9][0-9]*)?(?:\.[0-9]*)?(?:[eE][+-]?[0-9]*)?/y;
const WORD_EXTENT = /[^\t\n\r ",:[\]{}]+/y;
const SCALAR = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/;

export class JsonScanner {
  readonly #text: string;
  /** Where the token begins, and behind it. */
  from = 0;
  to = 0;
  /** What the token is; END behind the last one. */
  kind = END;

  constructor(text: string) {
    this.#text = text;
  }

  /** Steps to the next token; its kind. */
  next(): number {
    const text = this.#text;
    let at = this.to;
    while (isBlank(text.charCodeAt(at))) at++;
    this.from = at;
    if (at >= text.length) {
      this.to = at;
      this.kind = END;
      return END;
    }
    const unit = text.charCodeAt(at);
    switch (unit) {
      case COMMA:
      case COLON:
      case OPEN_BRACKET:
      case CLOSE_BRACKET:
      case OPEN_BRACE:
      case CLOSE_BRACE:
        this.to = at + 1;
        this.kind = unit;
        break;
      case QUOTE:
        this.to = endOfString(text, at);
        this.kind = unit;
        break;
      default:
        this.kind = unit === MINUS || (unit >= 0x30 && unit <= 0x39) ? NUMBER : WORD;
        this.to = endOfRun(text, at, this.kind === NUMBER ? NUMBER_EXTENT : WORD_EXTENT);
    }
    return this.kind;
  }

  /** Whether the string, number or word is a complete one. Needs no asking in text that JSON.parse took. */
  isSound(): boolean {
    const { kind } = this;
    if (kind === NUMBER || kind === WORD) return SCALAR.test(this.#text.slice(this.from, this.to));
    if (kind !== QUOTE) return true;
    try {
      JSON.parse(this.#text.slice(this.from, this.to));
      return true;
    } catch {
      return false;
    }
  }

  /** What the string says; it must be sound. */
  string(): string {
    const written = this.#text.slice(this.from + 1, this.to - 1);
    return written.includes("\\") ? JSON.parse(`"${written}"`) : written;
  }
}

function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}

function endOfRun(text: string, from: number, extent: RegExp): number {
  extent.lastIndex = from;
  extent.test(text);
  return extent.lastIndex;
}

/** Behind the quote that closes the string, which no odd number of backslashes precedes; the end of the text without one. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = quote;
    while (text.charCodeAt(slashes - 1) === BACKSLASH) slashes--;
    if (((quote - slashes) & 1) === 0) return quote + 1;
  }
  return text.length;
}
