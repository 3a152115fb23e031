/**
 * `check`: one access check. interchange.md "check"
 *
 * Reads the request and writes the answer; the decision, and what a call refuses as a call, are the engine's.
 */

import type { AccessCheckCall, AccessCheckRequest, ObjectTypeNode } from "../../access-request.js";
import type { Taken } from "../../member-shape.js";
import { readSid } from "../../sid-input.js";
import { checkCalls, type InterchangeEngine } from "../engine-face.js";
import { readObjectTypes, readPolicies } from "../policies.js";
import {
  argumentError,
  optional,
  RequestContext,
  readBoolean,
  readDescriptor,
  readMapping,
  readMask,
  readName,
  readToken,
  required,
} from "../read.js";

export function check(request: Taken, engine: InterchangeEngine): object {
  const input = readCheck(request);
  const explain = optional(request, "explain", readBoolean) ?? false;
  const audit = optional(request, "audit", readBoolean) ?? false;
  const asked = audit ? { ...input, audit } : input;
  const { granted, access, status, privilegesUsed, objectTypes, callFailed, auditEvents, staged } = engine.check(asked);
  return {
    granted,
    access,
    status,
    privilegesUsed,
    objectTypes,
    callFailed,
    explanation: explain ? engine.explain(asked) : undefined,
    auditEvents: audit ? auditEvents : undefined,
    staged,
  };
}

/** @throws what the readers throw, in the order of interchange.md */
export function readCheck(request: Taken): AccessCheckRequest {
  const context = new RequestContext(request);
  const { sids } = context;
  const token = context.before(() => readToken(required(request, "token"), ["token"], sids));
  const descriptor = context.before(() => readDescriptor(required(request, "descriptor"), ["descriptor"], sids));
  context.check();
  const desired = readMask(required(request, "desired"), ["desired"]);
  const mapping = readMapping(required(request, "mapping"), ["mapping"]);
  const call = optional(request, "call", (value, path) => readName(value, path, checkCalls)) ?? "SeAccessCheck";
  const objectTypes = readTypes(request, call);
  const principalSelf = optional(request, "principalSelf", (value, path) => readSid(value, path, sids));
  if (request.previouslyGranted !== undefined && call !== "SeAccessCheck") {
    throw argumentError(["previouslyGranted"], "belongs to SeAccessCheck");
  }
  return {
    token,
    descriptor,
    desired,
    mapping,
    call,
    objectTypes,
    principalSelf,
    previouslyGranted: optional(request, "previouslyGranted", readMask),
    primaryToken: optional(request, "primaryToken", (value, path) => readToken(value, path, sids)),
    policies: optional(request, "policies", (value, path) => readPolicies(value, path, sids)),
    aceGenericRights: optional(request, "aceGenericRights", (value, path) => readName(value, path, ["mapped", "raw"])),
  };
}

function readTypes(request: Taken, call: AccessCheckCall): readonly ObjectTypeNode[] | undefined {
  const byType = call === "AccessCheckByType" || call === "AccessCheckByTypeResultList";
  if (request.objectTypes !== undefined && !byType) {
    throw argumentError(["objectTypes"], "belongs to AccessCheckByType and AccessCheckByTypeResultList");
  }
  const list = optional(request, "objectTypes", readObjectTypes);
  if (list === undefined && call === "AccessCheckByTypeResultList") throw argumentError([], "`objectTypes` is missing");
  return list;
}
