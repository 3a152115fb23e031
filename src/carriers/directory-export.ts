/**
 * LDIF: `nTSecurityDescriptor:: <base64>` in folded lines, under the `dn:` of its record. RFC 2849
 *
 * Reads names and finds values. Other attributes are passed over.
 */
import { bytesFromBase64 } from "../binary/text-encoding.js";
import { bytesOfBase64 } from "./bytes-in-text.js";
import { CarrierFault } from "./carrier-error.js";
import { addFound, type FoundEntry } from "./found-entry.js";
import { type Line, linesOf, trimmed } from "./gathered-text.js";

const DESCRIPTOR = /^nTSecurityDescriptor(?:;[A-Za-z0-9;-]*)?::/i;
const NAME = /^dn:(:?)/i;

/** The descriptors of an LDIF text; null when it names none. */
export function findInDirectoryExport(text: string): FoundEntry[] | null {
  if (!/ntsecuritydescriptor/i.test(text)) return null;
  const found: FoundEntry[] = [];
  let name: string | null = null;
  for (const pieces of unfolded(text)) {
    const [first] = pieces;
    const start = DESCRIPTOR.exec(first.text);
    if (start !== null) {
      const value = [trimmed(first, start[0].length), ...pieces.slice(1)];
      addFound(found, { name, content: bytesOfBase64(value, "ldif", name) }, "ldif");
    } else if (first.text === "") {
      name = null;
    } else {
      const named = NAME.exec(first.text);
      if (named !== null) name = readName(pieces, named[0].length, named[1] !== "");
    }
  }
  return found.length === 0 ? null : found;
}

/** Logical lines: a physical line that begins with a blank goes on with the one before it. */
function* unfolded(text: string): Generator<Line[], void, undefined> {
  let open: Line[] = [];
  for (const line of linesOf(text)) {
    if (line.text.startsWith(" ") && open.length > 0) {
      open.push({ text: line.text.slice(1), at: line.at + 1 });
    } else {
      if (open.length > 0) yield open;
      open = [line];
    }
  }
  if (open.length > 0) yield open;
}

function readName(pieces: readonly Line[], from: number, isBase64: boolean): string {
  const value = pieces
    .map(({ text }, index) => (index === 0 ? text.slice(from) : text))
    .join("")
    .trim();
  if (!isBase64) return value;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytesFromBase64(value));
  } catch (cause) {
    const message = "expected the name of the entry as UTF-8 in base64";
    throw new CarrierFault("ERR_ARGUMENT", pieces[0].at + from, message, { carrier: "ldif", cause });
  }
}
