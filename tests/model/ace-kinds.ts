/**
 * What the types of ACE are, as tables. access-check.md 6.7–6.10; formats.md 5.
 */

import * as ace from "../../assembly/shared/ace.js";

/** The types that act in a DACL. All others are skipped there (6.10). */
const ACTIONS: ReadonlyMap<number, "allow" | "deny"> = new Map([
  [ace.ACCESS_ALLOWED_ACE_TYPE, "allow"],
  [ace.ACCESS_DENIED_ACE_TYPE, "deny"],
  [ace.ACCESS_ALLOWED_COMPOUND_ACE_TYPE, "allow"],
  [ace.ACCESS_ALLOWED_OBJECT_ACE_TYPE, "allow"],
  [ace.ACCESS_DENIED_OBJECT_ACE_TYPE, "deny"],
  [ace.ACCESS_ALLOWED_CALLBACK_ACE_TYPE, "allow"],
  [ace.ACCESS_DENIED_CALLBACK_ACE_TYPE, "deny"],
  [ace.ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE, "allow"],
  [ace.ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE, "deny"],
]);

const CONDITIONAL: ReadonlySet<number> = new Set([
  ace.ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ace.ACCESS_DENIED_CALLBACK_ACE_TYPE,
  ace.ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  ace.ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE,
  ace.SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  ace.SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE,
]);

const AUDITING: ReadonlySet<number> = new Set([
  ace.SYSTEM_AUDIT_ACE_TYPE,
  ace.SYSTEM_AUDIT_OBJECT_ACE_TYPE,
  ace.SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  ace.SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE,
]);

export function actionOf(type: number): "allow" | "deny" | null {
  return ACTIONS.get(type) ?? null;
}

export function isConditional(type: number): boolean {
  return CONDITIONAL.has(type);
}

export function isAudit(type: number): boolean {
  return AUDITING.has(type);
}

export function isCompound(type: number): boolean {
  return type === ace.ACCESS_ALLOWED_COMPOUND_ACE_TYPE;
}
