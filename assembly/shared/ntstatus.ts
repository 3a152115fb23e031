/** NTSTATUS values the kernel answers with. [MS-ERREF] 2.3.1. Compiled by asc and by esbuild: literals only. */

export const STATUS_SUCCESS: u32 = 0x00000000;
export const STATUS_INVALID_HANDLE: u32 = 0xc0000008;
export const STATUS_INVALID_PARAMETER: u32 = 0xc000000d;
export const STATUS_ACCESS_DENIED: u32 = 0xc0000022;
export const STATUS_INVALID_OWNER: u32 = 0xc000005a;
export const STATUS_INVALID_PRIMARY_GROUP: u32 = 0xc000005b;
export const STATUS_NO_IMPERSONATION_TOKEN: u32 = 0xc000005c;
export const STATUS_PRIVILEGE_NOT_HELD: u32 = 0xc0000061;
export const STATUS_INVALID_ACL: u32 = 0xc0000077;
export const STATUS_INVALID_SID: u32 = 0xc0000078;
export const STATUS_INVALID_SECURITY_DESCR: u32 = 0xc0000079;
export const STATUS_NO_TOKEN: u32 = 0xc000007c;
export const STATUS_BAD_IMPERSONATION_LEVEL: u32 = 0xc00000a5;
export const STATUS_GENERIC_NOT_MAPPED: u32 = 0xc00000e6;
/** The arena is full: reset, load again, try once more. */
export const STATUS_NO_MEMORY: u32 = 0xc0000017;
/** One value is larger than a stated limit. */
export const STATUS_TOO_LARGE: u32 = 0xc0000904;
/** A token image that this library did not write. */
export const STATUS_INVALID_IMAGE: u32 = 0xc000007b;
