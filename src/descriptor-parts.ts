/**
 * What a security descriptor is made of, between text, bytes and the document. [MS-DTYP] 2.4.6
 *
 * Readers return it, writers take it. Knows no layout and no grammar.
 */
import { SE_DACL_PRESENT, SE_SACL_PRESENT } from "../assembly/shared/security-descriptor.js";
import type { Acl } from "./acl.js";
import type { Sid } from "./sid.js";

export interface DescriptorParts {
  readonly owner: Sid | null;
  readonly group: Sid | null;
  /** SE_… bits, 16 of them; SELF_RELATIVE is always set. */
  readonly control: number;
  /** The resource-manager byte; means something only with RM_CONTROL_VALID. */
  readonly sbz1: number;
  /** null with DACL_PRESENT is a NULL DACL (everything granted); null without it, no DACL at all. */
  readonly dacl: Acl | null;
  readonly sacl: Acl | null;
}

/** `absent` and `null` grant everything, `empty` grants nothing, `present` has ACEs. formats.md 3 */
export type AclState = "absent" | "null" | "empty" | "present";

/** Which of the four cases the DACL is. */
export function daclState(parts: DescriptorParts): AclState {
  return aclState(parts.dacl, (parts.control & SE_DACL_PRESENT) !== 0);
}

/** Which of the four cases the SACL is. */
export function saclState(parts: DescriptorParts): AclState {
  return aclState(parts.sacl, (parts.control & SE_SACL_PRESENT) !== 0);
}

function aclState(acl: Acl | null, isPresent: boolean): AclState {
  if (!isPresent) return "absent";
  if (acl === null) return "null";
  return acl.aces.length === 0 ? "empty" : "present";
}
