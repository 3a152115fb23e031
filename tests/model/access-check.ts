/**
 * The whole decision, in the order of the specification. access-check.md 0, 8.2, 9.3–9.5, 13.
 *
 * The second, independent implementation: read it beside the document. Nothing here is fast.
 */

import { ACCESS_SYSTEM_SECURITY, MAXIMUM_ALLOWED } from "../../assembly/shared/access-mask.js";
import { SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE } from "../../assembly/shared/ace.js";
import { auditEvents } from "./audit.js";
import { callFailure, subjectRefusal } from "./calls.js";
import { applyingRules } from "./central-policy.js";
import { walk } from "./dacl.js";
import { integrityLimit } from "./mandatory.js";
import { treeOf } from "./object-tree.js";
import { isOwner, ownerShare } from "./owner.js";
import { privilegeShare } from "./privileges.js";
import { mapGeneric, type Question, wantOf } from "./question.js";
import { userSide } from "./restricted.js";
import { filterLimit, trustLimit } from "./trust-and-filters.js";
import type {
  ModelAcl,
  ModelAnswer,
  ModelClaim,
  ModelDescriptor,
  ModelRequest,
  ModelStatus,
  NodeAnswer,
} from "./types.js";

/** Steps 2 to 6 for one DACL: a refusal of the whole, or what each node is granted. */
type Decision = { readonly refusal: ModelStatus } | { readonly grants: readonly number[] };

export function check(request: ModelRequest): ModelAnswer {
  const failure = callFailure(request);
  if (failure !== null) return { ...nothing(failure), callFailed: true };
  const weak = subjectRefusal(request);
  if (weak !== null) return nothing(weak);

  const question = questionOf(request);
  if (question.want === 0 && !question.maximum) return answer(question, { refusal: "STATUS_ACCESS_DENIED" }, null);

  const base = decide(question, request.descriptor.dacl);
  const rules = applyingRules(question);
  if (rules === null) return answer(question, base, null);
  const effective = rules.reduce((decision, rule) => both(decision, decide(question, rule.dacl)), base);
  const proposed = rules.map((rule) => (rule.stagedDacl === undefined ? rule.dacl : rule.stagedDacl));
  const staged = proposed.reduce((decision, dacl) => both(decision, decide(question, dacl)), base);
  return answer(question, effective, staged);
}

/** The question of a request that is valid as a call. */
export function questionOf(request: ModelRequest): Question {
  return {
    request,
    want: wantOf(request),
    maximum: (request.desired & MAXIMUM_ALLOWED) !== 0,
    tree: treeOf(request.objectTypes),
    subjectIsOwner: isOwner(request.token, request.descriptor),
    resourceAttributes: resourceAttributes(request.descriptor),
  };
}

function resourceAttributes(descriptor: ModelDescriptor): readonly ModelClaim[] {
  const { sacl } = descriptor;
  if (sacl === "absent" || sacl === null) return [];
  return sacl.flatMap((ace) =>
    ace.type === SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE && ace.claim !== null && ace.claim !== "malformed"
      ? [ace.claim]
      : [],
  );
}

function decide(question: Question, dacl: ModelAcl): Decision {
  const { request, want, maximum } = question;

  const allowed = trustLimit(request) & filterLimit(question) & integrityLimit(request);
  if ((want & ~allowed) !== 0) return { refusal: "STATUS_ACCESS_DENIED" };

  const byPrivilege = privilegeShare(request.token, want).bits;
  if ((want & ~byPrivilege & ACCESS_SYSTEM_SECURITY) !== 0) return { refusal: "STATUS_PRIVILEGE_NOT_HELD" };

  const outright = byPrivilege | ownerShare(question, dacl);
  const user = userSide(question, dacl, want & ~outright).map((bits) => bits | outright);

  const grants = request.token.package === null ? user : meet(user, walk(question, dacl, "package"));
  return { grants: grants.map((bits) => (bits & (maximum ? allowed : want)) >>> 0) };
}

function both(one: Decision, other: Decision): Decision {
  if ("refusal" in one) return one;
  if ("refusal" in other) return other;
  return { grants: meet(one.grants, other.grants) };
}

function meet(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.map((bits, node) => (bits & other[node]) >>> 0);
}

/** 13 */
function answer(question: Question, effective: Decision, staged: Decision | null): ModelAnswer {
  const { request } = question;
  const verdicts = verdictsOf(question, effective);
  const anyGranted = verdicts.some((verdict) => verdict.status === "STATUS_SUCCESS");
  const root = verdicts[0];
  const resultList = request.call === "AccessCheckByTypeResultList";
  const reported = resultList ? anyGranted : root.status === "STATUS_SUCCESS";
  return {
    status: root.status,
    granted: root.status === "STATUS_SUCCESS",
    access: resultList ? root.access : visible(root).access,
    privilegesUsed: reported ? privilegeShare(request.token, question.want).used : [],
    callFailed: false,
    objectTypes: resultList ? verdicts : null,
    staged: staged === null ? null : compare(resultList, verdicts, verdictsOf(question, staged)),
    auditEvents: request.audit ? auditEvents(question, verdicts) : [],
  };
}

function compare(
  resultList: boolean,
  effective: readonly NodeAnswer[],
  staged: readonly NodeAnswer[],
): ModelAnswer["staged"] {
  const shown = (verdicts: readonly NodeAnswer[]) => (resultList ? verdicts : [visible(verdicts[0])]);
  const before = shown(effective);
  const after = shown(staged);
  const differs = after.some(
    (verdict, node) => verdict.status !== before[node].status || verdict.access !== before[node].access,
  );
  return { ...after[0], differs };
}

/** Only a result list shows the partial bits of a refusal. */
function visible(verdict: NodeAnswer): NodeAnswer {
  return verdict.status === "STATUS_SUCCESS" ? verdict : { status: verdict.status, access: 0 };
}

/** 1.6, 1.8, 10: one verdict for each node. */
function verdictsOf(question: Question, decision: Decision): readonly NodeAnswer[] {
  const { request, want, maximum, tree } = question;
  const previous = request.call === "SeAccessCheck" ? mapGeneric(request.previouslyGranted, request.mapping) : 0;
  const nothingAsked = want === 0 && !maximum;
  if (nothingAsked && previous !== 0) return [{ status: "STATUS_SUCCESS", access: previous }];
  if ("refusal" in decision) return tree.guids.map(() => ({ status: decision.refusal, access: 0 }));
  return decision.grants.map((bits) => {
    const complete = (want & ~bits) === 0;
    const something = (bits | previous) !== 0;
    if (complete && something) return { status: "STATUS_SUCCESS", access: (bits | previous) >>> 0 };
    return { status: "STATUS_ACCESS_DENIED", access: bits };
  });
}

function nothing(status: ModelStatus): ModelAnswer {
  return {
    status,
    granted: false,
    access: 0,
    privilegesUsed: [],
    callFailed: false,
    objectTypes: null,
    staged: null,
    auditEvents: [],
  };
}
