/**
 * A place in SDDL text, and the one door through which faults and tokens leave.
 *
 * Rules read units with `peek`, pass over tokens with `take` and `mark`, and call `fail`. Nothing here knows a rule of
 * the grammar, so a reader that gathers faults and goes on needs a recorder, not another grammar.
 */

import { type ErrorCode, SddlError } from "../errors.js";
import type { Sid } from "../sid.js";
import type { SidContext } from "../well-known-sids.js";
import { BLANK, isSpace } from "./characters.js";
import type { TokenKind } from "./token-kinds.js";

/** What `peek` answers behind the last unit. */
export const END = -1;

/** Longest text that is read, in UTF-16 units. formats.md 8 */
export const MAX_TEXT = 0x100000;

const EXCERPT = 16;

/** Who wants every token and every fault. Strict reading has none. */
export interface Recorder {
  /** The grammar passed over a token. Called in the order of the text, and never twice for one unit. */
  token(kind: TokenKind, from: number, to: number): void;
  /** Ends the rule that failed by throwing what the recorder itself will catch. */
  fault(code: ErrorCode, position: number, expected: string): never;
}

export class Scanner {
  readonly text: string;
  /** The SIDs behind the aliases that need one. */
  readonly context: SidContext | undefined;
  readonly recorder: Recorder | null;
  /** Aliases met so far, by letter pair: an ACL names the same few again and again. */
  readonly aliases: Map<number, Sid> = new Map();
  /** The next unit to read. */
  at: number;

  constructor(text: string, context: SidContext | undefined, at = 0, recorder: Recorder | null = null) {
    this.text = text;
    this.context = context;
    this.recorder = recorder;
    this.at = at;
    if (text.length > MAX_TEXT) this.fail("ERR_LIMIT", MAX_TEXT, `at most ${MAX_TEXT} units of text`);
  }

  /** The next unit, or END. */
  peek(): number {
    const { text, at } = this;
    return at < text.length ? text.charCodeAt(at) : END;
  }

  /** The unit `ahead` of the next one, or END. */
  peekAt(ahead: number): number {
    const index = this.at + ahead;
    return index < this.text.length ? this.text.charCodeAt(index) : END;
  }

  /** Passes over U+0020. */
  skipBlanks(): void {
    // Behind the end, charCodeAt answers NaN, which equals nothing.
    while (this.text.charCodeAt(this.at) === BLANK) this.at++;
  }

  /** Passes over 09–0D and 20: inside and around conditions and claims. */
  skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  /** Passes over the next `length` units, which are one token. */
  take(kind: TokenKind, length: number): void {
    if (this.recorder !== null) this.recorder.token(kind, this.at, this.at + length);
    this.at += length;
  }

  /** What was read since `from` is one token. */
  mark(kind: TokenKind, from: number): void {
    if (this.recorder !== null) this.recorder.token(kind, from, this.at);
  }

  /** Reads exactly `unit`, a token of its own. */
  expect(unit: number, code: ErrorCode): void {
    if (this.text.charCodeAt(this.at) !== unit) this.fail(code, this.at, `"${String.fromCharCode(unit)}"`);
    this.take("punctuation", 1);
  }

  /** Reads exactly `unit`, a part of a longer token. */
  expectPart(unit: number, code: ErrorCode): void {
    if (this.text.charCodeAt(this.at) !== unit) this.fail(code, this.at, `"${String.fromCharCode(unit)}"`);
    this.at++;
  }

  /** Throws `SddlError`, or what the recorder throws. `position` is the first unit that cannot be read. */
  fail(code: ErrorCode, position: number, expected: string): never {
    if (this.recorder !== null) this.recorder.fault(code, position, expected);
    throw new SddlError(code, position, faultMessage(this.text, position, expected));
  }
}

/** What was expected, and the next few units in its place. */
export function faultMessage(text: string, position: number, expected: string): string {
  const found =
    position < text.length ? JSON.stringify(text.slice(position, position + EXCERPT)) : "the end of the text";
  return `expected ${expected}, found ${found}`;
}
