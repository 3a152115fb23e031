/**
 * `filter`: what SeFilterToken or CreateRestrictedToken makes of a token. interchange.md "filter", tokens.md 2
 *
 * Reads the request and writes the answer; what filtering does, and refuses by status, is the engine's.
 */

import { FILTER_LIST_MAX } from "../../../assembly/shared/token.js";
import type { FilterOptions } from "../../filter-request.js";
import { filterFlagNames, readFlagWord } from "../../flag-word.js";
import type { Path, Taken } from "../../member-shape.js";
import { formatLuid } from "../../privilege.js";
import { readPrivilege } from "../../privilege-input.js";
import { readSidEntry } from "../../sid-input.js";
import type { PrivilegeInput } from "../../token-fields.js";
import type { SidAndAttributes } from "../../token-parts.js";
import type { SidContext } from "../../well-known-sids.js";
import { filterCalls, type InterchangeEngine } from "../engine-face.js";
import { readEntries } from "../policies.js";
import { argumentError, optional, RequestContext, readBoolean, readName, readToken, required } from "../read.js";

export function filter(request: Taken, engine: InterchangeEngine): object {
  const context = new RequestContext(request);
  const { sids } = context;
  const token = context.before(() => readToken(required(request, "token"), ["token"], sids));
  context.check();
  const options: FilterOptions = {
    flags: optional(request, "flags", readFlags),
    sidsToDisable: optional(request, "sidsToDisable", (value, path) => readSids(value, path, sids)),
    privilegesToDelete: optional(request, "privilegesToDelete", readPrivileges),
    restrictedSids: optional(request, "restrictedSids", (value, path) => readSids(value, path, sids)),
    call: optional(request, "call", (value, path) => readName(value, path, filterCalls)),
    callerIsTcb: optional(request, "callerIsTcb", readBoolean),
  };
  const { status, token: filtered } = engine.tryFilterToken(token, options);
  return { status, token: filtered ?? undefined };
}

function readFlags(value: unknown, path: Path): number {
  const flags = readFlagWord(value, filterFlagNames);
  if (flags === null) {
    throw argumentError(
      path,
      `expected a number 0…4294967295 or names among ${Object.keys(filterFlagNames).join(", ")}`,
    );
  }
  return flags;
}

/**
 * Every entry is read, but one more than Windows takes is enough for the engine to refuse the list: that is a status,
 * not wrong input, and so there is no limit here but the line's.
 */
function readRefusable<T>(value: unknown, path: Path, read: (entry: unknown, path: Path) => T): readonly T[] {
  return readEntries(value, path, Number.MAX_SAFE_INTEGER, read).slice(0, FILTER_LIST_MAX + 1);
}

function readSids(value: unknown, path: Path, context: SidContext | undefined): readonly SidAndAttributes[] {
  return readRefusable(value, path, (entry, at) => readSidEntry(entry, at, context, "ERR_ARGUMENT", 0, 0));
}

function readPrivileges(value: unknown, path: Path): readonly PrivilegeInput[] {
  return readRefusable(value, path, (entry, at) => {
    const { luid, attributes } = readPrivilege(entry, at, "ERR_ARGUMENT");
    return { luid: formatLuid(luid), attributes };
  });
}
