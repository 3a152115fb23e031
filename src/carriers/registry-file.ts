/**
 * .reg files and parts of them: `"name"=hex:…` and `hex(3):…`, with lines continued by `\`.
 *
 * Knows the file format, and by their first bytes which values can be descriptors. Does not read them.
 */
import { type BytesInText, bytesOfHex } from "./bytes-in-text.js";
import { CarrierFault } from "./carrier-error.js";
import { addFound, type FoundEntry } from "./found-entry.js";
import { type Line, linesOf, trimmed } from "./gathered-text.js";

const HEADER = /^\s{0,64}(?:Windows Registry Editor Version 5\.00|REGEDIT4)/;
const KEY = /^\s*\[(.*)\]\s*$/;
const BINARY = /^\s*(?:("(?:[^"\\]|\\.)*"|@)\s*=\s*)?hex(?:\(3\))?:/i;

/** Revision 1, and SE_SELF_RELATIVE among the control bits. */
const SMALLEST = 20;
const REVISION = 1;
const SELF_RELATIVE_HIGH = 0x80;

/**
 * The values of a .reg text that begin like a self-relative descriptor; other values are passed over, unless there is
 * only one. null when the text is none.
 */
export function findInRegistryFile(text: string): FoundEntry[] | null {
  if (!/hex|regedit4|registry editor/i.test(text)) return null;
  let key = "";
  let isRegistry = HEADER.test(text);
  const found: { readonly name: string | null; readonly content: BytesInText }[] = [];
  let open: { readonly name: string | null; readonly pieces: Line[] } | null = null;
  for (const line of linesOf(text)) {
    if (open === null) {
      const start = BINARY.exec(line.text);
      if (start === null) {
        const [, named] = KEY.exec(line.text) ?? [];
        if (named !== undefined) key = named;
        continue;
      }
      isRegistry = true;
      open = { name: nameOf(key, start[1]), pieces: [] };
      open.pieces.push(trimmed(line, start[0].length));
    } else {
      open.pieces.push(trimmed(line));
    }
    const last = open.pieces[open.pieces.length - 1];
    if (last.text.endsWith("\\")) {
      open.pieces[open.pieces.length - 1] = { text: last.text.slice(0, -1), at: last.at };
      continue;
    }
    addFound(found, { name: open.name, content: bytesOfHex(open.pieces, "reg", open.name) }, "reg");
    open = null;
  }
  if (!isRegistry) return null;
  if (open !== null) {
    throw new CarrierFault("ERR_ARGUMENT", text.length, "expected the rest of a value behind the last \\", {
      carrier: "reg",
      entry: open.name,
    });
  }
  if (found.length === 1) return found;
  const descriptors = found.filter(({ content }) => looksLikeDescriptor(content.bytes));
  if (descriptors.length > 0) return descriptors;
  throw new CarrierFault("ERR_ARGUMENT", 0, "expected a binary value that holds a self-relative descriptor", {
    carrier: "reg",
  });
}

function looksLikeDescriptor(bytes: Uint8Array): boolean {
  return bytes.length >= SMALLEST && bytes[0] === REVISION && (bytes[3] & SELF_RELATIVE_HIGH) !== 0;
}

/** Key and value name; the key alone for its default value; null for a bare `hex:`. */
function nameOf(key: string, written: string | undefined): string | null {
  if (written === undefined) return null;
  if (written === "@") return key;
  const value = written.slice(1, -1).replace(/\\(.)/g, "$1");
  return key === "" ? value : `${key}\\${value}`;
}
