/**
 * Central access policies: every rule that applies can only remove. [MS-DTYP] 2.5.3.1.3, 2.5.3.1.4; access-check.md 9
 *
 * Each rule goes through the same passes as the object's DACL. Does not know how a rule was written.
 */
import { allocate } from "../memory/arena";
import { AccessRequest } from "../memory/boundary";
import {
  ACL_HAS_OWNER_RIGHTS,
  AclRecord,
  DescriptorRecord,
  ENTRY_MASK,
  ENTRY_NEED,
  ENTRY_SID,
  ENTRY_SIZE,
  NEED_ALLOW,
  PoliciesRecord,
  PolicyRecord,
  RuleRecord,
  TokenRecord,
  SaclRecord,
  allocateEntries,
} from "../memory/records";
import { EVENT_RULE, LANE_NORMAL, NO_ACE, SOURCE_STAGED } from "../shared/abi";
import { PURPOSE_ALLOW, TRUE, UNKNOWN } from "../shared/condition";
import { SID_ADMINISTRATORS, SID_OWNER_RIGHTS, SID_SYSTEM } from "../memory/sids";
import { evaluate } from "./condition";
import { passGranted, runPasses, slotAt, slotCount } from "./passes";
import { record, traceCondition, traceSource, tracing } from "./trace";

const RECOVERY_ACES: u32 = 3;
const NO_POLICY: u32 = 0xffffffff;

/** The DACL of the recovery policy: everything for BA, SY and OW. */
let recovery: AclRecord = changetype<AclRecord>(0);

/** Builds the recovery policy's DACL; the arena has just been reset. */
export function resetPolicies(): void {
  recovery = changetype<AclRecord>(allocate(offsetof<AclRecord>()));
  recovery.count = RECOVERY_ACES;
  recovery.storedCount = RECOVERY_ACES;
  recovery.flags = ACL_HAS_OWNER_RIGHTS;
  recovery.ownerRightsAce = 2;
  recovery.entries = allocateEntries(RECOVERY_ACES);
  for (let i: u32 = 0; i < RECOVERY_ACES; i++) {
    const at = recovery.entries + i * ENTRY_SIZE;
    store<u16>(at + ENTRY_SID, <u16>(i == 0 ? SID_ADMINISTRATORS : i == 1 ? SID_SYSTEM : SID_OWNER_RIGHTS));
    store<u8>(at + ENTRY_NEED, <u8>NEED_ALLOW);
  }
}

/**
 * Takes from every slot what the policy of the descriptor does not give. True when a rule has a staged DACL, so that
 * the slots' staged masks mean something.
 */
export function applyPolicy(
  request: AccessRequest,
  token: TokenRecord,
  descriptor: DescriptorRecord,
  policies: PoliciesRecord,
): bool {
  const sacl = descriptor.sacl;
  if (sacl == null || sacl.policySid == 0) return false;
  const index = findPolicy(policies, sacl.policySid);
  if (index == NO_POLICY) {
    for (let i: u32 = 0; i < RECOVERY_ACES; i++) store<u32>(recovery.entries + i * ENTRY_SIZE + ENTRY_MASK, request.all);
    if (tracing()) record(EVENT_RULE, LANE_NORMAL, 1, TRUE, NO_ACE, 0, 0, 0);
    traceSource(1);
    runPasses(recovery);
    removeMissing(true, true);
    traceSource(0);
    return false;
  }
  const policy = changetype<PolicyRecord>(policies.policies + index * offsetof<PolicyRecord>());
  let staged = false;
  for (let i: u32 = 0; i < policy.ruleCount; i++) {
    const rule = changetype<RuleRecord>(policy.rules + i * offsetof<RuleRecord>());
    const truth = appliesTo(rule, token, sacl, i, index + 1);
    if (truth != TRUE) continue;
    traceSource(i + 1);
    runPasses(rule.dacl);
    removeMissing(true, rule.staged == 0);
    if (rule.staged != 0) {
      staged = true;
      traceSource((i + 1) | SOURCE_STAGED);
      runPasses(rule.stagedDacl);
      removeMissing(false, true);
    }
    traceSource(0);
  }
  return staged;
}

/** Empty or TRUE: the rule applies. Read once, as for an allow ACE, with the normal SIDs. 9.2 */
function appliesTo(rule: RuleRecord, token: TokenRecord, sacl: SaclRecord, index: u32, policy: u32): u32 {
  let truth = TRUE;
  if (rule.conditional != 0) {
    if (tracing()) {
      traceSource(index + 1);
      traceCondition(LANE_NORMAL, NO_ACE);
    }
    truth = rule.condition == 0 ? UNKNOWN : evaluate(rule.condition, token, sacl, PURPOSE_ALLOW, false);
    traceSource(0);
  }
  if (tracing()) record(EVENT_RULE, LANE_NORMAL, truth == TRUE ? 1 : 0, truth, NO_ACE, 0, policy, index);
  return truth;
}

function removeMissing(effective: bool, staged: bool): void {
  const slots = slotCount();
  for (let i: u32 = 0; i < slots; i++) {
    const slot = slotAt(i);
    const granted = passGranted(i);
    if (effective) slot.access &= granted;
    if (staged) slot.stagedAccess &= granted;
  }
}

/** Index of the policy that `sid` names; NO_POLICY when the request does not know it. */
function findPolicy(policies: PoliciesRecord, sid: u32): u32 {
  for (let i: u32 = 0; i < policies.count; i++) {
    const policy = changetype<PolicyRecord>(policies.policies + i * offsetof<PolicyRecord>());
    if (policy.sid == sid) return i;
  }
  return NO_POLICY;
}
