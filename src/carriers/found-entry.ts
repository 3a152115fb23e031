/**
 * A descriptor that a carrier holds, before it is read: SDDL or bytes, with a name and a place.
 *
 * The one place where carried text becomes a document, and where its faults are led back to where they stood.
 */
import { FormatError, isSallyportError, SddlError } from "../errors.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import type { SidContext } from "../well-known-sids.js";
import type { BytesInText } from "./bytes-in-text.js";
import { CarrierFault, type CarrierName } from "./carrier-error.js";
import type { GatheredText } from "./gathered-text.js";

export interface FoundEntry {
  readonly name: string | null;
  readonly content: GatheredText | BytesInText;
}

/** Most descriptors in one input. */
const MAX_ENTRIES = 65536;

/** Adds what was found. @throws CarrierFault ERR_LIMIT, at the entry that is too many */
export function addFound<Entry extends FoundEntry>(found: Entry[], entry: Entry, carrier: CarrierName): void {
  if (found.length === MAX_ENTRIES) {
    const at = entry.content.positionOf(0);
    throw new CarrierFault("ERR_LIMIT", at, `expected at most ${MAX_ENTRIES} descriptors`, { carrier });
  }
  found.push(entry);
}

/** @throws CarrierFault with the code of the SDDL or the bytes, at the unit of the input that is at fault */
export function readEntry(
  entry: FoundEntry,
  carrier: CarrierName,
  context: SidContext | undefined,
): SecurityDescriptor {
  const { content, name } = entry;
  // The empty text is SDDL, of a descriptor that grants everything: nobody who carries one leaves it out.
  if ("text" in content && content.text === "") {
    throw new CarrierFault("ERR_ARGUMENT", content.positionOf(0), "expected SDDL", { carrier, entry: name });
  }
  try {
    return "bytes" in content
      ? SecurityDescriptor.fromBytes(content.bytes)
      : SecurityDescriptor.parse(content.text, { context });
  } catch (error) {
    if (!isSallyportError(error)) throw error;
    const offset = error instanceof SddlError ? error.position : error instanceof FormatError ? error.offset : 0;
    throw new CarrierFault(error.code, content.positionOf(offset), error.message, {
      carrier,
      entry: name,
      cause: error,
    });
  }
}
