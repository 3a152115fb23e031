/**
 * The policy image: the central access policies of a request. Compiled by asc and by esbuild: literals only.
 * Little-endian, every part a multiple of 4 bytes.
 *
 *   { u32 magic, u32 size, u32 policyCount }
 *   policy × policyCount = { SID, u32 ruleCount, rule × ruleCount }
 *   rule = { blob appliesTo, blob dacl, blob stagedDacl }
 *   blob = { u32 byteLength, bytes padded to 4 }
 *
 * appliesTo is an encoded condition ("artx…"), empty = always. dacl is a self-relative descriptor of which only
 * the DACL is read; stagedDacl likewise, empty = none.
 */

/** "SPPI" */
export const POLICY_IMAGE_MAGIC: u32 = 0x49505053;
export const POLICY_IMAGE_HEADER_SIZE: u32 = 12;
/** Limits, ERR_LIMIT beyond. formats.md 8. */
export const POLICIES_MAX: u32 = 256;
export const POLICY_RULES_MAX: u32 = 256;
