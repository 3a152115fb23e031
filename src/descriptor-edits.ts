/**
 * Edits that concern a whole descriptor: its mandatory label, and its protection from inheritance. [MS-DTYP] 2.4.4.13, 2.5.3.4
 *
 * Everything else stays as it is, unknown ACEs too. Plain functions over a value; edits of one ACE are methods of Acl.
 * Does not know parents.
 */
import { INHERITED_ACE, SYSTEM_MANDATORY_LABEL_ACE_TYPE } from "../assembly/shared/ace.js";
import { SE_DACL_PROTECTED, SE_SACL_PROTECTED } from "../assembly/shared/security-descriptor.js";
import { Ace } from "./ace.js";
import { Acl } from "./acl.js";
import { ArgumentError } from "./errors.js";
import { integrityByName } from "./integrity.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import { Sid } from "./sid.js";

/** What a mandatory label says. */
export interface MandatoryLabel {
  /** `Low`, `Medium`, `High` and their like, or the RID. */
  readonly level: string | number;
  /** 1 NO_WRITE_UP, 2 NO_READ_UP, 4 NO_EXECUTE_UP; default 1. */
  readonly policy?: number;
  /** AceFlags; default none. */
  readonly flags?: number;
}

/**
 * `descriptor` with this label in place of the one that counts, or none. The label stands where the first one stood,
 * else at the end of the SACL; labels that are for children alone stay. A SACL that is left empty by `null` stays.
 *
 * @throws ArgumentError ERR_ARGUMENT for a level, policy or flags that no label has
 */
export function withLabel(descriptor: SecurityDescriptor, label: MandatoryLabel | null): SecurityDescriptor {
  const { sacl } = descriptor;
  const aces = sacl?.aces ?? [];
  const counts = (ace: Ace): boolean => ace.type === SYSTEM_MANDATORY_LABEL_ACE_TYPE && !ace.isInheritOnly;
  const others = aces.filter((ace) => !counts(ace));
  if (label === null && others.length === aces.length) return descriptor;
  const first = aces.findIndex(counts);
  const made = label === null ? [] : [labelAce(label)];
  return descriptor.withSacl(edited(sacl, others.toSpliced(first < 0 ? others.length : first, 0, ...made)));
}

function labelAce({ level, policy = 1, flags = 0 }: MandatoryLabel): Ace {
  const rid = typeof level === "string" && Object.hasOwn(integrityByName, level) ? integrityByName[level] : level;
  if (typeof rid !== "number" || !Number.isInteger(rid) || rid < 0 || rid > 0xffffffff) {
    throw new ArgumentError("ERR_ARGUMENT", ["level"], `expected ${Object.keys(integrityByName).join(", ")}, or a RID`);
  }
  if (!Number.isInteger(policy) || policy < 0 || policy > 7) {
    throw new ArgumentError("ERR_ARGUMENT", ["policy"], "expected 0…7");
  }
  return Ace.create({ type: SYSTEM_MANDATORY_LABEL_ACE_TYPE, flags, mask: policy, sid: Sid.of(16, [rid]) });
}

/**
 * `descriptor` with the DACL (or the SACL) protected from what its parent would give it. `inherited` says what becomes
 * of the ACEs that came from there: `keep` makes them explicit, as they stand; `drop` leaves them out.
 *
 * @throws ArgumentError ERR_ARGUMENT
 */
export function protect(
  descriptor: SecurityDescriptor,
  inherited: "keep" | "drop",
  place: "dacl" | "sacl" = "dacl",
): SecurityDescriptor {
  if (inherited !== "keep" && inherited !== "drop") {
    throw new ArgumentError("ERR_ARGUMENT", ["inherited"], "expected keep or drop");
  }
  const control = descriptor.control | protectionOf(place);
  const acl = descriptor[place];
  if (acl === null || !acl.aces.some((ace) => ace.isInherited)) return descriptor.with({ control });
  const aces = acl.aces.flatMap((ace) => {
    if (!ace.isInherited) return [ace];
    return inherited === "drop" ? [] : [Ace.trusted({ ...ace, flags: ace.flags & ~INHERITED_ACE })];
  });
  return descriptor.with({ control, [place]: edited(acl, aces) });
}

/**
 * `descriptor` with its DACL (or SACL) open again to what its parent gives. No ACE changes: what is inherited comes with the next propagation.
 *
 * @throws ArgumentError ERR_ARGUMENT
 */
export function unprotect(descriptor: SecurityDescriptor, place: "dacl" | "sacl" = "dacl"): SecurityDescriptor {
  return descriptor.with({ control: descriptor.control & ~protectionOf(place) });
}

function protectionOf(place: "dacl" | "sacl"): number {
  if (place === "dacl") return SE_DACL_PROTECTED;
  if (place === "sacl") return SE_SACL_PROTECTED;
  throw new ArgumentError("ERR_ARGUMENT", ["place"], "expected dacl or sacl");
}

/** These ACEs, in an ACL of at least the revision that `before` has. */
function edited(before: Acl | null, aces: readonly Ace[]): Acl {
  const fresh = Acl.of(aces);
  return before === null || fresh.revision >= before.revision ? fresh : Acl.of(aces, before.revision);
}
