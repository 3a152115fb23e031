/**
 * Takes a caller's object once: which members it may have, and a copy that nobody else can change.
 *
 * An unknown member is refused at any depth before any value is judged, so that a mistyped `restrictedSid` never
 * passes for "not restricted". [interchange.md, Numbers and names]
 * Knows names of members. Does not know what their values mean.
 */

import { ArgumentError, isSallyportError } from "./errors.js";
import { Sid } from "./sid.js";

export type Path = readonly (string | number)[];

/** What may stand in a place. A value that is neither the object nor the list named here is kept for the reader to judge. */
export type Shape =
  | { readonly kind: "leaf" }
  | { readonly kind: "object"; readonly members: Readonly<Record<string, Shape>> }
  | { readonly kind: "map"; readonly of: Shape }
  | { readonly kind: "list"; readonly of: Shape; readonly limit: number };

/** A list longer than its shape allows; its entries were not read. */
export class OverLimit {
  readonly length: number;
  readonly limit: number;

  constructor(length: number, limit: number) {
    this.length = length;
    this.limit = limit;
  }
}

export const leaf: Shape = { kind: "leaf" };

export function objectOf(members: Readonly<Record<string, Shape>>): Shape {
  return { kind: "object", members };
}

export function mapOf(of: Shape): Shape {
  return { kind: "map", of };
}

export function listOf(of: Shape, limit: number): Shape {
  return { kind: "list", of, limit };
}

/** Names and a number are both flag words; no word has more names than bits twice over. */
export const flagWord: Shape = /* @__PURE__ */ listOf(leaf, 64);

/** A record of the copy: no prototype, so that `__proto__` and `toString` are names like any other. */
export type Taken = Readonly<Record<string, unknown>>;

/**
 * A copy of `value`: own enumerable members only, each read once; symbols are not members; `undefined` is absent.
 * `bounded` false reads lists beyond their limit too, for input whose size is bounded otherwise.
 *
 * @throws ArgumentError ERR_UNKNOWN_MEMBER
 */
export function take(value: unknown, shape: Shape, path: Path, bounded: boolean): unknown {
  if (shape.kind === "leaf" || typeof value !== "object" || value === null || value instanceof Sid) return value;
  if (Array.isArray(value)) return shape.kind === "list" ? takeList(value, shape, path, bounded) : value;
  return shape.kind === "list" ? value : takeObject(value, shape, path, bounded);
}

function takeList(value: readonly unknown[], shape: Shape & { kind: "list" }, path: Path, bounded: boolean): unknown {
  const length = value.length;
  if (bounded && length > shape.limit) return new OverLimit(length, shape.limit);
  const copy: unknown[] = [];
  for (let i = 0; i < length; i++) {
    const entry = value[i];
    copy.push(typeof entry === "object" && entry !== null ? take(entry, shape.of, [...path, i], bounded) : entry);
  }
  return copy;
}

function takeObject(
  value: object,
  shape: Shape & { kind: "object" | "map" },
  path: Path,
  bounded: boolean,
): Record<string, unknown> {
  const names = Object.keys(value);
  if (shape.kind === "object") {
    for (const name of names) {
      if (!Object.hasOwn(shape.members, name)) throw unknownMember(name, shape.members, path);
    }
  }
  const copy: Record<string, unknown> = Object.create(null);
  for (const name of names) {
    const member = (value as Record<string, unknown>)[name];
    if (member === undefined) continue;
    const inner = shape.kind === "object" ? shape.members[name] : shape.of;
    copy[name] = take(member, inner, [...path, name], bounded);
  }
  return copy;
}

function unknownMember(name: string, members: Readonly<Record<string, Shape>>, path: Path): ArgumentError {
  const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  return new ArgumentError(
    "ERR_UNKNOWN_MEMBER",
    [...path, name],
    `unknown member ${JSON.stringify(shown)}; known are ${Object.keys(members).join(", ")}`,
  );
}

/** Runs `read`, which touches what a caller gave: an error that a getter or a proxy throws is ours, with theirs as its cause. */
export function readingInput<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (isSallyportError(cause)) throw cause;
    throw Object.assign(new ArgumentError("ERR_ARGUMENT", [], "the argument could not be read"), { cause });
  }
}

/** Whether `value` is a record that `take` made: an object, not a list, not an instance of ours. */
export function isTaken(value: unknown): value is Taken {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Sid || value instanceof OverLimit)
  );
}
