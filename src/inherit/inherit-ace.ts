/**
 * What becomes of one ACE when an object is made: the parent's, and the creator's own. formats.md 9; [MS-DTYP] 2.5.3.4
 *
 *   parent's ACE    leaf child                      container child
 *   OI              effective, no inherit flags     OI IO (with NP: nothing)
 *   CI              –                               effective, keeps CI (with NP: no inherit flags)
 *   OI CI           effective, no inherit flags     effective, keeps both (with NP: no inherit flags)
 *
 * Knows one ACE at a time. Does not know ACLs, control bits, or why an ACE is inherited.
 */
import { GENERIC_BITS } from "../../assembly/shared/access-mask.js";
import {
  ACCESS_ALLOWED_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACCESS_DENIED_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_DENIED_OBJECT_ACE_TYPE,
  ACE_INHERITED_OBJECT_TYPE_PRESENT,
  CONTAINER_INHERIT_ACE,
  INHERIT_ONLY_ACE,
  INHERITED_ACE,
  LAST_KNOWN_ACE_TYPE,
  NO_PROPAGATE_INHERIT_ACE,
  OBJECT_INHERIT_ACE,
  SYSTEM_ALARM_ACE_TYPE,
  SYSTEM_ALARM_CALLBACK_ACE_TYPE,
  SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE,
  SYSTEM_ALARM_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_OBJECT_ACE_TYPE,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE,
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import { Ace } from "../ace.js";
import type { GenericMapping } from "../generic-mapping.js";
import { Sid } from "../sid.js";

const CREATOR_OWNER: Sid = /* @__PURE__ */ Sid.of(3, [0]);
const CREATOR_GROUP: Sid = /* @__PURE__ */ Sid.of(3, [1]);

const PASSED_ON = OBJECT_INHERIT_ACE | CONTAINER_INHERIT_ACE;
const INHERITANCE = PASSED_ON | NO_PROPAGATE_INHERIT_ACE | INHERIT_ONLY_ACE | INHERITED_ACE;

/** The object that ACEs come to. */
export interface Heir {
  readonly container: boolean;
  /** GUIDs in lower case. */
  readonly objectTypes: ReadonlySet<string>;
  /** Who stands for CREATOR OWNER; null leaves it as it is. */
  readonly owner: Sid | null;
  /** Who stands for CREATOR GROUP; null leaves it as it is. */
  readonly group: Sid | null;
  readonly mapping: GenericMapping;
}

/** Appends to `given` what the parent's `ace` gives `heir`: nothing, one ACE, or the two of a split. */
export function inheritAce(ace: Ace, heir: Heir, markInherited: boolean, given: Ace[]): void {
  if ((ace.flags & PASSED_ON) === 0) return;
  const kept = (ace.flags & ~INHERITANCE) | (markInherited ? INHERITED_ACE : 0);
  const onward = passedOn(ace, heir);
  const meant = ace.inheritedObjectType === null || heir.objectTypes.has(ace.inheritedObjectType);
  const reaches = (ace.flags & (heir.container ? CONTAINER_INHERIT_ACE : OBJECT_INHERIT_ACE)) !== 0;
  if (meant && reaches) takeEffect(ace, heir, onward, kept, given);
  else if (onward !== 0) given.push(withFlags(ace, kept | onward | INHERIT_ONLY_ACE));
}

/** Appends the creator's own `ace`, mapped, with the creator's SIDs replaced, and split where that is needed. */
export function resolveExplicitAce(ace: Ace, heir: Heir, given: Ace[]): void {
  if (ace.isInheritOnly || !needsResolving(ace, heir)) given.push(ace);
  else if ((ace.flags & PASSED_ON) === 0) given.push(resolved(ace, ace.flags, heir));
  else takeEffect(ace, heir, passedOn(ace, heir), ace.flags & ~INHERITANCE, given);
}

/** `ace` with its generic bits mapped in place, if it is effective. */
export function mapExplicitAce(ace: Ace, mapping: GenericMapping): Ace {
  return ace.isInheritOnly || !hasGenericBits(ace) ? ace : Ace.trusted({ ...ace, mask: mapped(ace, mapping) });
}

/** The flags under which `ace` goes on to the children of `heir`. */
function passedOn(ace: Ace, heir: Heir): number {
  return heir.container && (ace.flags & NO_PROPAGATE_INHERIT_ACE) === 0 ? ace.flags & PASSED_ON : 0;
}

/** `ace` is effective here, and goes on under the flags `onward`. */
function takeEffect(ace: Ace, heir: Heir, onward: number, kept: number, given: Ace[]): void {
  if (onward !== 0 && !needsResolving(ace, heir)) {
    given.push(withFlags(ace, kept | onward));
    return;
  }
  given.push(resolved(ended(ace), kept, heir));
  if (onward !== 0) given.push(withFlags(ace, kept | onward | INHERIT_ONLY_ACE));
}

function withFlags(ace: Ace, flags: number): Ace {
  return ace.flags === flags ? ace : Ace.trusted({ ...ace, flags });
}

/** `ace` where it is inherited no further: the type of object to inherit it means nothing any more. */
function ended(ace: Ace): Ace {
  if (ace.inheritedObjectType === null) return ace;
  const objectFlags = ace.objectFlags & ~ACE_INHERITED_OBJECT_TYPE_PRESENT;
  const type = ace.objectType === null ? (plainTypes.get(ace.type) ?? ace.type) : ace.type;
  return Ace.trusted({ ...ace, type, objectFlags, inheritedObjectType: null });
}

const plainTypes: ReadonlyMap<number, number> = /* @__PURE__ */ new Map<number, number>([
  [ACCESS_ALLOWED_OBJECT_ACE_TYPE, ACCESS_ALLOWED_ACE_TYPE],
  [ACCESS_DENIED_OBJECT_ACE_TYPE, ACCESS_DENIED_ACE_TYPE],
  [SYSTEM_AUDIT_OBJECT_ACE_TYPE, SYSTEM_AUDIT_ACE_TYPE],
  [SYSTEM_ALARM_OBJECT_ACE_TYPE, SYSTEM_ALARM_ACE_TYPE],
  [ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE, ACCESS_ALLOWED_CALLBACK_ACE_TYPE],
  [ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE, ACCESS_DENIED_CALLBACK_ACE_TYPE],
  [SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE, SYSTEM_AUDIT_CALLBACK_ACE_TYPE],
  [SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE, SYSTEM_ALARM_CALLBACK_ACE_TYPE],
]);

/** Whether `ace`, effective on `heir`, says something else there than what it hands on. */
function needsResolving(ace: Ace, heir: Heir): boolean {
  return hasGenericBits(ace) || standIn(ace.sid, heir) !== ace.sid;
}

function resolved(ace: Ace, flags: number, heir: Heir): Ace {
  return Ace.trusted({ ...ace, flags, mask: mapped(ace, heir.mapping), sid: standIn(ace.sid, heir) });
}

function standIn(sid: Sid | null, heir: Heir): Sid | null {
  if (sid === null) return null;
  if (heir.owner !== null && sid.equals(CREATOR_OWNER)) return heir.owner;
  if (heir.group !== null && sid.equals(CREATOR_GROUP)) return heir.group;
  return sid;
}

function hasGenericBits(ace: Ace): boolean {
  return (ace.mask & GENERIC_BITS) !== 0 && hasAccessMask(ace.type);
}

/** A mask without generic bits is untouched, whatever else it holds. [KTest] */
function mapped(ace: Ace, mapping: GenericMapping): number {
  return hasGenericBits(ace) ? (mapping.map(ace.mask) & mapping.all) >>> 0 : ace.mask;
}

/** The masks of labels, attributes and policies hold no rights. */
function hasAccessMask(type: number): boolean {
  return (
    type <= LAST_KNOWN_ACE_TYPE &&
    type !== SYSTEM_MANDATORY_LABEL_ACE_TYPE &&
    type !== SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE &&
    type !== SYSTEM_SCOPED_POLICY_ID_ACE_TYPE
  );
}
