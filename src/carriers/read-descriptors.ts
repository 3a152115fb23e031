/**
 * Whatever somebody pasted or saved, to the descriptors in it: one function that recognises the carrier.
 *
 * Time and memory are bounded by the size of the input, which is limited. Knows the order in which carriers are tried.
 */
import { copyBytes } from "../binary/byte-input.js";
import { ArgumentError, isSallyportError } from "../errors.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import type { SidContext } from "../well-known-sids.js";
import { bytesOfBase64, bytesOfHex, looksLikeBase64, looksLikeHex } from "./bytes-in-text.js";
import { CarrierError, CarrierFault, type CarrierName, carrierNames } from "./carrier-error.js";
import { findInDirectoryExport } from "./directory-export.js";
import { type FoundEntry, readEntry } from "./found-entry.js";
import { type DecodedText, decodeText } from "./input-text.js";
import { findInPropertyList } from "./property-list.js";
import { findInRegistryFile } from "./registry-file.js";
import { findAfterCommands, findInSavedLists, findSddl, sddlAsItStands } from "./tool-output.js";

/** A descriptor with the name its carrier gave it: a path, a DN, a service, a registry value. */
export interface CarriedDescriptor {
  readonly name: string | null;
  readonly descriptor: SecurityDescriptor;
}

export interface CarriedDescriptors {
  readonly carrier: CarrierName;
  /** At least one, in the order of the input. */
  readonly entries: readonly CarriedDescriptor[];
}

/** Most UTF-16 units of a text, and bytes of a file. */
const MAX_UNITS = 0x800000;
const MAX_BYTES = 0x1000000;

/**
 * The descriptors in a text or a file: self-relative bytes; .reg files; LDIF; the list that Get-Acl prints; hexadecimal
 * and base64 with blanks; `sc sdshow`; `icacls /save`; SDDL. Bytes are UTF-16LE or UTF-8 text unless they are a
 * descriptor themselves. `context` gives the SIDs for aliases that need one.
 *
 * Every descriptor is read, or none. AccessToString is refused. At most 8 Mi units (16 MiB) and 65,536 descriptors.
 *
 * @throws CarrierError with ERR_ARGUMENT, ERR_LIMIT or the code of the SDDL or bytes inside, with the place in the input
 *   and what was tried; ArgumentError ERR_ARGUMENT for an input that is neither text nor bytes.
 */
export function readDescriptors(input: string | Uint8Array, context?: SidContext): CarriedDescriptors {
  if (typeof input === "string") {
    if (input.length > MAX_UNITS) throw tooLong(MAX_UNITS, "UTF-16 units");
    const mark = input.startsWith("\ufeff") ? 1 : 0;
    return readText({ text: input.slice(mark), positionOf: (at) => at + mark }, context);
  }
  const bytes = copyInput(input);
  if (bytes[0] === 1) return readBytes(bytes);
  const decoded = decodeText(bytes);
  if (decoded === null) {
    const fault = new CarrierFault(
      "ERR_ARGUMENT",
      0,
      `neither a descriptor nor UTF-16LE or UTF-8 text${tried(["bytes"])}`,
      {
        carrier: null,
      },
    );
    throw new CarrierError(fault.code, fault, 0, ["bytes"]);
  }
  return readText(decoded, context);
}

function copyInput(input: unknown): Uint8Array {
  try {
    return copyBytes(input, MAX_BYTES, ["input"]);
  } catch (error) {
    if (error instanceof ArgumentError) throw new ArgumentError(error.code, ["input"], "expected text or a Uint8Array");
    throw tooLong(MAX_BYTES, "bytes");
  }
}

function tooLong(limit: number, what: string): CarrierError {
  const fault = new CarrierFault("ERR_LIMIT", limit, `expected at most ${limit} ${what}`, { carrier: null });
  return new CarrierError(fault.code, fault, limit, []);
}

function readBytes(bytes: Uint8Array): CarriedDescriptors {
  try {
    return { carrier: "bytes", entries: [{ name: null, descriptor: SecurityDescriptor.fromBytes(bytes) }] };
  } catch (error) {
    if (!isSallyportError(error)) throw error;
    const at = "offset" in error ? error.offset : 0;
    const fault = new CarrierFault(error.code, at, error.message, { carrier: "bytes", cause: error });
    throw new CarrierError(error.code, fault, at, ["bytes"]);
  }
}

interface Recognised {
  readonly carrier: CarrierName;
  readonly entries: readonly FoundEntry[];
}

function readText(source: DecodedText, context: SidContext | undefined): CarriedDescriptors {
  const seen: CarrierName[] = [];
  try {
    const { carrier, entries } = recognise(source.text, context, seen);
    return {
      carrier,
      entries: entries.map((entry) => ({ name: entry.name, descriptor: readEntry(entry, carrier, context) })),
    };
  } catch (error) {
    if (!(error instanceof CarrierFault)) throw error;
    throw new CarrierError(error.code, error, source.positionOf(error.at), seen);
  }
}

/** Tries each carrier in the order of `carrierNames`, writing down in `seen` which. */
function recognise(text: string, context: SidContext | undefined, seen: CarrierName[]): Recognised {
  const wholeText = [{ text, at: 0 }];
  const finders: Readonly<Record<Exclude<CarrierName, "bytes">, () => readonly FoundEntry[] | null>> = {
    reg: () => findInRegistryFile(text),
    ldif: () => findInDirectoryExport(text),
    "get-acl": () => findInPropertyList(text),
    hex: () => (looksLikeHex(text) ? [{ name: null, content: bytesOfHex(wholeText, "hex", null) }] : null),
    base64: () => (looksLikeBase64(text) ? [{ name: null, content: bytesOfBase64(wholeText, "base64", null) }] : null),
    "sc-sdshow": () => findAfterCommands(text),
    icacls: () => findInSavedLists(text),
    sddl: () => findAlone(text, context),
  };
  for (const carrier of carrierNames) {
    if (carrier === "bytes") continue;
    seen.push(carrier);
    const entries = finders[carrier]();
    if (entries !== null) return { carrier, entries };
  }
  throw new CarrierFault("ERR_ARGUMENT", 0, `expected a security descriptor${tried(seen)}`, { carrier: null });
}

function tried(seen: readonly CarrierName[]): string {
  return `; tried ${seen.join(", ")}`;
}

/** As it stands when it can be read so, else with its lines put together. */
function findAlone(text: string, context: SidContext | undefined): FoundEntry[] | null {
  const asItStands = sddlAsItStands(text);
  if (/[\r\n]/.test(text.trim())) {
    try {
      readEntry(asItStands, "sddl", context);
      return [asItStands];
    } catch (error) {
      if (!(error instanceof CarrierFault)) throw error;
    }
  }
  const joined = findSddl(text);
  return joined === null ? null : [joined];
}
