/**
 * What of a SACL decides: label, trust label, access filters, scoped policy, resource attributes, audit ACEs.
 *
 * An ACE whose SID is not of its kind is as if absent, and the next one counts (access-check.md 3.2). Does not know
 * desired access or verdicts.
 */
import { allocate } from "../memory/arena";
import { AclRecord, AccessFilterRecord, SaclRecord } from "../memory/records";
import { NO_ACE } from "../shared/abi";
import {
  ACL_HEADER_SIZE,
  SYSTEM_ACCESS_FILTER_ACE_TYPE,
  SYSTEM_MANDATORY_LABEL_ACE_TYPE,
  SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE,
  SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE,
  SYSTEM_SCOPED_POLICY_ID_ACE_TYPE,
} from "../shared/ace";
import { aceData, aceMask, aceSid, aceSize, aceType, isInheritOnly } from "./ace";
import { loadAudits, readAcl } from "./acl";
import { loadClaim } from "./claims";
import { loadCondition } from "./condition";
import { internSid } from "./sid-table";

const LABEL_AUTHORITY: u32 = 16;
const POLICY_AUTHORITY: u32 = 17;
const TRUST_AUTHORITY: u32 = 19;

/** The record of the SACL at `at`; 0 and a fault when it is not sound. */
export function loadSacl(at: usize, end: usize): usize {
  if (readAcl(at, end) == 0) return 0;
  const record = changetype<SaclRecord>(allocate(offsetof<SaclRecord>()));
  record.labelAce = NO_ACE;
  record.trustAce = NO_ACE;
  const stored = <u32>load<u16>(at + 4);
  let filters: u32 = 0;
  let resources: u32 = 0;
  let ace = at + ACL_HEADER_SIZE;
  for (let i: u32 = 0; i < stored; i++) {
    const type = aceType(ace);
    if (type == SYSTEM_ACCESS_FILTER_ACE_TYPE && !isInheritOnly(ace)) filters += 1;
    if (type == SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE) resources += 1;
    ace += aceSize(ace);
  }
  record.filters = allocate(filters * offsetof<AccessFilterRecord>());
  record.resources = allocate(resources * sizeof<usize>());
  ace = at + ACL_HEADER_SIZE;
  for (let i: u32 = 0; i < stored; i++) {
    loadSaclAce(record, i, ace);
    ace += aceSize(ace);
  }
  record.audits = changetype<AclRecord | null>(loadAudits(at));
  return changetype<usize>(record);
}

function loadSaclAce(record: SaclRecord, index: u32, ace: usize): void {
  const type = aceType(ace);
  const sid = aceSid(ace);
  const data = aceData(ace);
  const end = ace + aceSize(ace);
  if (type == SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE) {
    // Inherit-only or not: access-check.md 11.4.
    const claim = loadClaim(data, end);
    if (claim == 0) return;
    store<usize>(record.resources + record.resourceCount * sizeof<usize>(), claim);
    record.resourceCount += 1;
    return;
  }
  if (isInheritOnly(ace)) return;
  if (type == SYSTEM_MANDATORY_LABEL_ACE_TYPE) {
    if (record.labelAce != NO_ACE || !isOf(sid, LABEL_AUTHORITY, 1)) return;
    record.labelAce = index;
    record.labelRid = load<u32>(sid + 8);
    record.labelPolicy = aceMask(ace);
  } else if (type == SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE) {
    if (record.trustAce != NO_ACE || !isOf(sid, TRUST_AUTHORITY, 2)) return;
    record.trustAce = index;
    record.trustType = load<u32>(sid + 8);
    record.trustLevel = load<u32>(sid + 12);
    record.trustMask = aceMask(ace);
  } else if (type == SYSTEM_SCOPED_POLICY_ID_ACE_TYPE) {
    if (record.policySid != 0 || !hasAuthority(sid, POLICY_AUTHORITY)) return;
    record.policySid = internSid(sid);
  } else if (type == SYSTEM_ACCESS_FILTER_ACE_TYPE) {
    const filter = changetype<AccessFilterRecord>(record.filters + record.filterCount * offsetof<AccessFilterRecord>());
    filter.ace = index;
    filter.mask = aceMask(ace);
    filter.condition = loadCondition(data, <u32>(end - data));
    record.filterCount += 1;
  }
}

/** Whether the SID is S-1-<authority>-… with exactly `count` sub-authorities. */
function isOf(sid: usize, authority: u32, count: u32): bool {
  return <u32>load<u8>(sid + 1) == count && hasAuthority(sid, authority);
}

function hasAuthority(sid: usize, authority: u32): bool {
  return load<u32>(sid + 2) == 0 && load<u8>(sid + 6) == 0 && <u32>load<u8>(sid + 7) == authority && load<u8>(sid + 1) != 0;
}
