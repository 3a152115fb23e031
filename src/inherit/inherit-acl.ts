/**
 * What becomes of one ACL when an object is made. formats.md 9, rules 1 to 3; [MS-DTYP] 2.5.3.4.2
 *
 * Order is explicit, then inherited, each as found; nothing is sorted. Does not know descriptors: DACL and SACL come
 * here alike.
 */
import {
  ACL_HEADER_SIZE,
  ACL_MAX_SIZE,
  INHERITED_ACE,
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE,
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import { Ace } from "../ace.js";
import { Acl } from "../acl.js";
import { aceSize } from "../binary/ace-encode.js";
import { FormatError } from "../errors.js";
import { type Heir, inheritAce, mapExplicitAce, resolveExplicitAce } from "./inherit-ace.js";

/** An ACL as a descriptor holds it: `acl` null and present is a NULL ACL. */
export interface AclSlot {
  readonly present: boolean;
  readonly acl: Acl | null;
}

export const ABSENT: AclSlot = /* @__PURE__ */ Object.freeze({ present: false, acl: null });

/** What decides one ACL of a new object. */
export interface AclMaking {
  readonly parent: Acl | null;
  readonly creator: AclSlot;
  /** The creator's PROTECTED bit. */
  readonly isProtected: boolean;
  /** The creator's DEFAULTED bit. */
  readonly isDefaulted: boolean;
  /** SEF_DEFAULT_DESCRIPTOR_FOR_OBJECT */
  readonly isDefaultForObject: boolean;
  /** SEF_DACL_AUTO_INHERIT, SEF_SACL_AUTO_INHERIT */
  readonly autoInherit: boolean;
  /** Taken when neither creator nor parent give any. */
  readonly fallback: AclSlot;
  /** A label in place of the creator's. */
  readonly label: Ace | null;
}

/** The ACL of the new object. @throws FormatError ERR_LIMIT when it would be larger than an ACL can be */
export function makeAcl(making: AclMaking, heir: Heir): AclSlot {
  const { label } = making;
  const { present, aces } = chosenAces(making, heir);
  if (label === null) return { present, acl: aces === null ? null : boundedAcl([...aces.explicit, ...aces.inherited]) };
  const explicit = aces?.explicit.filter((ace) => ace.type !== label.type) ?? [];
  return { present: true, acl: boundedAcl([...explicit, label, ...(aces?.inherited ?? [])]) };
}

/** An ACL by where its ACEs come from; `aces` null and present is a NULL ACL. */
interface ChosenAces {
  readonly present: boolean;
  readonly aces: { readonly explicit: readonly Ace[]; readonly inherited: readonly Ace[] } | null;
}

function chosenAces(making: AclMaking, heir: Heir): ChosenAces {
  const { creator, isProtected, isDefaulted, isDefaultForObject, autoInherit } = making;
  const { aces: inherited, meantForType } = inheritedFrom(making.parent, heir, autoInherit);
  const fromParent: ChosenAces = { present: true, aces: { explicit: [], inherited } };
  if (!creator.present) return inherited.length > 0 ? fromParent : resolvedFallback(making.fallback, heir);
  const yields = isDefaulted || (isDefaultForObject && meantForType);
  if (yields && !isProtected && inherited.length > 0) return fromParent;
  if (creator.acl === null) return { present: true, aces: null };
  return {
    present: true,
    aces: {
      explicit: explicitAces(creator.acl, making, heir),
      inherited: !autoInherit ? [] : isProtected ? inherited.filter(passesProtection) : inherited,
    },
  };
}

function explicitAces(acl: Acl, { isProtected, autoInherit }: AclMaking, heir: Heir): readonly Ace[] {
  const own = isProtected
    ? acl.aces.map((ace) => (ace.isInherited ? Ace.trusted({ ...ace, flags: ace.flags & ~INHERITED_ACE }) : ace))
    : acl.aces.filter((ace) => !ace.isInherited);
  if (!autoInherit) return own.map((ace) => mapExplicitAce(ace, heir.mapping));
  const given: Ace[] = [];
  for (const ace of own) resolveExplicitAce(ace, heir, given);
  return given;
}

function resolvedFallback({ present, acl }: AclSlot, heir: Heir): ChosenAces {
  if (acl === null) return { present, aces: null };
  const explicit: Ace[] = [];
  for (const ace of acl.aces) resolveExplicitAce(ace, heir, explicit);
  return { present, aces: { explicit, inherited: [] } };
}

/** Attributes and policies of a resource come through to a protected ACL. */
function passesProtection(ace: Ace): boolean {
  return ace.type === SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE || ace.type === SYSTEM_SCOPED_POLICY_ID_ACE_TYPE;
}

/** What the ACEs of `parent` give `heir`, and whether one of them names a type of the heir. */
export function inheritedFrom(
  parent: Acl | null,
  heir: Heir,
  markInherited: boolean,
): { readonly aces: readonly Ace[]; readonly meantForType: boolean } {
  const aces: Ace[] = [];
  let meantForType = false;
  for (const ace of parent?.aces ?? []) {
    const before = aces.length;
    inheritAce(ace, heir, markInherited, aces);
    if (aces.length > before && ace.inheritedObjectType !== null) {
      meantForType ||= heir.objectTypes.has(ace.inheritedObjectType);
    }
  }
  return { aces, meantForType };
}

/** An ACL of these ACEs. @throws FormatError ERR_LIMIT, before anything is built, beyond 65,532 bytes */
export function boundedAcl(aces: readonly Ace[]): Acl {
  let size = ACL_HEADER_SIZE;
  for (const ace of aces) {
    size += aceSize(ace);
    if (size > ACL_MAX_SIZE) {
      throw new FormatError("ERR_LIMIT", ACL_MAX_SIZE, `inheritance makes an ACL of more than ${ACL_MAX_SIZE} bytes`);
    }
  }
  return Acl.of(aces);
}
