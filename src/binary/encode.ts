/**
 * Self-relative security descriptors: parts to bytes, in the layout of Windows. [MS-DTYP] 2.4.6; formats.md 3 and 4.
 *
 *   header | SACL | DACL | owner | group       no gaps
 *
 * Every size is known, and compared with its limit, before anything is built.
 */

import { ACE_MAX_SIZE, ACL_HEADER_SIZE, ACL_MAX_SIZE } from "../../assembly/shared/ace.js";
import {
  SD_CONTROL,
  SD_DACL,
  SD_GROUP,
  SD_HEADER_SIZE,
  SD_OWNER,
  SD_REVISION,
  SD_SACL,
  SD_SBZ1,
  SE_DACL_PRESENT,
  SE_RM_CONTROL_VALID,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
  SECURITY_DESCRIPTOR_REVISION,
} from "../../assembly/shared/security-descriptor.js";
import type { Acl } from "../acl.js";
import type { DescriptorParts } from "../descriptor-parts.js";
import { FormatError } from "../errors.js";
import type { Sid } from "../sid.js";
import { aceSize, writeAce } from "./ace-encode.js";
import { paddedSize, writeU16, writeU32 } from "./little-endian.js";
import { writeSid } from "./sid.js";

/**
 * The bytes of a descriptor with these parts.
 *
 * The PRESENT bits follow the ACLs, SELF_RELATIVE is set, and the resource-manager byte is written only where
 * RM_CONTROL_VALID says so. Throws FormatError ERR_LIMIT for an ACE or an ACL beyond 65,532 bytes; its offset is
 * the place the ACE or ACL would have had.
 */
export function encodeDescriptor(parts: DescriptorParts): Uint8Array {
  const { owner, group, dacl, sacl } = parts;
  const saclAt = SD_HEADER_SIZE;
  const daclAt = saclAt + checkedAclSize(sacl, saclAt);
  const ownerAt = daclAt + checkedAclSize(dacl, daclAt);
  const groupAt = ownerAt + sizeOfSid(owner);
  const bytes = new Uint8Array(groupAt + sizeOfSid(group));

  let control = parts.control | SE_SELF_RELATIVE;
  if (dacl !== null) control |= SE_DACL_PRESENT;
  if (sacl !== null) control |= SE_SACL_PRESENT;
  bytes[SD_REVISION] = SECURITY_DESCRIPTOR_REVISION;
  bytes[SD_SBZ1] = (control & SE_RM_CONTROL_VALID) === 0 ? 0 : parts.sbz1;
  writeU16(bytes, SD_CONTROL, control);
  writeSidAt(bytes, SD_OWNER, ownerAt, owner);
  writeSidAt(bytes, SD_GROUP, groupAt, group);
  writeAclAt(bytes, SD_SACL, saclAt, sacl);
  writeAclAt(bytes, SD_DACL, daclAt, dacl);
  return bytes;
}

function sizeOfSid(sid: Sid | null): number {
  return sid === null ? 0 : sid.byteLength;
}

/** AclSize with its slack, 0 without an ACL. Throws FormatError ERR_LIMIT. */
function checkedAclSize(acl: Acl | null, at: number): number {
  if (acl === null) return 0;
  let size = ACL_HEADER_SIZE;
  for (const ace of acl.aces) {
    const own = aceSize(ace);
    if (own > ACE_MAX_SIZE)
      throw new FormatError("ERR_LIMIT", at + size, `expected an ACE of at most ${ACE_MAX_SIZE} bytes, found ${own}`);
    size += own;
  }
  size = paddedSize(size + acl.slack.length);
  if (size > ACL_MAX_SIZE)
    throw new FormatError("ERR_LIMIT", at, `expected an ACL of at most ${ACL_MAX_SIZE} bytes, found ${size}`);
  return size;
}

function writeSidAt(bytes: Uint8Array, field: number, at: number, sid: Sid | null): void {
  if (sid === null) return;
  writeU32(bytes, field, at);
  writeSid(bytes, at, sid);
}

function writeAclAt(bytes: Uint8Array, field: number, start: number, acl: Acl | null): void {
  if (acl === null) return;
  writeU32(bytes, field, start);
  bytes[start] = acl.revision;
  bytes[start + 1] = acl.sbz1;
  writeU16(bytes, start + 4, acl.aces.length);
  writeU16(bytes, start + 6, acl.sbz2);
  let at = start + ACL_HEADER_SIZE;
  for (const ace of acl.aces) at = writeAce(bytes, at, ace);
  bytes.set(acl.slack, at);
  writeU16(bytes, start + 2, paddedSize(at - start + acl.slack.length));
}
