/**
 * The kernel's numbers in words: verdicts. Does not know memory, and decides nothing.
 */
import {
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  USED_RELABEL,
  USED_SECURITY,
  USED_TAKE_OWNERSHIP,
} from "../assembly/shared/abi.js";
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from "../assembly/shared/ntstatus.js";
import type { CheckedRequest } from "./access-request.js";
import { auditEventsOf } from "./audit-events.js";
import { EngineError } from "./errors.js";
import { type NtStatus, statusName } from "./ntstatus.js";
import type { ObjectTypeVerdict, Verdict } from "./verdict.js";
import type { RawAnswer } from "./wasm/access-check.js";
import { readTrace } from "./wasm/trace.js";

/** The list of a verdict that no privilege took part in. */
export const NONE_USED: readonly string[] = /* @__PURE__ */ Object.freeze([]);

/** The verdict of any request. */
export function verdictOf(request: CheckedRequest, answer: RawAnswer, audit: boolean): Verdict {
  const status = nameOf(answer.status);
  const verdict = {
    granted: answer.granted,
    access: answer.access,
    status,
    privilegesUsed: answer.privilegesUsed === 0 ? NONE_USED : privilegesOf(answer.privilegesUsed),
  };
  if (answer.callFailed) return Object.freeze({ ...verdict, callFailed: true });
  if (answer.nodes.length === 0 && !audit && answer.staged === null) return Object.freeze(verdict);
  const list = request.call === CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST ? nodesOf(request, answer) : undefined;
  return Object.freeze({
    ...verdict,
    ...(list && { objectTypes: list }),
    ...(audit && { auditEvents: auditEventsOf(readTrace(answer.events)) }),
    ...(answer.staged && {
      staged: Object.freeze({
        granted: answer.staged.status === STATUS_SUCCESS,
        status: nameOf(answer.staged.status),
        access: answer.staged.access,
        ...(list && { objectTypes: Object.freeze(answer.nodes.map((node) => node.stagedAccess)) }),
      }),
    }),
  });
}

function nodesOf(request: CheckedRequest, answer: RawAnswer): readonly ObjectTypeVerdict[] {
  const nodes = request.objectTypes.map(({ level, guid }, index) => {
    const { status, access } = answer.nodes[index];
    return Object.freeze({ level, guid, status: nameOf(status), access });
  });
  return Object.freeze(nodes);
}

/** Names of the privileges of USED_… bits. */
export function privilegesOf(used: number): readonly string[] {
  const names: string[] = [];
  if ((used & USED_SECURITY) !== 0) names.push("SeSecurityPrivilege");
  if ((used & USED_TAKE_OWNERSHIP) !== 0) names.push("SeTakeOwnershipPrivilege");
  if ((used & USED_RELABEL) !== 0) names.push("SeRelabelPrivilege");
  return Object.freeze(names);
}

/** The name of an NTSTATUS that the kernel answered. */
export function nameOf(status: number): NtStatus {
  if (status === STATUS_SUCCESS) return "STATUS_SUCCESS";
  if (status === STATUS_ACCESS_DENIED) return "STATUS_ACCESS_DENIED";
  const name = statusName(status);
  if (name === undefined) throw new EngineError(`the kernel answered 0x${status.toString(16)}`);
  return name;
}
