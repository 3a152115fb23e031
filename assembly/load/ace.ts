/**
 * One ACE: is it sound, and where do its parts lie. [MS-DTYP] 2.4.4; formats.md 5
 *
 * `readAce` is the only judge of an ACE's bytes; the other functions here take an ACE that it has passed.
 * Does not know desired access or verdicts.
 */
import { failAt, failed, fits, readSidSize, readU16, readU32, readU8 } from "../memory/reader";
import { sidSize } from "../memory/sids";
import {
  ACCESS_ALLOWED_CALLBACK_ACE_TYPE,
  ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_ALLOWED_COMPOUND_ACE_TYPE,
  ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  ACCESS_DENIED_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_ACE_TYPE,
  ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE,
  ACCESS_DENIED_OBJECT_ACE_TYPE,
  ACE_COMPOUND_SIDS,
  ACE_FLAGS,
  ACE_HEADER_SIZE,
  ACE_INHERITED_OBJECT_TYPE_PRESENT,
  ACE_KNOWN_MIN_SIZE,
  ACE_MASK,
  ACE_OBJECT_FLAGS,
  ACE_OBJECT_GUIDS,
  ACE_OBJECT_TYPE_PRESENT,
  ACE_SID,
  ACE_SIZE,
  ACE_TYPE,
  ACL_REVISION_DS,
  INHERIT_ONLY_ACE,
  LAST_KNOWN_ACE_TYPE,
  SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE,
  SYSTEM_ALARM_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE,
  SYSTEM_AUDIT_OBJECT_ACE_TYPE,
} from "../shared/ace";

/** Size of the sound ACE at `at` in an ACL that ends at `end`; a fault at the field that is not. */
export function readAce(at: usize, end: usize, revision: u32): u32 {
  if (!fits(at, end, ACE_HEADER_SIZE)) return 0;
  const type = readU8(at + ACE_TYPE, end);
  const size = readU16(at + ACE_SIZE, end);
  if ((size & 3) != 0 || size < (isKnown(type) ? ACE_KNOWN_MIN_SIZE : ACE_HEADER_SIZE) || <usize>size > end - at) {
    failAt(at + ACE_SIZE);
    return 0;
  }
  if (type >= ACCESS_ALLOWED_OBJECT_ACE_TYPE && type <= SYSTEM_ALARM_OBJECT_ACE_TYPE && revision < ACL_REVISION_DS) {
    failAt(at + ACE_TYPE);
    return 0;
  }
  if (!isKnown(type)) return size;
  const aceEnd = at + size;
  let sid = at + ACE_SID;
  if (isObject(type)) {
    if (readU32(at + ACE_OBJECT_FLAGS, aceEnd) > (ACE_OBJECT_TYPE_PRESENT | ACE_INHERITED_OBJECT_TYPE_PRESENT)) {
      failAt(at + ACE_OBJECT_FLAGS);
      return 0;
    }
    sid = objectSid(at);
    if (sid > aceEnd) {
      failAt(at + ACE_OBJECT_FLAGS);
      return 0;
    }
  } else if (type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE) {
    const server = at + ACE_COMPOUND_SIDS;
    sid = server + readSidSize(server, aceEnd);
  }
  readSidSize(sid, aceEnd);
  return failed() ? 0 : size;
}

export function isKnown(type: u32): bool {
  return type <= LAST_KNOWN_ACE_TYPE;
}

/** Types with object flags and GUIDs. */
export function isObject(type: u32): bool {
  return (
    (type >= ACCESS_ALLOWED_OBJECT_ACE_TYPE && type <= SYSTEM_ALARM_OBJECT_ACE_TYPE) ||
    type == ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE ||
    type == ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE ||
    type == SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE ||
    type == SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE
  );
}

/** Types whose application data is a condition. */
export function isCallback(type: u32): bool {
  return type >= ACCESS_ALLOWED_CALLBACK_ACE_TYPE && type <= SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE;
}

export function isAllow(type: u32): bool {
  return (
    type == 0 ||
    type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE ||
    type == ACCESS_ALLOWED_OBJECT_ACE_TYPE ||
    type == ACCESS_ALLOWED_CALLBACK_ACE_TYPE ||
    type == ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE
  );
}

export function isDeny(type: u32): bool {
  return (
    type == ACCESS_DENIED_ACE_TYPE ||
    type == ACCESS_DENIED_OBJECT_ACE_TYPE ||
    type == ACCESS_DENIED_CALLBACK_ACE_TYPE ||
    type == ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE
  );
}

/** Alarm types do nothing. access-check.md 12.1 */
export function isAudit(type: u32): bool {
  return (
    type == SYSTEM_AUDIT_ACE_TYPE ||
    type == SYSTEM_AUDIT_OBJECT_ACE_TYPE ||
    type == SYSTEM_AUDIT_CALLBACK_ACE_TYPE ||
    type == SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE
  );
}

export function aceType(at: usize): u32 {
  return load<u8>(at + ACE_TYPE);
}

export function aceFlags(at: usize): u32 {
  return load<u8>(at + ACE_FLAGS);
}

export function isInheritOnly(at: usize): bool {
  return (aceFlags(at) & INHERIT_ONLY_ACE) != 0;
}

export function aceSize(at: usize): u32 {
  return load<u16>(at + ACE_SIZE);
}

export function aceMask(at: usize): u32 {
  return load<u32>(at + ACE_MASK);
}

/** Address of the SID the ACE is for: the client's, where there are two. */
export function aceSid(at: usize): usize {
  const type = aceType(at);
  if (isObject(type)) return objectSid(at);
  if (type == ACCESS_ALLOWED_COMPOUND_ACE_TYPE) return at + ACE_COMPOUND_SIDS + sidSize(at + ACE_COMPOUND_SIDS);
  return at + ACE_SID;
}

/** Address of what follows the SID. */
export function aceData(at: usize): usize {
  const sid = aceSid(at);
  return sid + sidSize(sid);
}

/** Whether an object ACE names an ObjectType; its GUID is at `at + ACE_OBJECT_GUIDS`. */
export function hasObjectType(at: usize): bool {
  return (load<u32>(at + ACE_OBJECT_FLAGS) & ACE_OBJECT_TYPE_PRESENT) != 0;
}

function objectSid(at: usize): usize {
  const flags = load<u32>(at + ACE_OBJECT_FLAGS);
  return (
    at +
    ACE_OBJECT_GUIDS +
    ((flags & ACE_OBJECT_TYPE_PRESENT) != 0 ? 16 : 0) +
    ((flags & ACE_INHERITED_OBJECT_TYPE_PRESENT) != 0 ? 16 : 0)
  );
}
