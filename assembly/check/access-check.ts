/**
 * The order of the steps: call rules, mapping, mandatory, privileges, owner, walks, policies, status, audit.
 * access-check.md 0, 1, 13
 *
 * Refusal stands in the result before anything is looked at; the grant is earned. Knows records; does not know raw
 * bytes or SID text.
 */
import { clearWords } from "../memory/arena";
import { AccessRequest, AccessResult, ObjectNode } from "../memory/boundary";
import { DescriptorRecord, PoliciesRecord, TokenRecord } from "../memory/records";
import {
  CALL_ACCESS_CHECK,
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CALL_SE_ACCESS_CHECK,
  CHECK_AUDIT,
  CHECK_TRACE,
  EVENT_GRANTED,
  LANE_NORMAL,
  NO_ACE,
  TRUTH_NONE,
} from "../shared/abi";
import { ACCESS_SYSTEM_SECURITY, GENERIC_BITS, MAXIMUM_ALLOWED } from "../shared/access-mask";
import {
  STATUS_ACCESS_DENIED,
  STATUS_BAD_IMPERSONATION_LEVEL,
  STATUS_GENERIC_NOT_MAPPED,
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_SECURITY_DESCR,
  STATUS_NO_IMPERSONATION_TOKEN,
  STATUS_NO_MEMORY,
  STATUS_PRIVILEGE_NOT_HELD,
  STATUS_SUCCESS,
} from "../shared/ntstatus";
import { SECURITY_IDENTIFICATION, SECURITY_IMPERSONATION, TOKEN_IMPERSONATION } from "../shared/token";
import { auditAccess } from "./audit";
import { applyPolicy } from "./central-policy";
import { mapGeneric } from "./generic-mapping";
import { mandatoryAccess } from "./mandatory";
import { noObjectTypes, openObjectTypes } from "./object-types";
import { beginPasses, passGranted, runPasses, slotAt, slotCount } from "./passes";
import { privilegesFor, suppliedBy } from "./privileges";
import { beginTrace, record, traceCount, traceLost, tracing } from "./trace";

/** Decides `request`, whose handles are sound. */
export function accessCheck(request: AccessRequest, result: AccessResult): void {
  clearWords(changetype<usize>(result), offsetof<AccessResult>());
  result.status = STATUS_ACCESS_DENIED;
  noObjectTypes();
  if (!beginTrace((request.flags & CHECK_TRACE) != 0, (request.flags & (CHECK_TRACE | CHECK_AUDIT)) != 0)) {
    result.status = STATUS_NO_MEMORY;
    return;
  }
  const descriptor = changetype<DescriptorRecord>(<usize>request.descriptor);
  const token = changetype<TokenRecord>(<usize>request.token);
  const refused = callStatus(request, token, descriptor);
  if (refused != STATUS_SUCCESS) {
    result.status = refused;
    result.callFailed = request.call != CALL_SE_ACCESS_CHECK ? 1 : 0;
    return;
  }
  decide(request, result, token, descriptor);
  result.traceCount = traceCount();
  result.traceLost = traceLost() ? 1 : 0;
}

/** Whether the call fails as a call; the first failure wins. 1.1, 1.3, 1.4, 1.5, 1.10 */
@inline
function callStatus(request: AccessRequest, token: TokenRecord, descriptor: DescriptorRecord): u32 {
  const call = request.call;
  const impersonation = token.type == TOKEN_IMPERSONATION;
  if (call == CALL_SE_ACCESS_CHECK) {
    return impersonation && token.level < SECURITY_IMPERSONATION ? STATUS_BAD_IMPERSONATION_LEVEL : STATUS_SUCCESS;
  }
  if ((request.desired & GENERIC_BITS) != 0) return STATUS_GENERIC_NOT_MAPPED;
  if (!impersonation) return STATUS_NO_IMPERSONATION_TOKEN;
  if (token.level < SECURITY_IDENTIFICATION) return STATUS_BAD_IMPERSONATION_LEVEL;
  if (call != CALL_ACCESS_CHECK) {
    if (request.objectTypeCount != 0) {
      if (!openObjectTypes(request.objectTypeCount)) {
        noObjectTypes();
        return STATUS_INVALID_PARAMETER;
      }
    } else if (call == CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST) {
      return STATUS_INVALID_PARAMETER;
    }
  }
  if (descriptor.owner == 0 || descriptor.group == 0) return STATUS_INVALID_SECURITY_DESCR;
  return STATUS_SUCCESS;
}

@inline
function decide(request: AccessRequest, result: AccessResult, token: TokenRecord, descriptor: DescriptorRecord): void {
  const desired = mapGeneric(request.desired, request);
  const maximum = (desired & MAXIMUM_ALLOWED) != 0;
  const want = desired & ~MAXIMUM_ALLOWED;
  const previous = request.call == CALL_SE_ACCESS_CHECK ? mapGeneric(request.previouslyGranted, request) : 0;
  result.want = want;

  // A denial before the walk ends the check, unless an explanation wants every bit's answer in every pass. 13.4
  let forced = STATUS_SUCCESS;
  const allowed = mandatoryAccess(request, token, descriptor.sacl);
  const used = privilegesFor(token, want);
  const supplied = suppliedBy(used);
  if (desired == 0 && previous == 0) forced = STATUS_ACCESS_DENIED;
  else if ((want & ~allowed) != 0) forced = STATUS_ACCESS_DENIED;
  else if ((want & ACCESS_SYSTEM_SECURITY & ~supplied) != 0) forced = STATUS_PRIVILEGE_NOT_HELD;

  const slots = slotCount();
  let staged = false;
  if (forced == STATUS_SUCCESS || tracing()) {
    beginPasses(request, token, descriptor, want, maximum, supplied);
    runPasses(descriptor.dacl);
    for (let i: u32 = 0; i < slots; i++) {
      const slot = slotAt(i);
      slot.access = passGranted(i);
      slot.stagedAccess = slot.access;
    }
    if (request.policies != 0 && descriptor.sacl != null) {
      staged = applyPolicy(request, token, descriptor, changetype<PoliciesRecord>(<usize>request.policies));
    }
  }

  let anyGranted = false;
  for (let i: u32 = 0; i < slots; i++) {
    const slot = slotAt(i);
    if (staged) stagedVerdict(request, result, slot, i, want, maximum, allowed, previous, forced);
    if (settle(request, slot, i, want, maximum, allowed, previous, forced)) anyGranted = true;
  }
  const root = slotAt(0);
  result.status = root.status;
  result.access = root.access;
  if (root.status == STATUS_SUCCESS) result.granted = 1;
  // In a result list privileges are reported when some node was granted. 13.2
  if (request.call == CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST ? anyGranted : result.granted != 0) result.privilegesUsed = used;
  if ((request.flags & CHECK_AUDIT) != 0) auditAccess(request, token, descriptor, want, maximum);
}

/** The bits a node ends with: all of want, or everything found that the labels leave. 13.1 */
@inline
function finalAccess(effective: u32, want: u32, maximum: bool, allowed: u32): u32 {
  return maximum ? effective & allowed : effective & want;
}

/** MAXIMUM_ALLOWED that yields nothing is a denial, unless something was granted before. 1.8 */
@inline
function suffices(found: u32, want: u32, previous: u32): bool {
  return (want & ~found) == 0 && (found | previous) != 0;
}

/** Turns what a slot was granted into its status and mask; whether it was granted. */
function settle(
  request: AccessRequest,
  slot: ObjectNode,
  index: u32,
  want: u32,
  maximum: bool,
  allowed: u32,
  previous: u32,
  forced: u32,
): bool {
  const found = finalAccess(slot.access, want, maximum, allowed);
  if (tracing()) record(EVENT_GRANTED, LANE_NORMAL, 0, TRUTH_NONE, NO_ACE, index, found, 0);
  if (forced != STATUS_SUCCESS) {
    slot.status = forced;
    slot.access = 0;
    return false;
  }
  if (!suffices(found, want, previous)) {
    slot.status = STATUS_ACCESS_DENIED;
    // A denied node of a result list reports the partial bits it has. 10
    slot.access = request.call == CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST ? found : 0;
    return false;
  }
  slot.status = STATUS_SUCCESS;
  slot.access = found | previous;
  return true;
}

/** The answer under the staged DACLs: never the verdict, but a difference is told. 9.5 */
function stagedVerdict(
  request: AccessRequest,
  result: AccessResult,
  slot: ObjectNode,
  index: u32,
  want: u32,
  maximum: bool,
  allowed: u32,
  previous: u32,
  forced: u32,
): void {
  const effective = finalAccess(slot.access, want, maximum, allowed);
  const proposed = finalAccess(slot.stagedAccess, want, maximum, allowed);
  const granted = forced == STATUS_SUCCESS && suffices(proposed, want, previous);
  const before = forced == STATUS_SUCCESS && suffices(effective, want, previous);
  const partial = request.call == CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST && forced == STATUS_SUCCESS;
  const after = granted ? proposed | previous : partial ? proposed : 0;
  const was = before ? effective | previous : partial ? effective : 0;
  slot.stagedAccess = after;
  // Inner nodes are answers of their own only in a result list.
  const answered = index == 0 || request.call == CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
  if (answered && (granted != before || after != was)) result.stagedDiffers = 1;
  if (index == 0) {
    result.stagedStatus = granted ? STATUS_SUCCESS : forced != STATUS_SUCCESS ? forced : STATUS_ACCESS_DENIED;
    result.stagedAccess = after;
  }
}
