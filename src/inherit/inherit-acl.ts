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

/** Whose ACE became one of the new object: its parent's, its creator's, the token's default, or a label of MACL flags. */
export interface AceOrigin {
  readonly from: "parent" | "creator" | "default" | "label";
  /** Its index in that ACL; 0 for a label. */
  readonly index: number;
}

/** An ACL of a new object. */
export interface MadeAcl extends AclSlot {
  /** One for each ACE; two ACEs of a split have the same. */
  readonly origins: readonly AceOrigin[];
}

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
export function makeAcl(making: AclMaking, heir: Heir): MadeAcl {
  const { label } = making;
  const { present, explicit, inherited } = chosenAces(making, heir);
  if (label === null) {
    return explicit === null ? { present, acl: null, origins: [] } : madeAcl([...explicit, ...inherited]);
  }
  const others = explicit?.filter(({ ace }) => ace.type !== label.type) ?? [];
  return madeAcl([...others, { ace: label, origin: { from: "label", index: 0 } }, ...inherited]);
}

/** An ACE of the new object and where it comes from. */
interface GivenAce {
  readonly ace: Ace;
  readonly origin: AceOrigin;
}

function madeAcl(given: readonly GivenAce[]): MadeAcl {
  return {
    present: true,
    acl: boundedAcl(given.map(({ ace }) => ace)),
    origins: Object.freeze(given.map(({ origin }) => Object.freeze(origin))),
  };
}

/** An ACL by where its ACEs come from; `explicit` null and present is a NULL ACL. */
interface ChosenAces {
  readonly present: boolean;
  readonly explicit: readonly GivenAce[] | null;
  readonly inherited: readonly GivenAce[];
}

function chosenAces(making: AclMaking, heir: Heir): ChosenAces {
  const { creator, isProtected, isDefaulted, isDefaultForObject, autoInherit } = making;
  const { aces, sources, meantForType } = inheritedFrom(making.parent, heir, autoInherit);
  const inherited = aces.map((ace, i): GivenAce => ({ ace, origin: { from: "parent", index: sources[i] } }));
  const fromParent: ChosenAces = { present: true, explicit: [], inherited };
  if (!creator.present) return inherited.length > 0 ? fromParent : resolvedFallback(making.fallback, heir);
  const yields = isDefaulted || (isDefaultForObject && meantForType);
  if (yields && !isProtected && inherited.length > 0) return fromParent;
  if (creator.acl === null) return { present: true, explicit: null, inherited: [] };
  return {
    present: true,
    explicit: explicitAces(creator.acl, making, heir),
    inherited: !autoInherit ? [] : isProtected ? inherited.filter(({ ace }) => passesProtection(ace)) : inherited,
  };
}

function explicitAces(acl: Acl, { isProtected, autoInherit }: AclMaking, heir: Heir): readonly GivenAce[] {
  const given: GivenAce[] = [];
  acl.aces.forEach((written, index) => {
    if (written.isInherited && !isProtected) return;
    const ace = written.isInherited ? Ace.trusted({ ...written, flags: written.flags & ~INHERITED_ACE }) : written;
    const resolved: Ace[] = [];
    if (autoInherit) resolveExplicitAce(ace, heir, resolved);
    else resolved.push(mapExplicitAce(ace, heir.mapping));
    for (const one of resolved) given.push({ ace: one, origin: { from: "creator", index } });
  });
  return given;
}

function resolvedFallback({ present, acl }: AclSlot, heir: Heir): ChosenAces {
  if (acl === null) return { present, explicit: null, inherited: [] };
  const explicit = acl.aces.flatMap((ace, index) => {
    const resolved: Ace[] = [];
    resolveExplicitAce(ace, heir, resolved);
    return resolved.map((one): GivenAce => ({ ace: one, origin: { from: "default", index } }));
  });
  return { present, explicit, inherited: [] };
}

/** Attributes and policies of a resource come through to a protected ACL. */
function passesProtection(ace: Ace): boolean {
  return ace.type === SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE || ace.type === SYSTEM_SCOPED_POLICY_ID_ACE_TYPE;
}

/** What the ACEs of `parent` give `heir`, the index of each one's source, and whether one names a type of the heir. */
export function inheritedFrom(
  parent: Acl | null,
  heir: Heir,
  markInherited: boolean,
): { readonly aces: readonly Ace[]; readonly sources: readonly number[]; readonly meantForType: boolean } {
  const aces: Ace[] = [];
  const sources: number[] = [];
  let meantForType = false;
  parent?.aces.forEach((ace, index) => {
    const before = aces.length;
    inheritAce(ace, heir, markInherited, aces);
    if (aces.length === before) return;
    if (ace.inheritedObjectType !== null) meantForType ||= heir.objectTypes.has(ace.inheritedObjectType);
    while (sources.length < aces.length) sources.push(index);
  });
  return { aces, sources, meantForType };
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
