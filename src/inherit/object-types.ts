/** The types of an object, as GUIDs for InheritedObjectType to name. formats.md 9 */
import { ArgumentError } from "../errors.js";
import { canonicalGuid } from "../guid.js";
import type { Path } from "../member-shape.js";
import { readList } from "../sid-input.js";

const NONE: ReadonlySet<string> = /* @__PURE__ */ new Set<string>();

/** GUIDs in lower case; none where `value` is undefined. @throws ArgumentError ERR_ARGUMENT, ERR_LIMIT */
export function checkedObjectTypes(value: unknown, path: Path): ReadonlySet<string> {
  if (value === undefined) return NONE;
  return new Set(
    readList(value, path, "ERR_ARGUMENT", (entry, at) => {
      const guid = canonicalGuid(entry);
      if (guid === undefined) {
        throw new ArgumentError("ERR_ARGUMENT", at, "expected a GUID, 8-4-4-4-12 hexadecimal digits");
      }
      return guid;
    }),
  );
}
