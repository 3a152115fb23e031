/**
 * Hostile input for the property tests beside the native fuzzer: kept seeds, changed bytes, text made of the words of a
 * grammar; and what a refusal may be.
 *
 * Generates and recognises; does not call what it feeds.
 */

import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect } from "vitest";
import { bytesFromHex } from "../../src/binary/text-encoding.js";
import { ArgumentError, FormatError, isSallyportError, JsonError, SddlError } from "../../src/index.js";
import * as scene from "./scene.js";

/** Inputs kept from the native fuzzer and those of the cast, for a target of tools/fuzz.mjs. */
export function seedsOf(target: "descriptor" | "condition" | "claim"): readonly Uint8Array[] {
  const lines = readFileSync(new URL(`seeds/${target}.hex`, import.meta.url), "utf8").split("\n");
  const kept = lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => bytesFromHex(line));
  return [...{ descriptor: scene.descriptors, condition: scene.conditions, claim: scene.claims }[target], ...kept];
}

const oddNumbers = fc.oneof(
  fc.nat(64),
  fc.constantFrom(0xff, 0x7fff, 0xfffc, 0xffff, 0x10000, 0x7fffffff, 0xffffffff),
  fc.nat(),
);
const change = fc.record({
  kind: fc.constantFrom("set", "set", "set", "cut", "insert", "repeat"),
  at: fc.nat(),
  width: fc.constantFrom(1, 2, 4),
  value: oddNumbers,
});

/** One of `seeds` with some changes: numbers written over, pieces cut out, put in or repeated. */
export function changedBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc.tuple(fc.constantFrom(...seeds), fc.array(change, { maxLength: 5 })).map(([seed, changes]) => {
    let bytes = [...seed];
    for (const { kind, at, width, value } of changes) {
      const place = bytes.length === 0 ? 0 : at % bytes.length;
      const size = value % 24;
      if (kind === "cut") bytes.splice(place, size);
      else if (kind === "insert")
        bytes.splice(place, 0, ...Array.from({ length: size }, (_, i) => (value >>> (i % 4)) & 0xff));
      else if (kind === "repeat") bytes.splice(place, 0, ...bytes.slice(place, place + size));
      else for (let i = 0; i < width && place + i < bytes.length; i++) bytes[place + i] = (value >>> (8 * i)) & 0xff;
    }
    bytes = bytes.slice(0, 65_536);
    return Uint8Array.from(bytes);
  });
}

/** Text made of words, and of any characters between them. */
export function wordy(words: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.string({ maxLength: 4, unit: "binary" }) },
    { weight: 1, arbitrary: fc.constantFrom("\ud800", "\udc00x", "\0", "\u2028", "\ufeff", "ſ", "\u212a") },
  );
  return fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(""));
}

/** One of `texts` with words and characters put in, taken out or doubled. */
export function changedText(texts: readonly string[], words: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(),
    cut: fc.nat(6),
    put: fc.oneof(fc.constant(""), fc.constantFrom(...words), fc.string({ maxLength: 2 })),
  });
  return fc.tuple(fc.constantFrom(...texts), fc.array(edit, { maxLength: 4 })).map(([text, edits]) =>
    edits.reduce((now, { at, cut, put }) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + cut);
    }, text),
  );
}

/** What `body` answers, or undefined when it refuses as it may; anything else it throws is a failure of ours. */
export function answerOf<T>(body: () => T, length: number): T | undefined {
  try {
    return body();
  } catch (error) {
    if (!isSallyportError(error)) throw error;
    if (error instanceof SddlError || error instanceof JsonError) expect(within(error.position, length)).toBe(true);
    else if (error instanceof FormatError) expect(within(error.offset, length)).toBe(true);
    else expect(error).toBeInstanceOf(ArgumentError);
    return undefined;
  }
}

function within(place: number, length: number): boolean {
  return Number.isInteger(place) && place >= 0 && place <= length;
}
