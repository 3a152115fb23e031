/** Attributes, levels and flags of access tokens. [MS-DTYP] 2.5.2; tokens.md 1.2–1.5, 2. Literals only. */

export const SE_GROUP_MANDATORY: u32 = 0x00000001;
export const SE_GROUP_ENABLED_BY_DEFAULT: u32 = 0x00000002;
export const SE_GROUP_ENABLED: u32 = 0x00000004;
export const SE_GROUP_OWNER: u32 = 0x00000008;
export const SE_GROUP_USE_FOR_DENY_ONLY: u32 = 0x00000010;
export const SE_GROUP_INTEGRITY: u32 = 0x00000020;
export const SE_GROUP_INTEGRITY_ENABLED: u32 = 0x00000040;
export const SE_GROUP_RESOURCE: u32 = 0x20000000;
/** Two bits: test `(a & m) === m`. */
export const SE_GROUP_LOGON_ID: u32 = 0xc0000000;
/** What a restricting SID carries, and a group given as text: MANDATORY | ENABLED_BY_DEFAULT | ENABLED. */
export const SE_GROUP_DEFAULT_ATTRIBUTES: u32 = 0x00000007;

export const SE_PRIVILEGE_ENABLED_BY_DEFAULT: u32 = 0x00000001;
export const SE_PRIVILEGE_ENABLED: u32 = 0x00000002;
export const SE_PRIVILEGE_REMOVED: u32 = 0x00000004;
export const SE_PRIVILEGE_USED_FOR_ACCESS: u32 = 0x80000000;

export const SECURITY_MANDATORY_UNTRUSTED_RID: u32 = 0x0000;
export const SECURITY_MANDATORY_LOW_RID: u32 = 0x1000;
export const SECURITY_MANDATORY_MEDIUM_RID: u32 = 0x2000;
export const SECURITY_MANDATORY_MEDIUM_PLUS_RID: u32 = 0x2100;
export const SECURITY_MANDATORY_HIGH_RID: u32 = 0x3000;
export const SECURITY_MANDATORY_SYSTEM_RID: u32 = 0x4000;
export const SECURITY_MANDATORY_PROTECTED_PROCESS_RID: u32 = 0x5000;

export const TOKEN_MANDATORY_POLICY_NO_WRITE_UP: u32 = 0x1;
export const TOKEN_MANDATORY_POLICY_NEW_PROCESS_MIN: u32 = 0x2;
export const TOKEN_MANDATORY_POLICY_VALID_MASK: u32 = 0x3;

export const TOKEN_PRIMARY: u32 = 1;
export const TOKEN_IMPERSONATION: u32 = 2;
export const SECURITY_ANONYMOUS: u32 = 0;
export const SECURITY_IDENTIFICATION: u32 = 1;
export const SECURITY_IMPERSONATION: u32 = 2;
export const SECURITY_DELEGATION: u32 = 3;

/** Flags of SeFilterToken and CreateRestrictedToken. */
export const DISABLE_MAX_PRIVILEGE: u32 = 0x1;
export const SANDBOX_INERT: u32 = 0x2;
export const LUA_TOKEN: u32 = 0x4;
export const WRITE_RESTRICTED: u32 = 0x8;
export const FILTER_FLAGS_VALID_MASK: u32 = 0xf;
/** Longest list of SIDs or privileges that filtering takes. tokens.md 2.1. */
export const FILTER_LIST_MAX: u32 = 0x1000;

/** Limits of a token, ERR_LIMIT beyond. tokens.md 1.1, formats.md 8. */
export const TOKEN_MAX_GROUPS: u32 = 1024;
export const TOKEN_MAX_RESTRICTED_SIDS: u32 = 4096;
export const CLAIMS_MAX: u32 = 1024;
export const CLAIM_VALUES_MAX: u32 = 2000;
