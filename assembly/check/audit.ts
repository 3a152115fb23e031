/**
 * Audit events of the SACL, after the verdict, which they never change. access-check.md 12
 *
 * Restricting SIDs play no part. Emits into the trace. Does not know who reads the log.
 */
import { AccessRequest } from "../memory/boundary";
import {
  ACL_HAS_OWNER_RIGHTS,
  ACL_HAS_PRINCIPAL_SELF,
  AceExtra,
  AclRecord,
  DescriptorRecord,
  ENTRY_AUDIT_FAILURE,
  ENTRY_AUDIT_SUCCESS,
  ENTRY_EXTRA,
  ENTRY_FLAGS,
  ENTRY_MASK,
  ENTRY_SID,
  ENTRY_SIZE,
  EXTRA_CONDITION,
  EXTRA_OBJECT_TYPE,
  HOLD_DENY,
  TokenRecord,
  storedIndex,
} from "../memory/records";
import { CHECK_RAW_GENERIC, EVENT_AUDIT, LANE_NORMAL, SOURCE_SACL, TRUTH_NONE } from "../shared/abi";
import { FALSE, PURPOSE_AUDIT, UNKNOWN } from "../shared/condition";
import { STATUS_SUCCESS } from "../shared/ntstatus";
import { evaluate } from "./condition";
import { mapGeneric } from "./generic-mapping";
import { NODE_NOT_FOUND, findNode, nodeCount } from "./object-types";
import { placeOwnerRights, placePrincipalSelf } from "./owner";
import { slotAt } from "./passes";
import { record, traceCondition, traceSource, tracing } from "./trace";

/** Emits an event for every audit ACE that speaks of this verdict. */
export function auditAccess(
  request: AccessRequest,
  token: TokenRecord,
  descriptor: DescriptorRecord,
  want: u32,
  maximum: bool,
): void {
  const sacl = descriptor.sacl;
  if (sacl == null) return;
  const audits = sacl.audits;
  if (audits == null) return;
  if ((audits.flags & ACL_HAS_OWNER_RIGHTS) != 0) placeOwnerRights(token, descriptor.owner);
  if ((audits.flags & ACL_HAS_PRINCIPAL_SELF) != 0) placePrincipalSelf(token, request.principalSelf);
  const bare = maximum && want == 0;
  for (let i: u32 = 0; i < audits.count; i++) {
    const at = audits.entries + i * ENTRY_SIZE;
    const held = <u32>load<u8>(token.table + <usize>load<u16>(at + ENTRY_SID));
    if ((held & HOLD_DENY) == 0) continue;
    const flags = <u32>load<u8>(at + ENTRY_FLAGS);
    let node: u32 = 0;
    if ((flags & ENTRY_EXTRA) != 0) {
      node = auditedNode(audits, i);
      if (node == NODE_NOT_FOUND) continue;
    }
    const slot = slotAt(node);
    const stored = load<u32>(at + ENTRY_MASK);
    const mask = (request.flags & CHECK_RAW_GENERIC) != 0 ? stored : mapGeneric(stored, request);
    const success = slot.status == STATUS_SUCCESS;
    const bits = success ? mask & slot.access : bare ? mask : mask & want;
    const wanted = success ? ENTRY_AUDIT_SUCCESS : ENTRY_AUDIT_FAILURE;
    if ((flags & wanted) == 0 || (bits == 0 && (success || !bare))) continue;
    const ace = storedIndex(audits, i);
    const truth = (flags & ENTRY_EXTRA) != 0 ? auditTruth(audits, i, ace, token, descriptor) : TRUTH_NONE;
    if (truth == FALSE) continue;
    record(EVENT_AUDIT, LANE_NORMAL, success ? 1 : 2, truth, ace, node, bits, 0);
  }
}

/** An object ACE's node must be in the list, and its own verdict counts. 12.2 */
function auditedNode(audits: AclRecord, entry: u32): u32 {
  const extra = changetype<AceExtra>(load<usize>(audits.extras + entry * sizeof<usize>()));
  if ((extra.flags & EXTRA_OBJECT_TYPE) == 0) return 0;
  return nodeCount() == 0 ? NODE_NOT_FOUND : findNode(extra.guid0, extra.guid1);
}

/** TRUE and UNKNOWN audit. 12.2 */
function auditTruth(audits: AclRecord, entry: u32, ace: u32, token: TokenRecord, descriptor: DescriptorRecord): u32 {
  const extra = changetype<AceExtra>(load<usize>(audits.extras + entry * sizeof<usize>()));
  if ((extra.flags & EXTRA_CONDITION) == 0) return TRUTH_NONE;
  if (extra.condition == 0) return UNKNOWN;
  if (tracing()) {
    traceSource(SOURCE_SACL);
    traceCondition(LANE_NORMAL, ace);
  }
  const truth = evaluate(extra.condition, token, descriptor.sacl, PURPOSE_AUDIT, false);
  traceSource(0);
  return truth;
}
