/** Access mask bits. [MS-DTYP] 2.4.3. Compiled by asc and by esbuild: literals only. */

export const DELETE: u32 = 0x00010000;
export const READ_CONTROL: u32 = 0x00020000;
export const WRITE_DAC: u32 = 0x00040000;
export const WRITE_OWNER: u32 = 0x00080000;
export const SYNCHRONIZE: u32 = 0x00100000;
export const ACCESS_SYSTEM_SECURITY: u32 = 0x01000000;
export const MAXIMUM_ALLOWED: u32 = 0x02000000;
export const GENERIC_ALL: u32 = 0x10000000;
export const GENERIC_EXECUTE: u32 = 0x20000000;
export const GENERIC_WRITE: u32 = 0x40000000;
export const GENERIC_READ: u32 = 0x80000000;

/** The four generic bits together. */
export const GENERIC_BITS: u32 = 0xf0000000;
/** READ_CONTROL | WRITE_DAC: what ownership gives. */
export const OWNER_RIGHTS_MASK: u32 = 0x00060000;
/** ACCESS_SYSTEM_SECURITY | MAXIMUM_ALLOWED: mean nothing in an ACE of a DACL. */
export const NEVER_FROM_ACE: u32 = 0x03000000;
