/**
 * JSON text, read strictly: what JSON.parse takes, and no key twice. interchange.md
 *
 * Nothing here recurses: depth costs memory, never the stack, so it needs no limit beyond the line's own.
 * Knows text and positions. Does not know requests.
 */

import { JsonError } from "../errors.js";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  END,
  JsonScanner,
  NUMBER,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  WORD,
} from "./json-scanner.js";

/** Longest request line in UTF-16 units. formats.md 8 */
export const LINE_MAX = 8 * 1024 * 1024;

/** An object or array that is open, and where in it the walk stands. */
interface Frame {
  readonly isObject: boolean;
  /** Of the member being read. */
  key: string;
  keyOffset: number;
  /** Of the entry being read, in an array. */
  index: number;
  /** The only key so far, then a set: most objects of hostile depth have one key. */
  keys: string | Set<string> | undefined;
}

interface Visitor {
  /** A value begins. `frames` are what it stands in; `end` is known for a scalar. true stops the walk. */
  value(offset: number, frames: readonly Frame[], end: number | undefined): boolean;
  /** An object or array ends before `end`; `frames` are what it stood in. */
  close(end: number, frames: readonly Frame[]): boolean;
  /** A key that its object has already. */
  repeated(offset: number, key: string, frames: readonly Frame[]): void;
}

/**
 * Visits what stands in `text`. `isSound` says that JSON.parse took it, so that no token need be looked into.
 *
 * @throws JsonError ERR_JSON at the first token that cannot stand where it does
 */
function walk(text: string, visitor: Visitor, isSound: boolean): void {
  const scanner = new JsonScanner(text);
  const frames: Frame[] = [];
  /** What may come next: V a value, K a key, a lower-case letter the same or the end of its container, C a comma or that end, E nothing. */
  let expected: "V" | "v" | "K" | "k" | "C" | "E" = "V";
  for (;;) {
    const kind = scanner.next();
    const offset = scanner.from;
    if (!isSound && !scanner.isSound()) throw unexpected(offset, "a string, number or word that is complete");
    const frame = frames[frames.length - 1];
    if (expected === "E") {
      if (kind !== END) throw unexpected(offset, "the end of the text");
      return;
    }
    if (
      kind === (frame?.isObject ? CLOSE_BRACE : CLOSE_BRACKET) &&
      frame &&
      (expected === "v" || expected === "k" || expected === "C")
    ) {
      frames.pop();
      if (visitor.close(offset + 1, frames)) return;
      expected = frames.length === 0 ? "E" : "C";
      continue;
    }
    switch (expected) {
      case "C":
        if (kind !== COMMA) throw unexpected(offset, frame.isObject ? "`,` or `}`" : "`,` or `]`");
        frame.index++;
        expected = frame.isObject ? "K" : "V";
        break;
      case "K":
      case "k": {
        if (kind !== QUOTE) throw unexpected(offset, "a member's name in quotes");
        const key = scanner.string();
        if (remember(frame, key)) visitor.repeated(offset, key, frames);
        frame.key = key;
        frame.keyOffset = offset;
        if (scanner.next() !== COLON) throw unexpected(scanner.from, "`:`");
        expected = "V";
        break;
      }
      default: {
        const opens = kind === OPEN_BRACE || kind === OPEN_BRACKET;
        if (!opens && !isScalar(kind)) throw unexpected(offset, "a value");
        if (visitor.value(offset, frames, opens ? undefined : scanner.to)) return;
        if (opens)
          frames.push({ isObject: kind === OPEN_BRACE, key: "", keyOffset: offset, index: 0, keys: undefined });
        if (opens) expected = kind === OPEN_BRACE ? "k" : "v";
        else expected = frames.length === 0 ? "E" : "C";
      }
    }
  }
}

function isScalar(kind: number): boolean {
  return kind === QUOTE || kind === NUMBER || kind === WORD;
}

/** Whether the object had the key before. */
function remember(frame: Frame, key: string): boolean {
  if (frame.keys === undefined) {
    frame.keys = key;
    return false;
  }
  if (typeof frame.keys === "string") frame.keys = new Set([frame.keys]);
  if (frame.keys.has(key)) return true;
  frame.keys.add(key);
  return false;
}

function unexpected(offset: number, what: string): JsonError {
  return new JsonError("ERR_JSON", offset, `expected ${what}`);
}

/** A line that is JSON. */
export interface ParsedLine {
  readonly value: unknown;
  /** The text of the top-level member `id`, to be given back as it came; undefined where there is none. */
  readonly id: string | undefined;
  /** ERR_DUPLICATE_KEY: the first key that its object has already. */
  readonly fault: JsonError | undefined;
}

/**
 * Reads one line.
 *
 * @throws JsonError ERR_LIMIT beyond 8 Mi units; ERR_JSON where the line is not JSON
 */
export function parseLine(line: string): ParsedLine {
  if (typeof line !== "string") throw new JsonError("ERR_JSON", 0, "a request is a line of text");
  if (line.length > LINE_MAX) {
    throw new JsonError(
      "ERR_LIMIT",
      LINE_MAX,
      `a line has at most ${LINE_MAX} UTF-16 units, this one has ${line.length}`,
    );
  }
  const value = parseValue(line);
  let fault: JsonError | undefined;
  let start = -1;
  let end = -1;
  let idTwice = false;
  const isId = (frames: readonly Frame[]): boolean =>
    frames.length === 1 && frames[0].isObject && frames[0].key === "id";
  const visitor: Visitor = {
    value(offset, frames, scalarEnd) {
      if (isId(frames)) {
        start = offset;
        end = scalarEnd ?? -1;
      }
      return false;
    },
    close(offset, frames) {
      if (isId(frames)) end = offset;
      return false;
    },
    repeated(offset, key, frames) {
      if (fault === undefined)
        fault = new JsonError("ERR_DUPLICATE_KEY", offset, `the member ${excerpt(key)} stands twice`);
      if (frames.length === 1 && key === "id") idTwice = true;
    },
  };
  walk(line, visitor, true);
  const hasId = start >= 0 && !idTwice;
  // An answer is one line, whatever the request's blanks are.
  return { value, id: hasId ? line.slice(start, end).replace(/[\r\n]/g, " ") : undefined, fault };
}

/**
 * The value of one line.
 *
 * @throws JsonError ERR_LIMIT, ERR_JSON, ERR_DUPLICATE_KEY
 */
export function parseRequest(line: string): unknown {
  const { value, fault } = parseLine(line);
  if (fault !== undefined) throw fault;
  return value;
}

function parseValue(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    // The walk says where. It reads the same language, so it throws, unless the runtime gave up on the depth.
    walk(line, { value: () => false, close: () => false, repeated: () => undefined }, false);
    throw new JsonError(
      "ERR_LIMIT",
      0,
      `this runtime cannot read the line: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/**
 * Where the member at `path` begins; where a step is missing, the value that lacks it.
 * `line` is JSON. `name` true asks for the member's name rather than its value.
 */
export function positionOf(line: string, path: readonly (string | number)[], name = false): number {
  let best = 0;
  let matched = 0;
  const visitor: Visitor = {
    value(offset, frames, scalarEnd) {
      const depth = frames.length;
      if (depth === 0) {
        best = offset;
        return path.length === 0 || scalarEnd !== undefined;
      }
      const frame = frames[depth - 1];
      if (depth !== matched + 1 || path[depth - 1] !== (frame.isObject ? frame.key : frame.index)) return false;
      matched = depth;
      best = name && depth === path.length && frame.isObject ? frame.keyOffset : offset;
      return depth === path.length || scalarEnd !== undefined;
    },
    close: (_end, frames) => frames.length === matched,
    repeated: () => undefined,
  };
  walk(line, visitor, true);
  return best;
}

function excerpt(key: string): string {
  return JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
}
