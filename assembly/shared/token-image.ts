/**
 * The token image: our one invented binary format, the way a token crosses the WASM boundary.
 * Compiled by asc and by esbuild: literals only. Little-endian, every part a multiple of 4 bytes.
 *
 *   header (IMAGE_HEADER_SIZE bytes)
 *   user               entry
 *   owner              entry, when IMAGE_HAS_OWNER
 *   groups             entry × groupCount
 *   restricting SIDs   entry × restrictedCount
 *   privileges         { u32 luidLow, u32 luidHigh, u32 attributes } × privilegeCount
 *   package            entry, when IMAGE_APP_CONTAINER
 *   capabilities       entry × capabilityCount
 *   device groups      entry × deviceGroupCount
 *   user, device, local claims    { u32 size, claim padded to 4 } × count each
 *
 * entry = { u32 attributes, SID }. A claim is the CLAIM_SECURITY_ATTRIBUTE_RELATIVE_V1 of resource attributes.
 * `filterToken` answers with an image that holds only what filtering can change: user, owner, groups,
 * restricting SIDs, privileges and flags.
 */

/** "SPTI" */
export const IMAGE_MAGIC: u32 = 0x49545053;

export const IMAGE_HAS_OWNER: u32 = 0x01;
/** A restricting list is present, possibly empty. */
export const IMAGE_RESTRICTED: u32 = 0x02;
export const IMAGE_WRITE_RESTRICTED: u32 = 0x04;
export const IMAGE_SANDBOX_INERT: u32 = 0x08;
export const IMAGE_APP_CONTAINER: u32 = 0x10;
export const IMAGE_LOW_PRIVILEGE: u32 = 0x20;
export const IMAGE_HAS_TRUST_LEVEL: u32 = 0x40;
export const IMAGE_FLAGS_VALID_MASK: u32 = 0x7f;

export const IMAGE_SIGNATURE: u32 = 0;
/** Size of the whole image in bytes. */
export const IMAGE_SIZE: u32 = 4;
export const IMAGE_FLAGS: u32 = 8;
export const IMAGE_TOKEN_TYPE: u32 = 12;
export const IMAGE_IMPERSONATION_LEVEL: u32 = 16;
/** RID of the integrity level. */
export const IMAGE_INTEGRITY: u32 = 20;
export const IMAGE_MANDATORY_POLICY: u32 = 24;
/** S-1-19-<type>-<level>. */
export const IMAGE_TRUST_TYPE: u32 = 28;
export const IMAGE_TRUST_LEVEL: u32 = 32;
export const IMAGE_GROUP_COUNT: u32 = 36;
export const IMAGE_RESTRICTED_COUNT: u32 = 40;
export const IMAGE_PRIVILEGE_COUNT: u32 = 44;
export const IMAGE_CAPABILITY_COUNT: u32 = 48;
export const IMAGE_DEVICE_GROUP_COUNT: u32 = 52;
export const IMAGE_USER_CLAIM_COUNT: u32 = 56;
export const IMAGE_DEVICE_CLAIM_COUNT: u32 = 60;
export const IMAGE_LOCAL_CLAIM_COUNT: u32 = 64;
export const IMAGE_HEADER_SIZE: u32 = 68;
/** { u32 luidLow, u32 luidHigh, u32 attributes } */
export const IMAGE_PRIVILEGE_SIZE: u32 = 12;
