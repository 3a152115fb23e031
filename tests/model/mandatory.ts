/**
 * Mandatory integrity: what the label of the object leaves to a token below it. access-check.md 3.
 */

import {
  ACCESS_SYSTEM_SECURITY,
  DELETE,
  READ_CONTROL,
  SYNCHRONIZE,
  WRITE_DAC,
  WRITE_OWNER,
} from "../../assembly/shared/access-mask.js";
import {
  INHERIT_ONLY_ACE,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP,
  SYSTEM_MANDATORY_LABEL_NO_READ_UP,
  SYSTEM_MANDATORY_LABEL_NO_WRITE_UP,
} from "../../assembly/shared/ace.js";
import { SE_RELABEL_PRIVILEGE } from "../../assembly/shared/privilege.js";
import { SECURITY_MANDATORY_MEDIUM_RID, TOKEN_MANDATORY_POLICY_NO_WRITE_UP } from "../../assembly/shared/token.js";
import { holdsEnabled } from "./privileges.js";
import { sidNumbers } from "./question.js";
import type { ModelAce, ModelAcl, ModelMapping, ModelRequest } from "./types.js";

/** Every bit: no limit. */
export const NO_LIMIT = 0xffffffff;

interface Label {
  readonly level: number;
  readonly policy: number;
}

/** The bits that integrity leaves. */
export function integrityLimit(request: ModelRequest): number {
  const { token, descriptor, mapping } = request;
  if ((token.mandatoryPolicy & TOKEN_MANDATORY_POLICY_NO_WRITE_UP) === 0) return NO_LIMIT;
  const label = labelOf(descriptor.sacl);
  if (token.integrity >= label.level) return NO_LIMIT;
  if (token.package !== null && label.level <= SECURITY_MANDATORY_MEDIUM_RID) return NO_LIMIT;
  const allowed = leftBy(label.policy, mapping);
  return holdsEnabled(token, SE_RELABEL_PRIVILEGE) ? (allowed | WRITE_OWNER) >>> 0 : allowed;
}

/** The first ACE of an ACL that `chosen` accepts and that is not inherit-only. */
export function firstEffective(acl: ModelAcl, chosen: (ace: ModelAce) => boolean): ModelAce | null {
  if (acl === "absent" || acl === null) return null;
  return acl.find((ace) => (ace.flags & INHERIT_ONLY_ACE) === 0 && chosen(ace)) ?? null;
}

/** 3.2 */
function labelOf(sacl: ModelAcl): Label {
  const ace = firstEffective(sacl, (each) => each.type === SYSTEM_MANDATORY_LABEL_ACE_TYPE && isLabelSid(each.sid));
  if (ace === null) return { level: SECURITY_MANDATORY_MEDIUM_RID, policy: SYSTEM_MANDATORY_LABEL_NO_WRITE_UP };
  return { level: sidNumbers(ace.sid as string)[1], policy: ace.mask };
}

/** S-1-16-n */
function isLabelSid(sid: string | null): boolean {
  if (sid === null) return false;
  const numbers = sidNumbers(sid);
  return numbers[0] === 16 && numbers.length === 2;
}

/** 3.4, letter by letter. */
function leftBy(policy: number, { read: R, write: W, execute: X, all: A }: ModelMapping): number {
  const w = (policy & SYSTEM_MANDATORY_LABEL_NO_WRITE_UP) === 0;
  const r = (policy & SYSTEM_MANDATORY_LABEL_NO_READ_UP) === 0;
  const x = (policy & SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP) === 0;
  if (w && r && x) return NO_LIMIT;
  const writes = W | DELETE | WRITE_DAC | WRITE_OWNER | ACCESS_SYSTEM_SECURITY;
  const reads = R | READ_CONTROL;
  const executes = (X & ~R) | SYNCHRONIZE;
  const keptByWrites = w ? writes : 0;
  const keptByReads = r ? reads : 0;
  const keptByExecutes = x ? executes : 0;
  let allowed = (w ? A : 0) | R | X | SYNCHRONIZE | READ_CONTROL;
  if (!r) allowed &= ~(reads & ~(keptByWrites | keptByExecutes));
  if (!x) allowed &= ~(executes & ~(keptByWrites | keptByReads));
  if (!w) allowed &= ~(writes & ~(keptByReads | keptByExecutes));
  return allowed >>> 0;
}
