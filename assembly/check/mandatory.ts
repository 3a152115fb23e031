/**
 * What a label, a trust label and the access filters leave of a request. access-check.md 3, 4
 *
 * Knows levels and masks; does not know the DACL.
 */
import { AccessRequest } from "../memory/boundary";
import { AccessFilterRecord, SaclRecord, TokenRecord } from "../memory/records";
import {
  CHECK_RAW_GENERIC,
  EVENT_ACCESS_FILTER,
  EVENT_LABEL,
  EVENT_TRUST_LABEL,
  LANE_NORMAL,
  NO_ACE,
  SOURCE_SACL,
  TRUTH_NONE,
  USED_RELABEL,
} from "../shared/abi";
import { ACCESS_SYSTEM_SECURITY, DELETE, READ_CONTROL, SYNCHRONIZE, WRITE_DAC, WRITE_OWNER } from "../shared/access-mask";
import {
  SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP,
  SYSTEM_MANDATORY_LABEL_NO_READ_UP,
  SYSTEM_MANDATORY_LABEL_NO_WRITE_UP,
} from "../shared/ace";
import { PURPOSE_ALLOW, TRUE, UNKNOWN } from "../shared/condition";
import { SECURITY_MANDATORY_MEDIUM_RID, TOKEN_MANDATORY_POLICY_NO_WRITE_UP } from "../shared/token";
import { IMAGE_APP_CONTAINER } from "../shared/token-image";
import { evaluate } from "./condition";
import { mapGeneric } from "./generic-mapping";
import { emit, traceCondition, traceSource, tracing } from "./trace";

const EVERYTHING: u32 = 0xffffffff;

/** The bits that trust label, access filters and integrity together leave. */
@inline
export function mandatoryAccess(request: AccessRequest, token: TokenRecord, sacl: SaclRecord | null): u32 {
  let allowed = trustAccess(request, token, sacl);
  if (sacl != null && sacl.filterCount != 0) allowed &= filterAccess(request, token, sacl);
  return allowed & integrityAccess(request, token, sacl);
}

/** access-check.md 3 */
@inline
function integrityAccess(request: AccessRequest, token: TokenRecord, sacl: SaclRecord | null): u32 {
  // Without the policy there is no limit, not even for NO_READ_UP. 3.1
  if ((token.mandatoryPolicy & TOKEN_MANDATORY_POLICY_NO_WRITE_UP) == 0) return EVERYTHING;
  let level = SECURITY_MANDATORY_MEDIUM_RID;
  let policy = SYSTEM_MANDATORY_LABEL_NO_WRITE_UP;
  let ace = NO_ACE;
  if (sacl != null && sacl.labelAce != NO_ACE) {
    level = sacl.labelRid;
    policy = sacl.labelPolicy;
    ace = sacl.labelAce;
  }
  if (token.integrity >= level) return EVERYTHING;
  // A package token is exempt up to Medium. 3.7
  if ((token.flags & IMAGE_APP_CONTAINER) != 0 && level <= SECURITY_MANDATORY_MEDIUM_RID) return EVERYTHING;
  policy &= SYSTEM_MANDATORY_LABEL_NO_WRITE_UP | SYSTEM_MANDATORY_LABEL_NO_READ_UP | SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP;
  if (policy == 0) return EVERYTHING;
  let allowed = labelAccess(request, policy);
  if ((token.enabled & USED_RELABEL) != 0) allowed |= WRITE_OWNER;
  emit(EVENT_LABEL, LANE_NORMAL, policy, TRUTH_NONE, ace, 0, allowed, level);
  return allowed;
}

/** The formula of access-check.md 3.4: bits that two categories share stay while an allowed one needs them. */
function labelAccess(request: AccessRequest, policy: u32): u32 {
  const writes = request.write | DELETE | WRITE_DAC | WRITE_OWNER | ACCESS_SYSTEM_SECURITY;
  const reads = request.read | READ_CONTROL;
  const executes = (request.execute & ~request.read) | SYNCHRONIZE;
  const keptWrites = (policy & SYSTEM_MANDATORY_LABEL_NO_WRITE_UP) == 0 ? writes : 0;
  const keptReads = (policy & SYSTEM_MANDATORY_LABEL_NO_READ_UP) == 0 ? reads : 0;
  const keptExecutes = (policy & SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP) == 0 ? executes : 0;
  let allowed = request.read | request.execute | SYNCHRONIZE | READ_CONTROL;
  if (keptWrites != 0) allowed |= request.all;
  if (keptReads == 0) allowed &= ~(reads & ~(keptWrites | keptExecutes));
  if (keptExecutes == 0) allowed &= ~(executes & ~(keptWrites | keptReads));
  if (keptWrites == 0) allowed &= ~(writes & ~(keptReads | keptExecutes));
  return allowed;
}

/** access-check.md 4.1 */
@inline
function trustAccess(request: AccessRequest, token: TokenRecord, sacl: SaclRecord | null): u32 {
  if (sacl == null || sacl.trustAce == NO_ACE) return EVERYTHING;
  if (token.trustType >= sacl.trustType && token.trustLevel >= sacl.trustLevel) return EVERYTHING;
  const allowed = aceAccess(request, sacl.trustMask);
  emit(EVENT_TRUST_LABEL, LANE_NORMAL, 0, TRUTH_NONE, sacl.trustAce, 0, allowed, sacl.trustLevel);
  return allowed;
}

/** Every filter whose condition is not TRUE limits. access-check.md 4.2 */
function filterAccess(request: AccessRequest, token: TokenRecord, sacl: SaclRecord): u32 {
  let allowed = EVERYTHING;
  for (let i: u32 = 0; i < sacl.filterCount; i++) {
    const filter = changetype<AccessFilterRecord>(sacl.filters + i * offsetof<AccessFilterRecord>());
    if (tracing()) {
      traceSource(SOURCE_SACL);
      traceCondition(LANE_NORMAL, filter.ace);
    }
    const truth = filter.condition == 0 ? UNKNOWN : evaluate(filter.condition, token, sacl, PURPOSE_ALLOW, false);
    if (truth == TRUE) continue;
    const left = aceAccess(request, filter.mask);
    emit(EVENT_ACCESS_FILTER, LANE_NORMAL, 0, truth, filter.ace, 0, left, 0);
    allowed &= left;
  }
  traceSource(0);
  return allowed;
}

/** What the mask of a trust label or filter leaves: ACCESS_SYSTEM_SECURITY always. access-check.md 4.1, 6.5 */
function aceAccess(request: AccessRequest, mask: u32): u32 {
  const mapped = (request.flags & CHECK_RAW_GENERIC) != 0 ? mask : mapGeneric(mask, request);
  return mapped | ACCESS_SYSTEM_SECURITY;
}
