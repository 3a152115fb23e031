/**
 * Self-relative security descriptors: bytes to parts. [MS-DTYP] 2.4.6, 2.4.5; formats.md 3 and 4.
 *
 *   u8 revision=1 | u8 sbz1 | u16 control | u32 owner | u32 group | u32 SACL | u32 DACL      offsets, 0 = absent
 *
 * Untrusted bytes: sizes are compared by subtraction from the end, and nothing is built from a size not yet checked.
 */

import {
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACE_HEADER_SIZE,
  ACE_TYPE,
  ACL_HEADER_SIZE,
  ACL_REVISION,
  ACL_REVISION_DS,
  SYSTEM_ALARM_OBJECT_ACE_TYPE,
} from "../../assembly/shared/ace.js";
import {
  SD_CONTROL,
  SD_DACL,
  SD_GROUP,
  SD_HEADER_SIZE,
  SD_MAX_SIZE,
  SD_OWNER,
  SD_REVISION,
  SD_SACL,
  SD_SBZ1,
  SE_DACL_PRESENT,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
  SECURITY_DESCRIPTOR_REVISION,
} from "../../assembly/shared/security-descriptor.js";
import type { Ace } from "../ace.js";
import { Acl } from "../acl.js";
import type { DescriptorParts } from "../descriptor-parts.js";
import { FormatError } from "../errors.js";
import type { Sid } from "../sid.js";
import { readAce, readAceSize } from "./ace-decode.js";
import { readU16, readU32 } from "./little-endian.js";
import { readSid } from "./sid.js";

/** ACL header: u8 revision, u8 sbz1, u16 size, u16 ACE count, u16 sbz2. */
const ACL_SBZ1 = 1;
const ACL_SIZE = 2;
const ACL_COUNT = 4;
const ACL_SBZ2 = 6;
/** A SID and an ACL have headers of the same size: the least that an offset must leave. */
const LEAST_PART = 8;

/**
 * What the self-relative descriptor in `bytes` holds.
 *
 * Overlaps, holes and trailing bytes are legal; an ACL is looked at only when its PRESENT bit is set. Throws
 * FormatError: ERR_DESCRIPTOR at the field at fault, ERR_LIMIT beyond 1 MiB.
 */
export function decodeDescriptor(bytes: Uint8Array): DescriptorParts {
  if (bytes.length > SD_MAX_SIZE)
    throw new FormatError("ERR_LIMIT", SD_MAX_SIZE, "expected a descriptor of at most 1 MiB");
  if (bytes.length < SD_HEADER_SIZE) throw malformed(0, `a header of 20 bytes, found ${bytes.length}`);
  if (bytes[SD_REVISION] !== SECURITY_DESCRIPTOR_REVISION) throw malformed(SD_REVISION, "descriptor revision 1");
  const control = readU16(bytes, SD_CONTROL);
  if ((control & SE_SELF_RELATIVE) === 0) throw malformed(SD_CONTROL, "a self-relative descriptor");
  return {
    owner: readSidAt(bytes, SD_OWNER),
    group: readSidAt(bytes, SD_GROUP),
    control,
    sbz1: bytes[SD_SBZ1],
    sacl: (control & SE_SACL_PRESENT) === 0 ? null : readAclAt(bytes, SD_SACL),
    dacl: (control & SE_DACL_PRESENT) === 0 ? null : readAclAt(bytes, SD_DACL),
  };
}

/**
 * Where each ACE begins, and where the last ends, in the ACL that the header field `field` names. For bytes that
 * `decodeDescriptor` takes, with that ACL present.
 */
export function aceOffsets(bytes: Uint8Array, field: typeof SD_DACL | typeof SD_SACL): number[] {
  const acl = readU32(bytes, field);
  const end = acl + readU16(bytes, acl + ACL_SIZE);
  const offsets = [acl + ACL_HEADER_SIZE];
  for (let i = 0; i < readU16(bytes, acl + ACL_COUNT); i++)
    offsets.push(offsets[i] + readAceSize(bytes, offsets[i], end));
  return offsets;
}

function readSidAt(bytes: Uint8Array, field: number): Sid | null {
  const at = readOffset(bytes, field);
  return at === 0 ? null : readSid(bytes, at, bytes.length, "ERR_DESCRIPTOR");
}

function readAclAt(bytes: Uint8Array, field: number): Acl | null {
  const at = readOffset(bytes, field);
  return at === 0 ? null : readAcl(bytes, at);
}

/** 0, or a place behind the header with room for the smallest part. */
function readOffset(bytes: Uint8Array, field: number): number {
  const at = readU32(bytes, field);
  if (at !== 0 && (at < SD_HEADER_SIZE || at % 4 !== 0 || at > bytes.length - LEAST_PART)) {
    throw malformed(field, `an offset inside the descriptor and a multiple of 4, found ${at}`);
  }
  return at;
}

function readAcl(bytes: Uint8Array, start: number): Acl {
  const revision = bytes[start];
  if (revision < ACL_REVISION || revision > ACL_REVISION_DS) throw malformed(start, "ACL revision 2, 3 or 4");
  const size = readU16(bytes, start + ACL_SIZE);
  if (size < ACL_HEADER_SIZE || size % 4 !== 0 || size > bytes.length - start) {
    throw malformed(start + ACL_SIZE, `an ACL that ends inside the descriptor, found ${size} bytes`);
  }
  const count = readU16(bytes, start + ACL_COUNT);
  const end = start + size;
  const aces: Ace[] = [];
  let at = start + ACL_HEADER_SIZE;
  for (let i = 0; i < count; i++) {
    if (end - at < ACE_HEADER_SIZE) throw malformed(start + ACL_COUNT, `room for ${count} ACEs, found ${i}`);
    if (revision < ACL_REVISION_DS && isPlainObjectType(bytes[at + ACE_TYPE])) {
      throw malformed(at + ACE_TYPE, "object ACEs in an ACL of revision 4 only");
    }
    const next = at + readAceSize(bytes, at, end);
    aces.push(readAce(bytes, at, next));
    at = next;
  }
  return Acl.trusted({
    revision,
    aces,
    sbz1: bytes[start + ACL_SBZ1],
    sbz2: readU16(bytes, start + ACL_SBZ2),
    slack: bytes.slice(at, end),
  });
}

/** 05–08: the object types that need revision 4. Windows leaves callback types in revision 2. */
function isPlainObjectType(type: number): boolean {
  return type >= ACCESS_ALLOWED_OBJECT_ACE_TYPE && type <= SYSTEM_ALARM_OBJECT_ACE_TYPE;
}

function malformed(at: number, expected: string): FormatError {
  return new FormatError("ERR_DESCRIPTOR", at, `expected ${expected}`);
}
