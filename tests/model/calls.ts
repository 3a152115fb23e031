/**
 * Calls and validation: which requests fail as calls, before anything is evaluated. access-check.md 1.
 */

import { OBJECT_LEVEL_MAX } from "../../assembly/shared/abi.js";
import { GENERIC_BITS } from "../../assembly/shared/access-mask.js";
import type { ModelObjectType, ModelRequest, ModelStatus } from "./types.js";

/** The status of the failure, or null when the call is valid. The order is 1.5's. */
export function callFailure(request: ModelRequest): ModelStatus | null {
  return request.call === "SeAccessCheck" ? null : userModeFailure(request);
}

/** 1.1: SeAccessCheck refuses a weak impersonation token. An answer, not a failed call. */
export function subjectRefusal(request: ModelRequest): ModelStatus | null {
  const { type, impersonationLevel } = request.token;
  if (request.call !== "SeAccessCheck" || type !== "impersonation") return null;
  const weak = impersonationLevel === "Anonymous" || impersonationLevel === "Identification";
  return weak ? "STATUS_BAD_IMPERSONATION_LEVEL" : null;
}

function userModeFailure(request: ModelRequest): ModelStatus | null {
  if ((request.desired & GENERIC_BITS) !== 0) return "STATUS_GENERIC_NOT_MAPPED";
  if (request.token.type !== "impersonation") return "STATUS_NO_IMPERSONATION_TOKEN";
  if (request.token.impersonationLevel === "Anonymous") return "STATUS_BAD_IMPERSONATION_LEVEL";
  if (!listIsValid(request)) return "STATUS_INVALID_PARAMETER";
  if (request.descriptor.owner === null || request.descriptor.group === null) return "STATUS_INVALID_SECURITY_DESCR";
  return null;
}

/** 1.10 */
function listIsValid(request: ModelRequest): boolean {
  const list = request.objectTypes ?? [];
  if (list.length === 0) return request.call !== "AccessCheckByTypeResultList";
  return levelsAreValid(list) && new Set(list.map((entry) => entry.guid)).size === list.length;
}

function levelsAreValid(list: readonly ModelObjectType[]): boolean {
  return list.every((entry, index) => {
    if (index === 0) return entry.level === 0;
    const highest = Math.min(list[index - 1].level + 1, OBJECT_LEVEL_MAX);
    return entry.level >= 1 && entry.level <= highest;
  });
}
