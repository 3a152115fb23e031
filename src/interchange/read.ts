/**
 * Readers of the values that several operations take: descriptors, contexts, masks, mappings, tokens. interchange.md
 *
 * Each takes a value and its path in the request. Does not know operations, answers or the engine.
 */

import { SD_MAX_SIZE } from "../../assembly/shared/security-descriptor.js";
import { parseMask } from "../access-mask.js";
import { AccessToken } from "../access-token.js";
import { ArgumentError, type ErrorCode, FormatError, formatPath } from "../errors.js";
import { GenericMapping, type GenericMappingFields, type MappingName } from "../generic-mapping.js";
import { fromHex } from "../hex.js";
import { isTaken, type Path, type Taken } from "../member-shape.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import type { Sid } from "../sid.js";
import { kindOf, readSid } from "../sid-input.js";
import type { TokenInput } from "../token-fields.js";
import type { SidContext } from "../well-known-sids.js";

export function argumentError(path: Path, message: string, code: ErrorCode = "ERR_ARGUMENT"): ArgumentError {
  return new ArgumentError(code, path, message);
}

/** The member, which must be there. @throws ArgumentError ERR_ARGUMENT */
export function required(request: Taken, name: string): unknown {
  if (request[name] === undefined) throw argumentError([], `\`${name}\` is missing`);
  return request[name];
}

/** `read` on the member where it is there. */
export function optional<T>(request: Taken, name: string, read: (value: unknown, path: Path) => T): T | undefined {
  return request[name] === undefined ? undefined : read(request[name], [name]);
}

/** What `read` throws about an argument is about the member at `path`. */
export function within<T>(path: Path, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    const prefix = `${formatPath(error.path)}: `;
    const message =
      error.path.length > 0 && error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
    throw new ArgumentError(error.code, [...path, ...error.path], message);
  }
}

export function readBoolean(value: unknown, path: Path): boolean {
  if (typeof value !== "boolean") throw argumentError(path, `expected true or false, found ${kindOf(value)}`);
  return value;
}

/** @throws ArgumentError ERR_ARGUMENT when `value` is none of `names`, in exact case */
export function readName<T extends string>(value: unknown, path: Path, names: readonly T[]): T {
  const name = names.find((candidate) => candidate === value);
  if (name === undefined) throw argumentError(path, `expected one of ${names.join(", ")}`);
  return name;
}

export function readText(value: unknown, path: Path): string {
  if (typeof value !== "string") throw argumentError(path, `expected text, found ${kindOf(value)}`);
  return value;
}

/** An access mask as number or text. @throws ArgumentError ERR_ARGUMENT */
export function readMask(value: unknown, path: Path): number {
  if (typeof value !== "number" && typeof value !== "string") {
    throw argumentError(path, `expected a mask as number or text, found ${kindOf(value)}`);
  }
  return parseMask(value, path);
}

/** A mapping's name, or its four masks. @throws ArgumentError ERR_ARGUMENT */
export function readMapping(value: unknown, path: Path): GenericMapping {
  if (!isTaken(value)) return GenericMapping.of(readText(value, path) as MappingName, path);
  const { read, write, execute, all } = value;
  const masks: Record<keyof GenericMappingFields, unknown> = { read, write, execute, all };
  for (const [name, mask] of Object.entries(masks)) {
    if (mask === undefined) throw argumentError(path, `\`${name}\` is missing`);
    masks[name as keyof GenericMappingFields] = readMask(mask, [...path, name]);
  }
  return GenericMapping.of(masks as Record<keyof GenericMappingFields, number>, path);
}

/** The SIDs that aliases need. @throws ArgumentError ERR_SID, ERR_ARGUMENT */
function readContext(value: unknown, path: Path): SidContext {
  if (!isTaken(value)) throw argumentError(path, `expected { domain, rootDomain, machine }, found ${kindOf(value)}`);
  const sid = (name: string): Sid | undefined => {
    if (value[name] === undefined) return undefined;
    const domain = readSid(value[name], [...path, name], undefined);
    // An account has one sub-authority more.
    if (domain.subAuthorities.length > 14)
      throw argumentError([...path, name], "a domain has at most 14 sub-authorities", "ERR_SID");
    return domain;
  };
  return { domain: sid("domain"), rootDomain: sid("rootDomain"), machine: sid("machine") };
}

/**
 * The context of a request, needed before its turn: a fault in it is kept until the members that stand before it were
 * read, unless one of those failed for want of it.
 */
export class RequestContext {
  readonly sids: SidContext | undefined;
  readonly #fault: unknown;

  constructor(request: Taken) {
    try {
      this.sids = optional(request, "context", readContext);
    } catch (error) {
      this.#fault = error;
    }
  }

  /** `read` on a member that stands before `context`. */
  before<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      const wantsContext = this.#fault !== undefined && (error as { code?: unknown })?.code === "ERR_SDDL_ALIAS";
      throw wantsContext ? this.#fault : error;
    }
  }

  /** The turn of `context` itself. */
  check(): void {
    if (this.#fault !== undefined) throw this.#fault;
  }
}

/** @throws as AccessToken.create */
export function readToken(value: unknown, path: Path, context: SidContext | undefined): AccessToken {
  return within(path, () => AccessToken.create(value as TokenInput, context));
}

/** SDDL text, `{ sddl }`, `{ hex }` or `{ base64 }`. @throws SddlError, FormatError, ArgumentError ERR_ARGUMENT */
export function readDescriptor(value: unknown, path: Path, context: SidContext | undefined): SecurityDescriptor {
  if (typeof value === "string") return SecurityDescriptor.parse(value, { context });
  if (!isTaken(value)) throw argumentError(path, `expected SDDL, { hex } or { base64 }, found ${kindOf(value)}`);
  if (Object.keys(value).length !== 1)
    throw argumentError(path, "a descriptor is given once: as `sddl`, `hex` or `base64`");
  if (value.sddl !== undefined) {
    return within([...path, "sddl"], () => SecurityDescriptor.parse(readText(value.sddl, []), { context }));
  }
  return SecurityDescriptor.fromBytes(readBytes(value, path, SD_MAX_SIZE));
}

/**
 * The bytes of `hex` or `base64`, whichever `holder` has; the length is looked at first.
 *
 * @throws FormatError ERR_LIMIT beyond `limit`; ArgumentError ERR_ARGUMENT
 */
export function readBytes(holder: Taken, path: Path, limit: number): Uint8Array {
  const name = holder.hex !== undefined ? "hex" : "base64";
  const text = readText(holder[name], [...path, name]);
  const least = name === "hex" ? Math.floor(text.length / 2) : Math.floor(text.length / 4) * 3 - 2;
  if (least > limit) throw new FormatError("ERR_LIMIT", limit, `at most ${limit} bytes are read`);
  const bytes = name === "hex" ? fromHex(text) : fromBase64(text);
  if (bytes === null) {
    throw argumentError(
      [...path, name],
      name === "hex" ? "expected pairs of hexadecimal digits" : "expected base64, padded",
    );
  }
  return bytes;
}

function fromBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const binary = atob(text);
  return Uint8Array.from(binary, (unit) => unit.charCodeAt(0));
}
