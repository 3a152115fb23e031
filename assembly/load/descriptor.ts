/**
 * Self-relative bytes → a compiled descriptor, or a refusal with the offset at fault. [MS-DTYP] 2.4.6
 *
 * Everything is validated here, once; past this room nothing is checked again. Does not know desired access.
 */
import { allocate } from "../memory/arena";
import { beginRead, failAt, failed, fits, readSidSize, readU16, readU32, readU8 } from "../memory/reader";
import { AclRecord, DescriptorRecord, KIND_DESCRIPTOR, SaclRecord } from "../memory/records";
import { ACL_HEADER_SIZE } from "../shared/ace";
import {
  SD_CONTROL,
  SD_DACL,
  SD_GROUP,
  SD_HEADER_SIZE,
  SD_OWNER,
  SD_REVISION,
  SD_SACL,
  SECURITY_DESCRIPTOR_REVISION,
  SE_DACL_PRESENT,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
} from "../shared/security-descriptor";
import { aclStorage, loadDacl } from "./acl";
import { claimStorage } from "./claims";
import { conditionStorage } from "./condition";
import { loadSacl } from "./sacl";
import { internSid, sidStorage } from "./sid-table";

/** What decides lies in two ACLs of at most 64 KiB and two SIDs, however long the descriptor. */
const DECIDING_BYTES_MAX: usize = 0x20100;

/** Arena bytes that a descriptor of `bytes` takes at most. */
export function descriptorStorage(bytes: usize): usize {
  const deciding = min(bytes, DECIDING_BYTES_MAX);
  return (
    2 * aclStorage(deciding) +
    sidStorage(deciding / 8 + 4, deciding) +
    conditionStorage(deciding) +
    claimStorage(deciding) +
    1024
  );
}

/** The record of the descriptor at `at`; 0 and a fault when the bytes are none. */
export function loadDescriptor(at: usize, length: u32, generation: u32): usize {
  beginRead(at);
  const end = at + length;
  if (!fits(at, end, SD_HEADER_SIZE)) return 0;
  if (readU8(at + SD_REVISION, end) != SECURITY_DESCRIPTOR_REVISION) failAt(at + SD_REVISION);
  const control = readU16(at + SD_CONTROL, end);
  if ((control & SE_SELF_RELATIVE) == 0) failAt(at + SD_CONTROL);
  const owner = readPart(at, end, SD_OWNER);
  const group = readPart(at, end, SD_GROUP);
  const sacl = (control & SE_SACL_PRESENT) != 0 ? readPart(at, end, SD_SACL) : 0;
  const dacl = (control & SE_DACL_PRESENT) != 0 ? readPart(at, end, SD_DACL) : 0;
  if (owner != 0) readSidSize(owner, end);
  if (group != 0) readSidSize(group, end);
  if (failed()) return 0;

  const record = changetype<DescriptorRecord>(allocate(offsetof<DescriptorRecord>()));
  if (sacl != 0) record.sacl = changetype<SaclRecord | null>(loadSacl(sacl, end));
  if (failed()) return 0;
  if (dacl != 0) record.dacl = changetype<AclRecord | null>(loadDacl(dacl, end));
  if (failed()) return 0;
  record.owner = owner != 0 ? internSid(owner) : 0;
  record.group = group != 0 ? internSid(group) : 0;
  record.generation = generation;
  record.kind = KIND_DESCRIPTOR;
  return changetype<usize>(record);
}

/** Address of the part whose offset is at `field`; 0 when absent. formats.md 3 */
function readPart(at: usize, end: usize, field: usize): usize {
  const offset = readU32(at + field, end);
  if (offset == 0) return 0;
  if (offset < SD_HEADER_SIZE || (offset & 3) != 0 || offset > <u32>(end - at) || <u32>(end - at) - offset < ACL_HEADER_SIZE) {
    failAt(at + field);
    return 0;
  }
  return at + offset;
}
