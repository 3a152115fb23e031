/**
 * Policy image → compiled central access policies. access-check.md 9; shared/policy-image.ts
 *
 * Only the policies' conditions and DACLs are read. Does not know desired access or verdicts.
 */
import { allocate } from "../memory/arena";
import { beginRead, failAt, failed, fits, readSidSize, readU32 } from "../memory/reader";
import { AclRecord, DescriptorRecord, KIND_POLICIES, PoliciesRecord, PolicyRecord, RuleRecord } from "../memory/records";
import { POLICIES_MAX, POLICY_IMAGE_HEADER_SIZE, POLICY_IMAGE_MAGIC, POLICY_RULES_MAX } from "../shared/policy-image";
import { aclStorage } from "./acl";
import { conditionStorage, loadCondition } from "./condition";
import { loadDescriptor } from "./descriptor";
import { internSid, sidStorage } from "./sid-table";

/** Bytes of the smallest policy, and of the smallest rule. */
const LEAST_PART: u32 = 12;

let cursor: usize = 0;
let imageEnd: usize = 0;

/** Arena bytes that a policy image of `length` bytes takes at most. */
export function policyStorage(length: usize): usize {
  return (
    2 * aclStorage(length) +
    4 * length +
    sidStorage(length / 8 + 1, length) +
    conditionStorage(length) +
    1024
  );
}

/** The record of the policy image at `at`; 0 and a fault when the bytes are none. */
export function loadPolicies(at: usize, length: u32, generation: u32): usize {
  beginRead(at);
  imageEnd = at + length;
  if (!fits(at, imageEnd, POLICY_IMAGE_HEADER_SIZE)) return 0;
  if (readU32(at, imageEnd) != POLICY_IMAGE_MAGIC) failAt(at);
  if (readU32(at + 4, imageEnd) != length || (length & 3) != 0) failAt(at + 4);
  const count = readU32(at + 8, imageEnd);
  // A policy takes at least a SID and a count, a rule three lengths: a lying count must not make the arena grow.
  if (count > POLICIES_MAX || count > length / LEAST_PART) failAt(at + 8);
  if (failed()) return 0;
  cursor = at + POLICY_IMAGE_HEADER_SIZE;
  const record = changetype<PoliciesRecord>(allocate(offsetof<PoliciesRecord>()));
  record.count = count;
  record.policies = allocate(count * offsetof<PolicyRecord>());
  for (let i: u32 = 0; i < count; i++) {
    if (!loadPolicy(changetype<PolicyRecord>(record.policies + i * offsetof<PolicyRecord>()), generation)) return 0;
  }
  if (cursor != imageEnd) {
    failAt(cursor);
    return 0;
  }
  record.generation = generation;
  record.kind = KIND_POLICIES;
  return changetype<usize>(record);
}

function loadPolicy(policy: PolicyRecord, generation: u32): bool {
  const size = readSidSize(cursor, imageEnd);
  if (size == 0) return false;
  policy.sid = internSid(cursor);
  cursor += size;
  const count = readU32(cursor, imageEnd);
  if (count > POLICY_RULES_MAX || count > <u32>(imageEnd - cursor) / LEAST_PART) failAt(cursor);
  cursor += 4;
  if (failed()) return false;
  policy.ruleCount = count;
  policy.rules = allocate(count * offsetof<RuleRecord>());
  for (let i: u32 = 0; i < count; i++) {
    if (!loadRule(changetype<RuleRecord>(policy.rules + i * offsetof<RuleRecord>()), generation)) return false;
  }
  return true;
}

function loadRule(rule: RuleRecord, generation: u32): bool {
  const appliesTo = readBlob();
  if (appliesTo < 0) return false;
  if (appliesTo > 0) {
    rule.conditional = 1;
    rule.condition = loadCondition(blobAt, <u32>appliesTo);
  }
  const dacl = readBlob();
  if (dacl <= 0) return false;
  const at = blobAt;
  const effective = loadDescriptor(at, <u32>dacl, generation);
  if (effective == 0) return false;
  rule.dacl = changetype<DescriptorRecord>(effective).dacl;
  const staged = readBlob();
  if (staged < 0) return false;
  if (staged > 0) {
    const proposed = loadDescriptor(blobAt, <u32>staged, generation);
    if (proposed == 0) return false;
    rule.staged = 1;
    rule.stagedDacl = changetype<DescriptorRecord>(proposed).dacl;
  }
  return true;
}

let blobAt: usize = 0;

/** Length of the next blob, its bytes at `blobAt`; -1 and a fault when it does not fit. */
function readBlob(): i32 {
  const length = readU32(cursor, imageEnd);
  if (failed()) return -1;
  blobAt = cursor + 4;
  const padded = (<usize>length + 3) & ~3;
  if (length > <u32>(imageEnd - cursor) || !fits(blobAt, imageEnd, padded)) {
    failAt(cursor);
    return -1;
  }
  cursor = blobAt + padded;
  return <i32>length;
}
