/**
 * What Get-Acl prints as a list: the `Sddl` property, over several indented lines, under its `Path`.
 *
 * AccessToString, and the Access lines it is made of, are no descriptor: they name accounts, round rights to names and
 * say nothing of inheritance. They are refused, and the message says so.
 */
import { CarrierFault } from "./carrier-error.js";
import { addFound, type FoundEntry } from "./found-entry.js";
import { type Line, linesOf, trimmed } from "./gathered-text.js";
import { joinWrapped } from "./wrapped-sddl.js";

const SDDL = /^[ \t]*Sddl[ \t]*:[ \t]?/i;
const PATH = /^[ \t]*(?:PS)?Path[ \t]*:[ \t]?/i;
const PROPERTY = /^[ \t]*[A-Za-z]\w*[ \t]*:(?: |$)/;
const ACCESS_PROPERTY = /^[ \t]*AccessToString[ \t]*:/i;
const ACCESS_LINE = /\S[ \t]+(?:Allow|Deny)[ \t]{2,}\S/;
const INDENTED = /^[ \t]/;

const NO_DESCRIPTOR =
  "AccessToString is no descriptor: it has names for SIDs, rounded rights, and neither inheritance nor owner. Take the Sddl property: (Get-Acl …).Sddl";

/** The `Sddl` properties of the text; null when it looks like nothing that Get-Acl prints. */
export function findInPropertyList(text: string): FoundEntry[] | null {
  if (!/sddl|access|allow|deny/i.test(text)) return null;
  const found: FoundEntry[] = [];
  let name: string | null = null;
  let access: number | null = null;
  let open: { readonly name: string | null; readonly pieces: Line[] } | null = null;
  let path: string[] | null = null;
  const close = (): void => {
    if (open !== null) {
      const content = joinWrapped(open.pieces, "get-acl", open.name);
      addFound(found, { name: open.name, content }, "get-acl");
    }
    open = null;
    if (path !== null) name = nameOf(path.join(""));
    path = null;
  };
  for (const line of linesOf(text)) {
    const sddl = SDDL.exec(line.text);
    const named = PATH.exec(line.text);
    if (sddl !== null) {
      close();
      open = { name, pieces: [trimmed(line, sddl[0].length)] };
      name = null;
    } else if (named !== null) {
      close();
      path = name === null ? [line.text.slice(named[0].length).trimEnd()] : null;
    } else if (line.text.trim() === "") {
      close();
    } else if (INDENTED.test(line.text) && (open !== null || path !== null)) {
      (open as { pieces: Line[] } | null)?.pieces.push(trimmed(line));
      path?.push(line.text.trim());
    } else {
      if (open !== null && !PROPERTY.test(line.text)) {
        const message = "expected the rest of the SDDL, indented, or another property";
        throw new CarrierFault("ERR_ARGUMENT", line.at, message, { carrier: "get-acl", entry: open.name });
      }
      close();
      if (access === null && (ACCESS_PROPERTY.test(line.text) || ACCESS_LINE.test(line.text))) access = line.at;
    }
  }
  close();
  if (found.length > 0) return found;
  if (access !== null) throw new CarrierFault("ERR_ARGUMENT", access, NO_DESCRIPTOR, { carrier: "get-acl" });
  return null;
}

/** `Microsoft.PowerShell.Core\FileSystem::C:\temp` is `C:\temp`. */
function nameOf(path: string): string {
  const provider = path.indexOf("::");
  return provider < 0 ? path : path.slice(provider + 2);
}
