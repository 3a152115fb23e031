/** ACE types, flags and layouts. [MS-DTYP] 2.4.4. Compiled by asc and by esbuild: literals only. */

export const ACCESS_ALLOWED_ACE_TYPE: u32 = 0x00;
export const ACCESS_DENIED_ACE_TYPE: u32 = 0x01;
export const SYSTEM_AUDIT_ACE_TYPE: u32 = 0x02;
export const SYSTEM_ALARM_ACE_TYPE: u32 = 0x03;
export const ACCESS_ALLOWED_COMPOUND_ACE_TYPE: u32 = 0x04;
export const ACCESS_ALLOWED_OBJECT_ACE_TYPE: u32 = 0x05;
export const ACCESS_DENIED_OBJECT_ACE_TYPE: u32 = 0x06;
export const SYSTEM_AUDIT_OBJECT_ACE_TYPE: u32 = 0x07;
export const SYSTEM_ALARM_OBJECT_ACE_TYPE: u32 = 0x08;
export const ACCESS_ALLOWED_CALLBACK_ACE_TYPE: u32 = 0x09;
export const ACCESS_DENIED_CALLBACK_ACE_TYPE: u32 = 0x0a;
export const ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE: u32 = 0x0b;
export const ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE: u32 = 0x0c;
export const SYSTEM_AUDIT_CALLBACK_ACE_TYPE: u32 = 0x0d;
export const SYSTEM_ALARM_CALLBACK_ACE_TYPE: u32 = 0x0e;
export const SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE: u32 = 0x0f;
export const SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE: u32 = 0x10;
export const SYSTEM_MANDATORY_LABEL_ACE_TYPE: u32 = 0x11;
export const SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE: u32 = 0x12;
export const SYSTEM_SCOPED_POLICY_ID_ACE_TYPE: u32 = 0x13;
export const SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE: u32 = 0x14;
export const SYSTEM_ACCESS_FILTER_ACE_TYPE: u32 = 0x15;
/** Types above this one are unknown: kept, counted, never matched. */
export const LAST_KNOWN_ACE_TYPE: u32 = 0x15;

export const OBJECT_INHERIT_ACE: u32 = 0x01;
export const CONTAINER_INHERIT_ACE: u32 = 0x02;
export const NO_PROPAGATE_INHERIT_ACE: u32 = 0x04;
export const INHERIT_ONLY_ACE: u32 = 0x08;
export const INHERITED_ACE: u32 = 0x10;
export const CRITICAL_ACE_FLAG: u32 = 0x20;
export const SUCCESSFUL_ACCESS_ACE_FLAG: u32 = 0x40;
/** The same bit as SUCCESSFUL_ACCESS, on access filters only. */
export const TRUST_PROTECTED_FILTER_ACE_FLAG: u32 = 0x40;
export const FAILED_ACCESS_ACE_FLAG: u32 = 0x80;

export const ACE_OBJECT_TYPE_PRESENT: u32 = 0x1;
export const ACE_INHERITED_OBJECT_TYPE_PRESENT: u32 = 0x2;

/** ACE header: u8 type, u8 flags, u16 size. */
export const ACE_TYPE: u32 = 0;
export const ACE_FLAGS: u32 = 1;
export const ACE_SIZE: u32 = 2;
export const ACE_HEADER_SIZE: u32 = 4;
/** Access mask of every known type. */
export const ACE_MASK: u32 = 4;
/** SID of the plain and callback types. */
export const ACE_SID: u32 = 8;
/** Object flags of the object types; the GUIDs follow. */
export const ACE_OBJECT_FLAGS: u32 = 8;
export const ACE_OBJECT_GUIDS: u32 = 12;
/** Compound: u16 compound type, u16 reserved, server SID, client SID. */
export const ACE_COMPOUND_SIDS: u32 = 12;
/** The smallest AceSize of a known type. */
export const ACE_KNOWN_MIN_SIZE: u32 = 16;

export const ACL_REVISION: u32 = 2;
export const ACL_REVISION_DS: u32 = 4;
export const ACL_HEADER_SIZE: u32 = 8;
/** Largest AclSize and AceSize: a multiple of four in 16 bits. formats.md 8. */
export const ACL_MAX_SIZE: u32 = 65532;
export const ACE_MAX_SIZE: u32 = 65532;

/** Policy bits of a mandatory label. */
export const SYSTEM_MANDATORY_LABEL_NO_WRITE_UP: u32 = 0x1;
export const SYSTEM_MANDATORY_LABEL_NO_READ_UP: u32 = 0x2;
export const SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP: u32 = 0x4;
