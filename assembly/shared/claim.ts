/** CLAIM_SECURITY_ATTRIBUTE types and flags. [MS-DTYP] 2.4.10.1. Compiled by asc and by esbuild: literals only. */

export const CLAIM_TYPE_INT64: u32 = 0x0001;
export const CLAIM_TYPE_UINT64: u32 = 0x0002;
export const CLAIM_TYPE_STRING: u32 = 0x0003;
export const CLAIM_TYPE_SID: u32 = 0x0005;
export const CLAIM_TYPE_BOOLEAN: u32 = 0x0006;
export const CLAIM_TYPE_OCTET_STRING: u32 = 0x0010;

export const CLAIM_NON_INHERITABLE: u32 = 0x0001;
export const CLAIM_VALUE_CASE_SENSITIVE: u32 = 0x0002;
export const CLAIM_USE_FOR_DENY_ONLY: u32 = 0x0004;
export const CLAIM_DISABLED_BY_DEFAULT: u32 = 0x0008;
export const CLAIM_DISABLED: u32 = 0x0010;
export const CLAIM_MANDATORY: u32 = 0x0020;
/** Reserved bits of the low half; the high half is free. */
export const CLAIM_RESERVED_FLAGS: u32 = 0x0000ffc0;

/** CLAIM_SECURITY_ATTRIBUTE_RELATIVE_V1: offsets from the claim's start. */
export const CLAIM_NAME: u32 = 0;
export const CLAIM_TYPE: u32 = 4;
export const CLAIM_RESERVED: u32 = 6;
export const CLAIM_FLAGS: u32 = 8;
export const CLAIM_COUNT: u32 = 12;
export const CLAIM_VALUES: u32 = 16;
