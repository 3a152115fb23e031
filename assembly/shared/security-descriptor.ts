/** SECURITY_DESCRIPTOR, self-relative, and SID. [MS-DTYP] 2.4.6, 2.4.2. Compiled by asc and by esbuild: literals only. */

export const SECURITY_DESCRIPTOR_REVISION: u32 = 1;
export const SD_REVISION: u32 = 0;
export const SD_SBZ1: u32 = 1;
export const SD_CONTROL: u32 = 2;
export const SD_OWNER: u32 = 4;
export const SD_GROUP: u32 = 8;
export const SD_SACL: u32 = 12;
export const SD_DACL: u32 = 16;
export const SD_HEADER_SIZE: u32 = 20;
/** 1 MiB. formats.md 8. */
export const SD_MAX_SIZE: u32 = 0x00100000;

export const SE_OWNER_DEFAULTED: u32 = 0x0001;
export const SE_GROUP_DEFAULTED: u32 = 0x0002;
export const SE_DACL_PRESENT: u32 = 0x0004;
export const SE_DACL_DEFAULTED: u32 = 0x0008;
export const SE_SACL_PRESENT: u32 = 0x0010;
export const SE_SACL_DEFAULTED: u32 = 0x0020;
export const SE_DACL_TRUSTED: u32 = 0x0040;
export const SE_SERVER_SECURITY: u32 = 0x0080;
export const SE_DACL_AUTO_INHERIT_REQ: u32 = 0x0100;
export const SE_SACL_AUTO_INHERIT_REQ: u32 = 0x0200;
export const SE_DACL_AUTO_INHERITED: u32 = 0x0400;
export const SE_SACL_AUTO_INHERITED: u32 = 0x0800;
export const SE_DACL_PROTECTED: u32 = 0x1000;
export const SE_SACL_PROTECTED: u32 = 0x2000;
export const SE_RM_CONTROL_VALID: u32 = 0x4000;
export const SE_SELF_RELATIVE: u32 = 0x8000;

/** SID: u8 revision, u8 count, u8[6] authority (big-endian), u32[count]. */
export const SID_REVISION: u32 = 1;
export const SID_MAX_SUB_AUTHORITIES: u32 = 15;
export const SID_HEADER_SIZE: u32 = 8;
export const SID_MAX_SIZE: u32 = 68;
