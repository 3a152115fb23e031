/**
 * The DACL walk: each bit is decided by the first ACE that mentions it. access-check.md 6.
 *
 * One walk for every pass; the passes differ in whom an ACE matches. It knows nothing of privileges, owners or limits,
 * and it decides all bits: a specific request looks for its own among them (6.3).
 */

import { NEVER_FROM_ACE } from "../../assembly/shared/access-mask.js";
import { INHERIT_ONLY_ACE } from "../../assembly/shared/ace.js";
import { FALSE, PURPOSE_ALLOW, PURPOSE_DENY, TRUE } from "../../assembly/shared/condition.js";
import { actionOf, isCompound, isConditional } from "./ace-kinds.js";
import { evaluate } from "./condition.js";
import { holds, holdsInRestrictingList, holdsOnPackageSide, type Lane, type Reading } from "./match.js";
import { allowAt, denyAt, emptyTally } from "./object-tree.js";
import { OWNER_RIGHTS } from "./owner.js";
import { aceMask, type Question } from "./question.js";
import type { ModelAce, ModelAcl, SidText } from "./types.js";

/** PRINCIPAL SELF */
const PRINCIPAL_SELF = "S-1-5-10";

/** What the DACL grants in this lane, by node. */
export function walk(question: Question, dacl: ModelAcl, lane: Lane): readonly number[] {
  const { tree, request, want } = question;
  if (dacl === "absent" || dacl === null) {
    const everything = ((request.mapping.all | want) & ~NEVER_FROM_ACE) >>> 0;
    return tree.guids.map(() => (lane === "package" ? 0 : everything));
  }
  const tally = emptyTally(tree);
  for (const ace of dacl) {
    if ((ace.flags & INHERIT_ONLY_ACE) !== 0) continue;
    const action = actionOf(ace.type);
    if (action === null || !matches(question, ace, action, lane) || !conditionActs(question, ace, action, lane))
      continue;
    const node = nodeOf(question, ace, action);
    if (node === null) continue;
    const mask = (aceMask(ace.mask, request) & ~NEVER_FROM_ACE) >>> 0;
    if (action === "allow") allowAt(tree, tally, node, mask);
    else denyAt(tree, tally, node, mask);
  }
  return tally.grant;
}

function matches(question: Question, ace: ModelAce, action: Reading, lane: Lane): boolean {
  const sid = ace.sid as SidText;
  if (isCompound(ace.type) && (lane === "package" || !serverIsEnabled(question, ace))) return false;
  if (sid === OWNER_RIGHTS) return matchesOwnerRights(question, action, lane);
  return heldIn(question, replaceSelf(question, sid), action, lane);
}

/** 5.4: an allow needs a true owner; a deny is met by the owner SID under the deny rule. */
function matchesOwnerRights(question: Question, action: Reading, lane: Lane): boolean {
  if (action === "allow") return lane !== "package" && question.subjectIsOwner;
  const { owner } = question.request.descriptor;
  return owner !== null && heldIn(question, owner, "deny", lane);
}

/** 6.6 */
export function replaceSelf(question: Question, sid: SidText): SidText {
  return sid === PRINCIPAL_SELF ? (question.request.principalSelf ?? sid) : sid;
}

/** 6.2, 7.2, 8.2, 8.3 */
function heldIn(question: Question, sid: SidText, action: Reading, lane: Lane): boolean {
  const { token } = question.request;
  if (lane === "normal") return holds(token, sid, action);
  if (lane === "restricting") return holdsInRestrictingList(token, sid);
  return action === "allow" && holdsOnPackageSide(token, sid) && !holds(token, sid, "allow");
}

/** 6.9 */
function serverIsEnabled(question: Question, ace: ModelAce): boolean {
  const { primaryToken, token } = question.request;
  return ace.serverSid !== null && holds(primaryToken ?? token, ace.serverSid, "allow");
}

/** 6.7: unknown shrinks an allow and grows a deny. */
function conditionActs(question: Question, ace: ModelAce, action: Reading, lane: Lane): boolean {
  if (!isConditional(ace.type)) return true;
  const truth = evaluate(ace.condition, { question, lane, purpose: action === "allow" ? PURPOSE_ALLOW : PURPOSE_DENY });
  return action === "allow" ? truth === TRUE : truth !== FALSE;
}

/** 6.8, 10.1, 10.2: where the ACE acts; null where it is ignored. */
function nodeOf(question: Question, ace: ModelAce, action: Reading): number | null {
  if (ace.objectType === null) return 0;
  if (!question.tree.listed) return action === "allow" ? null : 0;
  const node = question.tree.guids.indexOf(ace.objectType);
  return node === -1 ? null : node;
}
