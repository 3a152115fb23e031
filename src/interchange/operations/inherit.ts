/**
 * `inherit`: the descriptor of a new object. interchange.md "inherit", formats.md 9
 *
 * Reads the request and writes the answer; the rules are those of src/inherit.
 */

import { OBJECT_TYPES_MAX } from "../../../assembly/shared/abi.js";
import { readFlagWord } from "../../flag-word.js";
import { canonicalGuid } from "../../guid.js";
import { toHex } from "../../hex.js";
import { inheritanceFlagNames, KNOWN_INHERITANCE_FLAGS } from "../../inherit/inheritance-flags.js";
import { createPrivateObjectSecurity } from "../../inherit/private-object-security.js";
import type { Path, Taken } from "../../member-shape.js";
import { readEntries } from "../policies.js";
import {
  argumentError,
  optional,
  RequestContext,
  readBoolean,
  readDescriptor,
  readMapping,
  readToken,
  required,
} from "../read.js";

export function inherit(request: Taken): object {
  const context = new RequestContext(request);
  const { sids } = context;
  const parent = context.before(() => orNull(request, "parent", (value, path) => readDescriptor(value, path, sids)));
  const creator = context.before(() => orNull(request, "creator", (value, path) => readDescriptor(value, path, sids)));
  const token = context.before(() => orNull(request, "token", (value, path) => readToken(value, path, sids)));
  context.check();
  const container = readBoolean(required(request, "container"), ["container"]);
  const objectTypes = optional(request, "objectTypes", readGuids);
  const flags = optional(request, "flags", readFlags);
  const mapping = readMapping(required(request, "mapping"), ["mapping"]);
  const result = createPrivateObjectSecurity({ parent, creator, token, container, objectTypes, flags, mapping });
  if (result.descriptor === null) return { status: result.status };
  return { sddl: result.descriptor.toString(sids), hex: toHex(result.descriptor.toBytes()) };
}

/** null, as an absent member is, says that there is none. */
function orNull<T>(request: Taken, name: string, read: (value: unknown, path: Path) => T): T | null {
  return request[name] === null ? null : (optional(request, name, read) ?? null);
}

function readGuids(value: unknown, path: Path): readonly string[] {
  return readEntries(value, path, OBJECT_TYPES_MAX, (entry, at) => {
    const guid = canonicalGuid(entry);
    if (guid === undefined) throw argumentError(at, "expected a GUID, 8-4-4-4-12 hexadecimal digits");
    return guid;
  });
}

function readFlags(value: unknown, path: Path): number {
  const flags = readFlagWord(value, inheritanceFlagNames);
  if (flags === null || (flags & ~KNOWN_INHERITANCE_FLAGS) !== 0) {
    throw argumentError(path, `expected flags among ${Object.keys(inheritanceFlagNames).join(", ")}, or their number`);
  }
  return flags;
}
