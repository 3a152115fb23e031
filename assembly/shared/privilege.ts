/** Privilege LUIDs (low part; the high part is 0). tokens.md 1.3. Compiled by asc and by esbuild: literals only. */

export const SE_CREATE_TOKEN_PRIVILEGE: u32 = 2;
export const SE_ASSIGN_PRIMARY_TOKEN_PRIVILEGE: u32 = 3;
export const SE_LOCK_MEMORY_PRIVILEGE: u32 = 4;
export const SE_INCREASE_QUOTA_PRIVILEGE: u32 = 5;
/** SeUnsolicitedInputPrivilege is a second name of this LUID. */
export const SE_MACHINE_ACCOUNT_PRIVILEGE: u32 = 6;
export const SE_TCB_PRIVILEGE: u32 = 7;
export const SE_SECURITY_PRIVILEGE: u32 = 8;
export const SE_TAKE_OWNERSHIP_PRIVILEGE: u32 = 9;
export const SE_LOAD_DRIVER_PRIVILEGE: u32 = 10;
export const SE_SYSTEM_PROFILE_PRIVILEGE: u32 = 11;
export const SE_SYSTEMTIME_PRIVILEGE: u32 = 12;
export const SE_PROFILE_SINGLE_PROCESS_PRIVILEGE: u32 = 13;
export const SE_INCREASE_BASE_PRIORITY_PRIVILEGE: u32 = 14;
export const SE_CREATE_PAGEFILE_PRIVILEGE: u32 = 15;
export const SE_CREATE_PERMANENT_PRIVILEGE: u32 = 16;
export const SE_BACKUP_PRIVILEGE: u32 = 17;
export const SE_RESTORE_PRIVILEGE: u32 = 18;
export const SE_SHUTDOWN_PRIVILEGE: u32 = 19;
export const SE_DEBUG_PRIVILEGE: u32 = 20;
export const SE_AUDIT_PRIVILEGE: u32 = 21;
export const SE_SYSTEM_ENVIRONMENT_PRIVILEGE: u32 = 22;
export const SE_CHANGE_NOTIFY_PRIVILEGE: u32 = 23;
export const SE_REMOTE_SHUTDOWN_PRIVILEGE: u32 = 24;
export const SE_UNDOCK_PRIVILEGE: u32 = 25;
export const SE_SYNC_AGENT_PRIVILEGE: u32 = 26;
export const SE_ENABLE_DELEGATION_PRIVILEGE: u32 = 27;
export const SE_MANAGE_VOLUME_PRIVILEGE: u32 = 28;
export const SE_IMPERSONATE_PRIVILEGE: u32 = 29;
export const SE_CREATE_GLOBAL_PRIVILEGE: u32 = 30;
export const SE_TRUSTED_CREDMAN_ACCESS_PRIVILEGE: u32 = 31;
export const SE_RELABEL_PRIVILEGE: u32 = 32;
export const SE_INCREASE_WORKING_SET_PRIVILEGE: u32 = 33;
export const SE_TIME_ZONE_PRIVILEGE: u32 = 34;
export const SE_CREATE_SYMBOLIC_LINK_PRIVILEGE: u32 = 35;
export const SE_DELEGATE_SESSION_USER_IMPERSONATE_PRIVILEGE: u32 = 36;
