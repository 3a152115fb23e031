/**
 * The answer to a check. access-check.md 13
 *
 * Plain values; does not know how they came about.
 */
import type { NtStatus } from "./ntstatus.js";

/** One node of a result list. access-check.md 10 */
export interface ObjectTypeVerdict {
  /** 0…4 */
  readonly level: number;
  /** Lower-case GUID text. */
  readonly guid: string;
  readonly status: NtStatus;
  /** Granted mask; on a denied node the partial bits it has. */
  readonly access: number;
}

/** What one audit ACE would have logged. access-check.md 12 */
export interface AuditEvent {
  readonly kind: "success" | "failure";
  /** Index of the ACE in the SACL. */
  readonly ace: number;
  /** The audited bits. */
  readonly access: number;
  /** Node of the object type list; 0 without one. */
  readonly node: number;
}

/** The answer under the staged DACLs of the central policy, where it differs from the effective one. access-check.md 9.5 */
export interface StagedVerdict {
  readonly granted: boolean;
  readonly status: NtStatus;
  readonly access: number;
  /** For a result list: the node masks under the staged DACLs. */
  readonly objectTypes?: readonly number[];
}

/** What the engine answers, frozen; equal ones may be one. A denial is a verdict, never an error. */
export interface Verdict {
  readonly granted: boolean;
  /** Granted access mask, unsigned; 0 on a denial. */
  readonly access: number;
  readonly status: NtStatus;
  /** Privileges that supplied a bit: SeSecurityPrivilege, then SeTakeOwnershipPrivilege or SeRelabelPrivilege. */
  readonly privilegesUsed: readonly string[];
  /** The call failed as a call; its outputs mean nothing. access-check.md 1.5 */
  readonly callFailed?: true;
  /** AccessCheckByTypeResultList alone. */
  readonly objectTypes?: readonly ObjectTypeVerdict[];
  /** Where `audit` was asked for. */
  readonly auditEvents?: readonly AuditEvent[];
  /** Where a staged policy would have answered otherwise. */
  readonly staged?: StagedVerdict;
}

/** Bytes that are no descriptor: which one of the scan, and where in all the bytes it is wrong. A stream counts otherwise. */
export interface ScanFault {
  readonly index: number;
  readonly offset: number;
}

/** Answers for descriptors of a stream that came one behind the other: `access[i]` is for number `first + i`. */
export interface StreamBatch {
  readonly first: number;
  /** Granted masks; 0 where denied, and where the bytes are no descriptor. */
  readonly access: Uint32Array;
  /** Bytes that are no descriptor: `index` counts from the start of the stream, `offset` from that of those bytes. */
  readonly faults: readonly ScanFault[];
}
