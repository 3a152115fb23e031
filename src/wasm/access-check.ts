/**
 * One checked request through the kernel: make its values resident, write it down, run it, read the answer.
 *
 * A full arena is emptied and everything loaded once more; a value that does not fit an empty arena is ERR_LIMIT.
 * Knows offsets; does not know any access rule.
 */
import {
  CHECK_AUDIT,
  CHECK_RAW_GENERIC,
  CHECK_TRACE,
  LOAD_OBJECT_TYPES,
  LOAD_POLICIES,
  LOAD_SID,
  OBJECT_NODE_ACCESS,
  OBJECT_NODE_GUID,
  OBJECT_NODE_SIZE,
  OBJECT_NODE_STAGED_ACCESS,
  OBJECT_NODE_STATUS,
  REQUEST_CALL,
  REQUEST_DESCRIPTOR,
  REQUEST_DESIRED,
  REQUEST_FLAGS,
  REQUEST_OBJECT_TYPE_COUNT,
  REQUEST_OBJECT_TYPES,
  REQUEST_POLICIES,
  REQUEST_PREVIOUSLY_GRANTED,
  REQUEST_PRIMARY_TOKEN,
  REQUEST_PRINCIPAL_SELF,
  REQUEST_TOKEN,
  RESULT_ACCESS,
  RESULT_CALL_FAILED,
  RESULT_GRANTED,
  RESULT_PRIVILEGES_USED,
  RESULT_STAGED_ACCESS,
  RESULT_STAGED_DIFFERS,
  RESULT_STAGED_STATUS,
  RESULT_STATUS,
  RESULT_TRACE_COUNT,
  RESULT_TRACE_LOST,
  RESULT_WANT,
} from "../../assembly/shared/abi.js";
import { STATUS_INVALID_HANDLE, STATUS_NO_MEMORY } from "../../assembly/shared/ntstatus.js";
import type { CheckedRequest } from "../access-request.js";
import { AccessToken } from "../access-token.js";
import { writeGuid } from "../binary/guid.js";
import { encodePolicyImage } from "../binary/policy-image.js";
import { encodeSid } from "../binary/sid.js";
import { ArgumentError, EngineError } from "../errors.js";
import type { GenericMapping } from "../generic-mapping.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import { descriptorHandle, residentHandle, tokenHandle } from "./residency.js";
import { FULL, type Session } from "./session.js";

/** The kernel's answer, as numbers. */
export interface RawAnswer {
  /** NTSTATUS, unsigned. */
  readonly status: number;
  readonly access: number;
  readonly granted: boolean;
  /** USED_… bits. */
  readonly privilegesUsed: number;
  readonly callFailed: boolean;
  readonly staged: { readonly status: number; readonly access: number } | null;
  /** Desired after mapping, without MAXIMUM_ALLOWED. */
  readonly want: number;
  readonly nodes: readonly RawNode[];
  /** EVENT_SIZE bytes an event; empty when not traced. */
  readonly events: DataView;
  readonly eventsLost: boolean;
}

export interface RawNode {
  readonly status: number;
  readonly access: number;
  readonly stagedAccess: number;
}

const NO_EVENTS = /* @__PURE__ */ new DataView(new ArrayBuffer(0));

/** What `runResident` answers when a value has to be loaded first. */
export const NOT_RESIDENT = -1;

/**
 * Runs a request that asks nothing special of values that are resident: only numbers cross. The granted mask; 0 when
 * the answer stands at `session.result`; NOT_RESIDENT when it takes `runCheck`.
 */
export function runResident(
  session: Session,
  token: unknown,
  descriptor: unknown,
  desired: number,
  mapping: GenericMapping,
): number {
  const who = residentHandle(AccessToken.residencyOf(token), session);
  const what = residentHandle(SecurityDescriptor.residencyOf(descriptor), session);
  if (who === 0 || what === 0) return NOT_RESIDENT;
  session.useMapping(mapping);
  return session.checkPlain(what, who, desired);
}

/** Runs one request. @throws EngineError; ArgumentError ERR_LIMIT for values larger than the arena */
export function runCheck(
  session: Session,
  request: CheckedRequest,
  descriptor: SecurityDescriptor,
  flags: { readonly trace: boolean; readonly audit: boolean },
): RawAnswer {
  const bits = (flags.trace ? CHECK_TRACE : 0) | (flags.audit ? CHECK_AUDIT : 0);
  const images = imagesOf(request);
  const status = withRoom(session, () => {
    const handle = descriptorHandle(session, descriptor);
    if (handle === FULL || !writeRequest(session, request, images, bits)) return FULL;
    session.words[session.request + (REQUEST_DESCRIPTOR >>> 2)] = handle;
    const answered = session.call(() => session.kernel.check()) >>> 0;
    session.refresh();
    return answered === STATUS_NO_MEMORY ? FULL : { answered };
  });
  if (status.answered === STATUS_INVALID_HANDLE) throw session.die(new EngineError("a handle went stale"));
  return readAnswer(session, request);
}

/**
 * Runs `body`, and once more with an empty arena when it answers FULL.
 *
 * The records it loads must all be of one generation: a value that calls this very engine while it is read (a getter of
 * a subclass) could otherwise put other records where a handle points.
 */
export function withRoom<T>(session: Session, body: () => T | typeof FULL): T {
  session.assertAlive();
  session.assertIdle();
  session.busy = true;
  try {
    return twice(session, body);
  } finally {
    session.busy = false;
  }
}

function twice<T>(session: Session, body: () => T | typeof FULL): T {
  let answer = body();
  if (answer === FULL) {
    session.reset();
    answer = body();
  }
  if (answer === FULL) throw new ArgumentError("ERR_LIMIT", [], "the request does not fit the engine's memory");
  return answer;
}

/** What of a request crosses as bytes, made before the first handle is taken. */
export interface RequestImages {
  readonly self: Uint8Array | null;
  readonly policies: Uint8Array | null;
  readonly objectTypes: Uint8Array | null;
}

/** @throws FormatError ERR_LIMIT */
export function imagesOf(request: CheckedRequest): RequestImages {
  return {
    self: request.principalSelf === null ? null : encodeSid(request.principalSelf),
    policies: request.policies === null ? null : encodePolicyImage(request.policies),
    objectTypes: request.objectTypes.length === 0 ? null : objectTypesImage(request),
  };
}

/** Writes everything but the descriptor; false when the arena is full. */
export function writeRequest(session: Session, request: CheckedRequest, images: RequestImages, flags: number): boolean {
  const token = tokenHandle(session, request.token);
  if (token === FULL) return false;
  const primary = request.primaryToken === null ? 0 : tokenHandle(session, request.primaryToken);
  if (request.primaryToken !== null && primary === FULL) return false;
  const self = images.self === null ? 0 : session.load(LOAD_SID, images.self);
  if (images.self !== null && self === FULL) return false;
  const policies = images.policies === null ? 0 : session.load(LOAD_POLICIES, images.policies);
  if (images.policies !== null && policies === FULL) return false;
  const nodes = images.objectTypes === null ? 0 : session.load(LOAD_OBJECT_TYPES, images.objectTypes);
  if (images.objectTypes !== null && nodes === FULL) return false;
  const { words, request: at } = session;
  session.useMapping(request.mapping);
  words[at + (REQUEST_TOKEN >>> 2)] = token;
  words[at + (REQUEST_DESIRED >>> 2)] = request.desired;
  words[at + (REQUEST_CALL >>> 2)] = request.call;
  words[at + (REQUEST_FLAGS >>> 2)] = flags | (request.raw ? CHECK_RAW_GENERIC : 0);
  words[at + (REQUEST_PREVIOUSLY_GRANTED >>> 2)] = request.previouslyGranted;
  words[at + (REQUEST_PRINCIPAL_SELF >>> 2)] = self;
  words[at + (REQUEST_OBJECT_TYPES >>> 2)] = nodes;
  words[at + (REQUEST_OBJECT_TYPE_COUNT >>> 2)] = request.objectTypes.length;
  words[at + (REQUEST_PRIMARY_TOKEN >>> 2)] = primary;
  words[at + (REQUEST_POLICIES >>> 2)] = policies;
  return true;
}

function objectTypesImage(request: CheckedRequest): Uint8Array {
  const image = new Uint8Array(request.objectTypes.length * OBJECT_NODE_SIZE);
  const view = new DataView(image.buffer);
  request.objectTypes.forEach(({ level, guid }, index) => {
    view.setUint32(index * OBJECT_NODE_SIZE, level, true);
    writeGuid(image, index * OBJECT_NODE_SIZE + OBJECT_NODE_GUID, guid);
  });
  return image;
}

function readAnswer(session: Session, request: CheckedRequest): RawAnswer {
  const { words, result: at } = session;
  const count = words[at + (RESULT_TRACE_COUNT >>> 2)];
  const nodes: RawNode[] = [];
  const list = words[session.request + (REQUEST_OBJECT_TYPES >>> 2)];
  for (let i = 0; i < request.objectTypes.length; i++) {
    const node = (list + i * OBJECT_NODE_SIZE) >>> 2;
    nodes.push({
      status: words[node + (OBJECT_NODE_STATUS >>> 2)],
      access: words[node + (OBJECT_NODE_ACCESS >>> 2)],
      stagedAccess: words[node + (OBJECT_NODE_STAGED_ACCESS >>> 2)],
    });
  }
  return {
    status: words[at + (RESULT_STATUS >>> 2)],
    access: words[at + (RESULT_ACCESS >>> 2)],
    granted: words[at + (RESULT_GRANTED >>> 2)] === 1,
    privilegesUsed: words[at + (RESULT_PRIVILEGES_USED >>> 2)],
    callFailed: words[at + (RESULT_CALL_FAILED >>> 2)] === 1,
    staged:
      words[at + (RESULT_STAGED_DIFFERS >>> 2)] === 1
        ? { status: words[at + (RESULT_STAGED_STATUS >>> 2)], access: words[at + (RESULT_STAGED_ACCESS >>> 2)] }
        : null,
    want: words[at + (RESULT_WANT >>> 2)],
    nodes,
    events: count === 0 ? NO_EVENTS : session.trace(count),
    eventsLost: words[at + (RESULT_TRACE_LOST >>> 2)] === 1,
  };
}
