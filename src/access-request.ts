/**
 * What a caller asks, and its checked form: every member read once, judged once. interchange.md, check
 *
 * Argument rules only (which member belongs to which call); whether access is granted, the kernel decides.
 */
import {
  CALL_ACCESS_CHECK,
  CALL_ACCESS_CHECK_BY_TYPE,
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  CALL_SE_ACCESS_CHECK,
  OBJECT_TYPES_MAX,
} from "../assembly/shared/abi.js";
import { AccessToken } from "./access-token.js";
import { checkedBytes, masksBeside } from "./batch-input.js";
import type { CentralPolicy } from "./central-policy.js";
import { DescriptorSet } from "./descriptor-set.js";
import { ArgumentError, isSallyportError } from "./errors.js";
import { GenericMapping, type GenericMappingFields, type MappingName } from "./generic-mapping.js";
import { canonicalGuid } from "./guid.js";
import { checkedPolicies, listOf } from "./policy-request.js";
import { SecurityDescriptor } from "./security-descriptor.js";
import { Sid } from "./sid.js";
import { parseSidOrAlias } from "./well-known-sids.js";

/** The calls of Windows that the engine answers as. access-check.md 1 */
export type AccessCheckCall = "SeAccessCheck" | "AccessCheck" | "AccessCheckByType" | "AccessCheckByTypeResultList";

/** One element of an OBJECT_TYPE_LIST. */
export interface ObjectTypeNode {
  /** 0…4; the first has 0 and no other has. */
  readonly level: number;
  /** GUID text. */
  readonly guid: string;
}

/** Everything a request may carry but the descriptor. */
export interface AccessOptions {
  readonly token: AccessToken;
  /** Desired access: 0…4294967295, `"0x120089"`, decimal digits, or names joined by `|`. */
  readonly desired: number | string;
  /** What generic rights mean for the object: a name of the table, or four masks. */
  readonly mapping: GenericMapping | GenericMappingFields | MappingName;
  /** Default SeAccessCheck. */
  readonly call?: AccessCheckCall;
  /** For the two ByType calls; at most 1,024 nodes. */
  readonly objectTypes?: readonly ObjectTypeNode[];
  /** The SID that PRINCIPAL SELF stands for. */
  readonly principalSelf?: Sid | string;
  /** SeAccessCheck alone: ORed into a success. */
  readonly previouslyGranted?: number | string;
  /** The process's own token beside a client's: compound ACEs look there for the server. */
  readonly primaryToken?: AccessToken;
  /** Central access policies; absent: none are known, and scoped policy ACEs have no effect. */
  readonly policies?: readonly CentralPolicy[];
  /** Generic bits inside ACE masks: mapped (default), or left as they are. access-check.md 6.5 */
  readonly aceGenericRights?: "mapped" | "raw";
}

export interface AccessCheckRequest extends AccessOptions {
  readonly descriptor: SecurityDescriptor;
  /** Also tell what the SACL would have logged. */
  readonly audit?: boolean;
}

/** Where masks go: at least as many words as there are answers; default a new array. */
interface Into {
  readonly into?: Uint32Array;
}

export interface ManyAccessChecksRequest extends AccessOptions, Into {
  readonly descriptors: readonly SecurityDescriptor[];
}

/** As `ManyAccessChecksRequest`, also for a prepared set. */
export interface SetAccessChecksRequest extends AccessOptions, Into {
  readonly descriptors: readonly SecurityDescriptor[] | DescriptorSet;
}

/** Every token against every descriptor. */
export interface MatrixRequest extends Omit<SetAccessChecksRequest, "token"> {
  readonly tokens: readonly AccessToken[];
}

/** One token against the self-relative descriptors in `bytes`. */
export interface ScanRequest extends AccessOptions, Into {
  readonly bytes: Uint8Array;
  /** Descriptor number `i` lies from `offsets[i]` to `offsets[i + 1]`: one more than there are descriptors. */
  readonly offsets: Uint32Array;
}

/** One token against descriptors that come one by one: as values, or as self-relative bytes. */
export interface StreamRequest extends AccessOptions {
  readonly descriptors: Iterable<SecurityDescriptor | Uint8Array> | AsyncIterable<SecurityDescriptor | Uint8Array>;
}

/** A request whose members are all sound. */
export interface CheckedRequest {
  readonly token: AccessToken;
  readonly desired: number;
  readonly mapping: GenericMapping;
  /** CALL_… */
  readonly call: number;
  readonly objectTypes: readonly ObjectTypeNode[];
  readonly principalSelf: Sid | null;
  readonly previouslyGranted: number;
  readonly primaryToken: AccessToken | null;
  readonly policies: readonly CentralPolicy[] | null;
  readonly raw: boolean;
}

/** The members of a request of one descriptor, each with what it holds. */
export type RequestMembers = { readonly [Name in keyof AccessCheckRequest]: AccessCheckRequest[Name] };

const memberNames: ReadonlySet<string> = /* @__PURE__ */ new Set([
  ...["token", "descriptor", "descriptors", "desired", "mapping", "call", "objectTypes", "principalSelf"],
  ...["previouslyGranted", "primaryToken", "policies", "aceGenericRights", "audit"],
  ...["into", "tokens", "bytes", "offsets"],
]);

/**
 * The members of `request`, each read once: a getter has no second chance to answer otherwise, and what it throws
 * becomes our error with theirs as its cause.
 *
 * @throws ArgumentError ERR_ARGUMENT
 */
export function takeRequest(request: AccessCheckRequest): RequestMembers {
  try {
    const { token, descriptor, desired, mapping, call, objectTypes, principalSelf, previouslyGranted } = request;
    const { primaryToken, policies, aceGenericRights, audit } = request;
    return {
      token,
      descriptor,
      desired,
      mapping,
      call,
      objectTypes,
      principalSelf,
      previouslyGranted,
      primaryToken,
      policies,
      aceGenericRights,
      audit,
    };
  } catch (cause) {
    throw unreadable(cause, request);
  }
}

/** Whether every enumerable member is one of the four that every request has. */
export function namesArePlain(request: object): boolean {
  // Inherited names count too: a list of keys would cost as much as the check.
  for (const name in request) {
    if (name !== "token" && name !== "descriptor" && name !== "desired" && name !== "mapping") return false;
  }
  return true;
}

/** The members of a matrix beside its options, each read once and still to be judged. @throws ArgumentError ERR_ARGUMENT */
export function takeMatrix(request: MatrixRequest): Pick<MatrixRequest, "tokens" | "descriptors" | "into"> {
  return reading(() => {
    const { tokens, descriptors, into } = request;
    return { tokens, descriptors, into };
  });
}

/** What a scan reads and where its masks go, each member read once. @throws ArgumentError ERR_ARGUMENT */
export function checkedScan(request: ScanRequest): {
  readonly view: Uint8Array;
  readonly fences: Uint32Array;
  readonly access: Uint32Array;
} {
  const { bytes, offsets, into } = reading(() => {
    const { bytes, offsets, into } = request;
    return { bytes, offsets, into };
  });
  const { view, fences } = checkedBytes(bytes, offsets);
  return { view, fences, access: masksBeside(into, fences.length - 1, view) };
}

/** Refuses members that no request has: a mistyped `policies` must not pass for "no policies". */
export function refuseUnknownMembers(request: object): void {
  for (const name of Object.keys(request)) {
    if (!memberNames.has(name)) {
      throw new ArgumentError("ERR_UNKNOWN_MEMBER", [name], `unknown member ${JSON.stringify(name.slice(0, 40))}`);
    }
  }
}

/** Runs `read`, which touches a caller's values; what these throw is ours. */
export function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw isSallyportError(cause) ? cause : unreadable(cause);
  }
}

/** What the caller gets for a request that throws when it is read. */
export function unreadable(cause: unknown, request: unknown = {}): ArgumentError {
  if (typeof request !== "object" || request === null) return wrong([], "expected a request");
  return Object.assign(new ArgumentError("ERR_ARGUMENT", [], "the request could not be read"), { cause });
}

const calls: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map([
  ["SeAccessCheck", CALL_SE_ACCESS_CHECK],
  ["AccessCheck", CALL_ACCESS_CHECK],
  ["AccessCheckByType", CALL_ACCESS_CHECK_BY_TYPE],
  ["AccessCheckByTypeResultList", CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST],
]);

/** How masks are read. @throws ArgumentError naming `path` */
export type MaskReader = (value: number | string, path: readonly (string | number)[]) => number;

/**
 * The checked form of `options`, whose masks `readMask` reads.
 *
 * @throws ArgumentError ERR_ARGUMENT, ERR_SID, ERR_LIMIT naming the member at fault
 */
export function checkedRequest(options: AccessOptions, readMask: MaskReader): CheckedRequest {
  if (typeof options !== "object" || options === null) throw wrong([], "expected a request");
  const { token, desired, mapping, call, objectTypes, principalSelf, previouslyGranted, primaryToken, policies } =
    options;
  const { aceGenericRights } = options;
  checkedToken(token, ["token"]);
  const mask = typeof desired === "number" && desired >>> 0 === desired ? desired : readMask(desired, ["desired"]);
  const checkedMapping = GenericMapping.of(mapping, ["mapping"]);
  const callCode = call === undefined ? CALL_SE_ACCESS_CHECK : calls.get(call);
  if (callCode === undefined)
    throw wrong(["call"], "expected SeAccessCheck, AccessCheck, AccessCheckByType or …ResultList");
  const byType = callCode === CALL_ACCESS_CHECK_BY_TYPE || callCode === CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
  if (objectTypes !== undefined && !byType) throw wrong(["objectTypes"], "belongs to the ByType calls");
  if (objectTypes === undefined && callCode === CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST) {
    throw wrong(["objectTypes"], "AccessCheckByTypeResultList needs a list");
  }
  if (previouslyGranted !== undefined && callCode !== CALL_SE_ACCESS_CHECK) {
    throw wrong(["previouslyGranted"], "belongs to SeAccessCheck");
  }
  if (primaryToken !== undefined) checkedToken(primaryToken, ["primaryToken"]);
  if (aceGenericRights !== undefined && aceGenericRights !== "mapped" && aceGenericRights !== "raw") {
    throw wrong(["aceGenericRights"], 'expected "mapped" or "raw"');
  }
  return {
    token,
    desired: mask,
    mapping: checkedMapping,
    call: callCode,
    objectTypes: objectTypes === undefined ? [] : checkedObjectTypes(objectTypes),
    principalSelf: principalSelf === undefined ? null : checkedSid(principalSelf),
    previouslyGranted: previouslyGranted === undefined ? 0 : readMask(previouslyGranted, ["previouslyGranted"]),
    primaryToken: primaryToken ?? null,
    policies: policies === undefined ? null : checkedPolicies(policies),
    raw: aceGenericRights === "raw",
  };
}

/** @throws ArgumentError ERR_ARGUMENT */
export function checkedDescriptor(descriptor: unknown, path: readonly (string | number)[]): SecurityDescriptor {
  if (!SecurityDescriptor.is(descriptor)) throw wrong(path, "expected a SecurityDescriptor");
  return descriptor;
}

/**
 * A copy of `list`, each element read once. Built without a path for every element: there may be millions.
 *
 * @throws ArgumentError ERR_ARGUMENT naming the one at fault
 */
export function checkedDescriptors(list: unknown): readonly SecurityDescriptor[] {
  if (!Array.isArray(list)) throw wrong(["descriptors"], "expected a list");
  const { length } = list;
  const copy: SecurityDescriptor[] = [];
  for (let i = 0; i < length; i++) {
    const descriptor: unknown = list[i];
    if (!SecurityDescriptor.is(descriptor)) throw wrong(["descriptors", i], "expected a SecurityDescriptor");
    copy.push(descriptor);
  }
  return copy;
}

/** A set as it is, or one of a list. @throws ArgumentError ERR_ARGUMENT naming the one at fault */
export function checkedSet(descriptors: unknown): DescriptorSet {
  return DescriptorSet.is(descriptors) ? descriptors : DescriptorSet.of(checkedDescriptors(descriptors));
}

/** A copy of `tokens`. @throws ArgumentError ERR_ARGUMENT naming the one at fault */
export function checkedTokens(tokens: readonly AccessToken[]): readonly AccessToken[] {
  return listOf(tokens, Number.MAX_SAFE_INTEGER, ["tokens"], checkedToken);
}

/** @throws ArgumentError ERR_ARGUMENT */
export function checkedToken(token: unknown, path: readonly (string | number)[]): AccessToken {
  if (!AccessToken.is(token)) throw wrong(path, "expected an AccessToken");
  return token;
}

function checkedObjectTypes(list: readonly ObjectTypeNode[]): readonly ObjectTypeNode[] {
  return listOf(list, OBJECT_TYPES_MAX, ["objectTypes"], (node: ObjectTypeNode, path) => {
    if (typeof node !== "object" || node === null) throw wrong(path, "expected { level, guid }");
    const { level, guid } = node;
    if (typeof level !== "number" || level >>> 0 !== level) throw wrong([...path, "level"], "expected a whole number");
    const canonical = canonicalGuid(guid);
    if (canonical === undefined) throw wrong([...path, "guid"], "expected a GUID");
    return { level, guid: canonical };
  });
}

function checkedSid(sid: Sid | string): Sid {
  if (Sid.is(sid)) return sid;
  if (typeof sid !== "string") throw new ArgumentError("ERR_SID", ["principalSelf"], "expected a SID");
  return parseSidOrAlias(sid, undefined, ["principalSelf"]);
}

function wrong(path: readonly (string | number)[], message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
