/**
 * The canonical order of an ACL: what breaks it, and the same ACEs in that order. [W32 order-of-aces-in-a-dacl]
 *
 * Explicit before inherited; among the explicit, deny before allow. Inherited ACEs stay as they are found: nearer
 * parents come first, but no ACE says how near its parent is. Order changes what an ACL grants, so nothing is
 * sorted unless asked for. Does not know who inherits what.
 */
import {
  ACCESS_ALLOWED_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_ALLOWED_COMPOUND_ACE_TYPE,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACCESS_DENIED_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_DENIED_OBJECT_ACE_TYPE,
} from "../assembly/shared/ace.js";
import type { Ace } from "./ace.js";
import { Acl } from "./acl.js";

/** One ACE out of order. */
export interface OrderFinding {
  /** Of the ACE that stands too late. */
  readonly index: number;
  /** Of the first ACE it should stand before. */
  readonly before: number;
  readonly rule: "explicit-before-inherited" | "deny-before-allow";
  /** For people, with indices from 0. */
  readonly sentence: string;
}

export interface CanonicalOrder {
  readonly canonical: boolean;
  /** In the order of the ACEs; one ACE may break both rules. */
  readonly findings: readonly OrderFinding[];
}

/** What in `acl` is out of canonical order. ACEs that neither allow nor deny are held to the first rule only. */
export function canonicalOrder(acl: Acl): CanonicalOrder {
  const findings: OrderFinding[] = [];
  let firstInherited = -1;
  let firstAllow = -1;
  acl.aces.forEach((ace, index) => {
    if (ace.isInherited) {
      if (firstInherited < 0) firstInherited = index;
      return;
    }
    if (firstInherited >= 0) {
      const sentence = `ACE ${index} is explicit, but stands after ACE ${firstInherited}, which is inherited.`;
      findings.push({ index, before: firstInherited, rule: "explicit-before-inherited", sentence });
    }
    if (denies(ace) && firstAllow >= 0) {
      const sentence = `ACE ${index} denies, but stands after ACE ${firstAllow}, which allows.`;
      findings.push({ index, before: firstAllow, rule: "deny-before-allow", sentence });
    }
    if (firstAllow < 0 && allows(ace)) firstAllow = index;
  });
  return { canonical: findings.length === 0, findings };
}

/**
 * The same ACEs in canonical order: explicit deny, other explicit, inherited; within each as they are found. Everything
 * else of the ACL stays. An ACL in canonical order is returned as it is.
 */
export function toCanonicalOrder(acl: Acl): Acl {
  if (canonicalOrder(acl).canonical) return acl;
  const ranks: readonly [Ace[], Ace[], Ace[]] = [[], [], []];
  for (const ace of acl.aces) ranks[ace.isInherited ? 2 : denies(ace) ? 0 : 1].push(ace);
  return Acl.trusted({ ...acl, aces: ranks.flat() });
}

function denies({ type }: Ace): boolean {
  return (
    type === ACCESS_DENIED_ACE_TYPE ||
    type === ACCESS_DENIED_OBJECT_ACE_TYPE ||
    type === ACCESS_DENIED_CALLBACK_ACE_TYPE ||
    type === ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE
  );
}

function allows({ type }: Ace): boolean {
  return (
    type === ACCESS_ALLOWED_ACE_TYPE ||
    type === ACCESS_ALLOWED_COMPOUND_ACE_TYPE ||
    type === ACCESS_ALLOWED_OBJECT_ACE_TYPE ||
    type === ACCESS_ALLOWED_CALLBACK_ACE_TYPE ||
    type === ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE
  );
}
