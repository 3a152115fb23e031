/** Tokens of conditional expressions. [MS-DTYP] 2.4.4.17. Compiled by asc and by esbuild: literals only. */

/** "artx", as a little-endian u32. */
export const CONDITION_SIGNATURE: u32 = 0x78747261;
/** Most tokens of one expression, and most members of one composite. formats.md 8. */
export const CONDITION_MAX_TOKENS: u32 = 4096;
/** Most items on the evaluation stack. access-check.md 11.2. */
export const CONDITION_MAX_STACK: u32 = 1024;
/** Most levels of nesting in text. formats.md 8. */
export const CONDITION_MAX_LEVELS: u32 = 256;

export const TOKEN_PADDING: u32 = 0x00;
export const TOKEN_INT8: u32 = 0x01;
export const TOKEN_INT16: u32 = 0x02;
export const TOKEN_INT32: u32 = 0x03;
export const TOKEN_INT64: u32 = 0x04;
export const TOKEN_UNICODE: u32 = 0x10;
export const TOKEN_OCTETS: u32 = 0x18;
export const TOKEN_COMPOSITE: u32 = 0x50;
export const TOKEN_SID: u32 = 0x51;

export const SIGN_PLUS: u32 = 0x01;
export const SIGN_MINUS: u32 = 0x02;
export const SIGN_NONE: u32 = 0x03;
export const BASE_OCTAL: u32 = 0x01;
export const BASE_DECIMAL: u32 = 0x02;
export const BASE_HEXADECIMAL: u32 = 0x03;

export const TOKEN_EQUAL: u32 = 0x80;
export const TOKEN_NOT_EQUAL: u32 = 0x81;
export const TOKEN_LESS: u32 = 0x82;
export const TOKEN_LESS_OR_EQUAL: u32 = 0x83;
export const TOKEN_GREATER: u32 = 0x84;
export const TOKEN_GREATER_OR_EQUAL: u32 = 0x85;
export const TOKEN_CONTAINS: u32 = 0x86;
export const TOKEN_EXISTS: u32 = 0x87;
export const TOKEN_ANY_OF: u32 = 0x88;
export const TOKEN_MEMBER_OF: u32 = 0x89;
export const TOKEN_DEVICE_MEMBER_OF: u32 = 0x8a;
export const TOKEN_MEMBER_OF_ANY: u32 = 0x8b;
export const TOKEN_DEVICE_MEMBER_OF_ANY: u32 = 0x8c;
export const TOKEN_NOT_EXISTS: u32 = 0x8d;
export const TOKEN_NOT_CONTAINS: u32 = 0x8e;
export const TOKEN_NOT_ANY_OF: u32 = 0x8f;
export const TOKEN_NOT_MEMBER_OF: u32 = 0x90;
export const TOKEN_NOT_DEVICE_MEMBER_OF: u32 = 0x91;
export const TOKEN_NOT_MEMBER_OF_ANY: u32 = 0x92;
export const TOKEN_NOT_DEVICE_MEMBER_OF_ANY: u32 = 0x93;
export const TOKEN_AND: u32 = 0xa0;
export const TOKEN_OR: u32 = 0xa1;
export const TOKEN_NOT: u32 = 0xa2;
export const TOKEN_LOCAL_ATTRIBUTE: u32 = 0xf8;
export const TOKEN_USER_ATTRIBUTE: u32 = 0xf9;
export const TOKEN_RESOURCE_ATTRIBUTE: u32 = 0xfa;
export const TOKEN_DEVICE_ATTRIBUTE: u32 = 0xfb;

/** Truth values, ordered so that AND is min, OR is max and NOT is a mirror. [MS-DTYP] 2.4.4.17.7 */
export const FALSE: u32 = 0;
export const UNKNOWN: u32 = 1;
export const TRUE: u32 = 2;

/** How `Member_of` reads group attributes, and whether deny-only claims count. access-check.md 11.8, 11.9 */
export const PURPOSE_ALLOW: u32 = 0;
export const PURPOSE_DENY: u32 = 1;
export const PURPOSE_AUDIT: u32 = 2;
