/**
 * Privileges as a caller gives them: a name, `{ name, attributes }` or `{ luid: "0-40", attributes }`. tokens.md 1.1, 1.3
 *
 * Does not know which privilege does what.
 */

import { SE_PRIVILEGE_ENABLED, SE_PRIVILEGE_ENABLED_BY_DEFAULT } from "../assembly/shared/token.js";
import { ArgumentError, type ErrorCode } from "./errors.js";
import { privilegeAttributeNames, readFlagWord } from "./flag-word.js";
import { flagWord, isTaken, leaf, objectOf, type Path, type Shape } from "./member-shape.js";
import { formatLuid, type Privilege, parseLuid, privilegeLuid, privilegeName } from "./privilege.js";
import { kindOf } from "./sid-input.js";

export const privilegeShape: Shape = /* @__PURE__ */ objectOf({ name: leaf, luid: leaf, attributes: flagWord });

const ENABLED = SE_PRIVILEGE_ENABLED | SE_PRIVILEGE_ENABLED_BY_DEFAULT;

/**
 * Without `attributes` a privilege is enabled, as one given by name alone is.
 *
 * @param wrong the code of what is no privilege
 */
export function readPrivilege(value: unknown, path: Path, wrong: ErrorCode): Privilege {
  if (typeof value === "string") return Object.freeze({ luid: luidOfName(value, path, wrong), attributes: ENABLED });
  if (!isTaken(value)) throw new ArgumentError(wrong, path, `expected a privilege, found ${kindOf(value)}`);
  if ((value.name === undefined) === (value.luid === undefined)) {
    throw new ArgumentError(wrong, path, "a privilege has either `name` or `luid`");
  }
  const luid =
    value.name === undefined
      ? luidOfText(value.luid, [...path, "luid"], wrong)
      : luidOfName(value.name, [...path, "name"], wrong);
  const attributes = value.attributes === undefined ? ENABLED : readFlagWord(value.attributes, privilegeAttributeNames);
  if (attributes === null) {
    throw new ArgumentError(wrong, [...path, "attributes"], "expected a number 0…4294967295 or attribute names");
  }
  return Object.freeze({ luid, attributes });
}

function luidOfName(name: unknown, path: Path, wrong: ErrorCode): bigint {
  const luid = typeof name === "string" ? privilegeLuid(name) : undefined;
  if (luid === undefined) throw new ArgumentError(wrong, path, "expected a privilege name (Se…Privilege, exact case)");
  return luid;
}

/** high-low, hexadecimal, up to 8 digits each */
function luidOfText(text: unknown, path: Path, wrong: ErrorCode): bigint {
  const luid = typeof text === "string" ? parseLuid(text) : undefined;
  if (luid === undefined)
    throw new ArgumentError(wrong, path, 'expected a LUID as high-low in hexadecimal, such as "0-40"');
  return luid;
}

/** The way answers name a privilege. */
export function privilegeAnswer({ luid, attributes }: Privilege): PrivilegeAnswer {
  const name = privilegeName(luid);
  return name !== undefined ? { name, attributes } : { luid: formatLuid(luid), attributes };
}

export type PrivilegeAnswer =
  | { readonly name: string; readonly attributes: number }
  | { readonly luid: string; readonly attributes: number };
