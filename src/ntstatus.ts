/**
 * Names of the NTSTATUS values the kernel answers with. [MS-ERREF] 2.3.1
 *
 * Knows names; does not know when they arise.
 */
import * as codes from "../assembly/shared/ntstatus.js";

/** Every status an answer can carry. */
export type NtStatus =
  | "STATUS_SUCCESS"
  | "STATUS_INVALID_HANDLE"
  | "STATUS_INVALID_PARAMETER"
  | "STATUS_ACCESS_DENIED"
  | "STATUS_INVALID_OWNER"
  | "STATUS_INVALID_PRIMARY_GROUP"
  | "STATUS_NO_IMPERSONATION_TOKEN"
  | "STATUS_PRIVILEGE_NOT_HELD"
  | "STATUS_INVALID_SECURITY_DESCR"
  | "STATUS_NO_TOKEN"
  | "STATUS_BAD_IMPERSONATION_LEVEL"
  | "STATUS_GENERIC_NOT_MAPPED";

const names: ReadonlyMap<number, NtStatus> = /* @__PURE__ */ new Map<number, NtStatus>([
  [codes.STATUS_SUCCESS, "STATUS_SUCCESS"],
  [codes.STATUS_INVALID_HANDLE, "STATUS_INVALID_HANDLE"],
  [codes.STATUS_INVALID_PARAMETER, "STATUS_INVALID_PARAMETER"],
  [codes.STATUS_ACCESS_DENIED, "STATUS_ACCESS_DENIED"],
  [codes.STATUS_INVALID_OWNER, "STATUS_INVALID_OWNER"],
  [codes.STATUS_INVALID_PRIMARY_GROUP, "STATUS_INVALID_PRIMARY_GROUP"],
  [codes.STATUS_NO_IMPERSONATION_TOKEN, "STATUS_NO_IMPERSONATION_TOKEN"],
  [codes.STATUS_PRIVILEGE_NOT_HELD, "STATUS_PRIVILEGE_NOT_HELD"],
  [codes.STATUS_INVALID_SECURITY_DESCR, "STATUS_INVALID_SECURITY_DESCR"],
  [codes.STATUS_NO_TOKEN, "STATUS_NO_TOKEN"],
  [codes.STATUS_BAD_IMPERSONATION_LEVEL, "STATUS_BAD_IMPERSONATION_LEVEL"],
  [codes.STATUS_GENERIC_NOT_MAPPED, "STATUS_GENERIC_NOT_MAPPED"],
]);

/** The name of an NTSTATUS (unsigned); undefined for one that no answer carries. */
export function statusName(status: number): NtStatus | undefined {
  return names.get(status);
}
