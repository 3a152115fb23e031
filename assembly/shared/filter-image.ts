/**
 * The filter image: what is asked of SeFilterToken or CreateRestrictedToken. tokens.md 2
 * Compiled by asc and by esbuild: literals only. Little-endian, every part a multiple of 4 bytes.
 *
 *   header (FILTER_HEADER_SIZE bytes)
 *   SIDs to disable        entry × disableCount
 *   privileges to delete   { u32 luidLow, u32 luidHigh, u32 attributes } × deleteCount
 *   restricting SIDs       entry × restrictCount
 *
 * entry = { u32 attributes, SID }, as in the token image. The answer is a token image.
 */

export const FILTER_FLAGS: u32 = 0;
/** FILTER_CALL_… */
export const FILTER_CALL: u32 = 4;
/** 1: the caller is LocalSystem or TrustedInstaller. */
export const FILTER_CALLER_IS_TCB: u32 = 8;
export const FILTER_DISABLE_COUNT: u32 = 12;
export const FILTER_DELETE_COUNT: u32 = 16;
export const FILTER_RESTRICT_COUNT: u32 = 20;
export const FILTER_HEADER_SIZE: u32 = 24;

export const FILTER_CALL_SE_FILTER_TOKEN: u32 = 0;
export const FILTER_CALL_CREATE_RESTRICTED_TOKEN: u32 = 1;
