/**
 * Privileges: names, LUIDs, and LUID text. tokens.md 1.3
 *
 * 36 names for 35 LUIDs. Does not know what a privilege is good for.
 */
import {
  SE_ASSIGN_PRIMARY_TOKEN_PRIVILEGE,
  SE_AUDIT_PRIVILEGE,
  SE_BACKUP_PRIVILEGE,
  SE_CHANGE_NOTIFY_PRIVILEGE,
  SE_CREATE_GLOBAL_PRIVILEGE,
  SE_CREATE_PAGEFILE_PRIVILEGE,
  SE_CREATE_PERMANENT_PRIVILEGE,
  SE_CREATE_SYMBOLIC_LINK_PRIVILEGE,
  SE_CREATE_TOKEN_PRIVILEGE,
  SE_DEBUG_PRIVILEGE,
  SE_DELEGATE_SESSION_USER_IMPERSONATE_PRIVILEGE,
  SE_ENABLE_DELEGATION_PRIVILEGE,
  SE_IMPERSONATE_PRIVILEGE,
  SE_INCREASE_BASE_PRIORITY_PRIVILEGE,
  SE_INCREASE_QUOTA_PRIVILEGE,
  SE_INCREASE_WORKING_SET_PRIVILEGE,
  SE_LOAD_DRIVER_PRIVILEGE,
  SE_LOCK_MEMORY_PRIVILEGE,
  SE_MACHINE_ACCOUNT_PRIVILEGE,
  SE_MANAGE_VOLUME_PRIVILEGE,
  SE_PROFILE_SINGLE_PROCESS_PRIVILEGE,
  SE_RELABEL_PRIVILEGE,
  SE_REMOTE_SHUTDOWN_PRIVILEGE,
  SE_RESTORE_PRIVILEGE,
  SE_SECURITY_PRIVILEGE,
  SE_SHUTDOWN_PRIVILEGE,
  SE_SYNC_AGENT_PRIVILEGE,
  SE_SYSTEM_ENVIRONMENT_PRIVILEGE,
  SE_SYSTEM_PROFILE_PRIVILEGE,
  SE_SYSTEMTIME_PRIVILEGE,
  SE_TAKE_OWNERSHIP_PRIVILEGE,
  SE_TCB_PRIVILEGE,
  SE_TIME_ZONE_PRIVILEGE,
  SE_TRUSTED_CREDMAN_ACCESS_PRIVILEGE,
  SE_UNDOCK_PRIVILEGE,
} from "../assembly/shared/privilege.js";
import { SE_PRIVILEGE_ENABLED, SE_PRIVILEGE_ENABLED_BY_DEFAULT } from "../assembly/shared/token.js";

/** A privilege as a token holds it. */
export interface Privilege {
  /** 64 bits, high part first. */
  readonly luid: bigint;
  /** SE_PRIVILEGE_… bits. */
  readonly attributes: number;
}

/** Attributes that the interchange names. */
export const PrivilegeAttributes: Readonly<Record<"ENABLED_BY_DEFAULT" | "ENABLED", number>> =
  /* @__PURE__ */ Object.freeze({
    ENABLED_BY_DEFAULT: SE_PRIVILEGE_ENABLED_BY_DEFAULT,
    ENABLED: SE_PRIVILEGE_ENABLED,
  });

/** `Se…Privilege`, in order of LUID. */
const table: Readonly<Record<string, number>> = {
  CreateToken: SE_CREATE_TOKEN_PRIVILEGE,
  AssignPrimaryToken: SE_ASSIGN_PRIMARY_TOKEN_PRIVILEGE,
  LockMemory: SE_LOCK_MEMORY_PRIVILEGE,
  IncreaseQuota: SE_INCREASE_QUOTA_PRIVILEGE,
  MachineAccount: SE_MACHINE_ACCOUNT_PRIVILEGE,
  Tcb: SE_TCB_PRIVILEGE,
  Security: SE_SECURITY_PRIVILEGE,
  TakeOwnership: SE_TAKE_OWNERSHIP_PRIVILEGE,
  LoadDriver: SE_LOAD_DRIVER_PRIVILEGE,
  SystemProfile: SE_SYSTEM_PROFILE_PRIVILEGE,
  Systemtime: SE_SYSTEMTIME_PRIVILEGE,
  ProfileSingleProcess: SE_PROFILE_SINGLE_PROCESS_PRIVILEGE,
  IncreaseBasePriority: SE_INCREASE_BASE_PRIORITY_PRIVILEGE,
  CreatePagefile: SE_CREATE_PAGEFILE_PRIVILEGE,
  CreatePermanent: SE_CREATE_PERMANENT_PRIVILEGE,
  Backup: SE_BACKUP_PRIVILEGE,
  Restore: SE_RESTORE_PRIVILEGE,
  Shutdown: SE_SHUTDOWN_PRIVILEGE,
  Debug: SE_DEBUG_PRIVILEGE,
  Audit: SE_AUDIT_PRIVILEGE,
  SystemEnvironment: SE_SYSTEM_ENVIRONMENT_PRIVILEGE,
  ChangeNotify: SE_CHANGE_NOTIFY_PRIVILEGE,
  RemoteShutdown: SE_REMOTE_SHUTDOWN_PRIVILEGE,
  Undock: SE_UNDOCK_PRIVILEGE,
  SyncAgent: SE_SYNC_AGENT_PRIVILEGE,
  EnableDelegation: SE_ENABLE_DELEGATION_PRIVILEGE,
  ManageVolume: SE_MANAGE_VOLUME_PRIVILEGE,
  Impersonate: SE_IMPERSONATE_PRIVILEGE,
  CreateGlobal: SE_CREATE_GLOBAL_PRIVILEGE,
  TrustedCredManAccess: SE_TRUSTED_CREDMAN_ACCESS_PRIVILEGE,
  Relabel: SE_RELABEL_PRIVILEGE,
  IncreaseWorkingSet: SE_INCREASE_WORKING_SET_PRIVILEGE,
  TimeZone: SE_TIME_ZONE_PRIVILEGE,
  CreateSymbolicLink: SE_CREATE_SYMBOLIC_LINK_PRIVILEGE,
  DelegateSessionUserImpersonate: SE_DELEGATE_SESSION_USER_IMPERSONATE_PRIVILEGE,
};

/** The 35 names that are printed, in order of LUID. */
export const privilegeNames: readonly string[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(table).map((name) => `Se${name}Privilege`),
);

/** The second name of LUID 6; read, never printed. */
const UNSOLICITED_INPUT = "SeUnsolicitedInputPrivilege";

const luidByName: ReadonlyMap<string, bigint> = /* @__PURE__ */ new Map([
  .../* @__PURE__ */ Object.values(table).map((luid, index) => [privilegeNames[index], BigInt(luid)] as const),
  [UNSOLICITED_INPUT, BigInt(SE_MACHINE_ACCOUNT_PRIVILEGE)] as const,
]);
const nameByLuid: ReadonlyMap<bigint, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ privilegeNames.map((name) => [luidByName.get(name) as bigint, name]),
);

/** The LUID of a privilege name in exact case, or undefined. */
export function privilegeLuid(name: string): bigint | undefined {
  return luidByName.get(name);
}

/** The name of a LUID, or undefined; then `formatLuid` is what to show. */
export function privilegeName(luid: bigint): string | undefined {
  return nameByLuid.get(luid);
}

/** `0-40`: high and low part in hexadecimal, unpadded, lower case. */
export function formatLuid(luid: bigint): string {
  return `${((luid >> 32n) & 0xffffffffn).toString(16)}-${(luid & 0xffffffffn).toString(16)}`;
}

/** Reads `0-40`, up to eight hex digits on each side; undefined for anything else. */
export function parseLuid(text: string): bigint | undefined {
  const parts = typeof text === "string" && text.length <= 17 ? /^([0-9a-f]{1,8})-([0-9a-f]{1,8})$/i.exec(text) : null;
  return parts === null ? undefined : (BigInt(`0x${parts[1]}`) << 32n) | BigInt(`0x${parts[2]}`);
}
