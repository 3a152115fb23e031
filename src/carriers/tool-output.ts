/**
 * What command-line tools print and save: `sc sdshow`, `icacls /save`, and SDDL alone.
 *
 * Tells lines of SDDL from names and prompts by their beginning. Does not read them.
 */
import { CarrierFault } from "./carrier-error.js";
import { addFound, type FoundEntry } from "./found-entry.js";
import { GatheredText, type Line, linesOf, trimmed } from "./gathered-text.js";
import { joinWrapped } from "./wrapped-sddl.js";

const COMMAND = /\bsc(?:\.exe)?"?[ \t]+(?:\\\\\S+[ \t]+)?sdshow[ \t]+("[^"]*"|\S+)/i;
const PROMPT = /^[ \t]*(?:PS[ \t]+)?[A-Za-z]:[\\/][^>]*>/;
/** A section, and no drive letter. */
const SECTION = /^[ \t]*[OGDS]:(?![\\/])/;

/** `sc sdshow NAME` with the commands before their output; null when there is no such command in it. */
export function findAfterCommands(text: string): FoundEntry[] | null {
  if (!/sdshow/i.test(text)) return null;
  const found: FoundEntry[] = [];
  let name: string | null = null;
  let pieces: Line[] = [];
  const close = (): void => {
    if (name !== null) addFound(found, { name, content: joinWrapped(pieces, "sc-sdshow", name) }, "sc-sdshow");
    name = null;
    pieces = [];
  };
  for (const line of linesOf(text)) {
    const command = COMMAND.exec(line.text);
    if (command !== null) {
      close();
      name = command[1].replace(/^"(.*)"$/, "$1");
    } else if (PROMPT.test(line.text)) {
      close();
    } else if (name !== null && line.text.trim() !== "") {
      pieces.push(trimmed(line));
    }
  }
  close();
  return found.length === 0 ? null : found;
}

/** A file of `icacls /save`: a line with the name, a line with its SDDL, and so on; null when it does not begin so. */
export function findInSavedLists(text: string): FoundEntry[] | null {
  const found: FoundEntry[] = [];
  let name: Line | null = null;
  let blanks: Line | null = null;
  for (const line of linesOf(text)) {
    const isSddl = SECTION.test(line.text);
    if (name === null && line.text.trim() === "") {
      // A blank line is a name only when SDDL follows: the root of a volume has none.
      blanks = line;
    } else if (name === null && !(isSddl && blanks !== null && found.length > 0)) {
      if (isSddl) return refuse(found, line.at, "expected the name of a file before its SDDL");
      name = line;
      blanks = null;
    } else if (isSddl) {
      addFound(found, { name: name?.text ?? "", content: new GatheredText([trimmed(line)]) }, "icacls");
      name = null;
      blanks = null;
    } else {
      return refuse(found, line.at, "expected SDDL below the name of a file");
    }
  }
  if (name !== null) return refuse(found, text.length, "expected SDDL below the name of a file");
  return found.length === 0 ? null : found;
}

/** The first pair decides whether it is such a file; afterwards a line out of place is a fault. */
function refuse(found: readonly FoundEntry[], at: number, message: string): null {
  if (found.length === 0) return null;
  throw new CarrierFault("ERR_ARGUMENT", at, message, { carrier: "icacls", entry: found[found.length - 1].name });
}

/** SDDL alone, in one line or broken into several; null when no section begins it. */
export function findSddl(text: string): FoundEntry | null {
  const pieces: Line[] = [];
  for (const line of linesOf(text)) {
    if (line.text.trim() === "") continue;
    if (pieces.length === 0 && !SECTION.test(line.text)) return null;
    pieces.push(trimmed(line));
  }
  if (pieces.length === 0) return null;
  return { name: null, content: joinWrapped(pieces, "sddl", null) };
}

/** SDDL as it stands: line ends inside conditions are blanks of its own. */
export function sddlAsItStands(text: string): FoundEntry {
  return { name: null, content: new GatheredText([trimmed({ text, at: 0 })]) };
}
