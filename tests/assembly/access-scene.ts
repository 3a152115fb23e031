/**
 * A token, a descriptor and a request for the specs of decisions: written piece by piece, loaded when asked.
 * The mapping is that of files. Does not judge.
 */
import { accessCheck } from "../../assembly/check/access-check";
import { resetPolicies } from "../../assembly/check/central-policy";
import { grantedNormal, walk } from "../../assembly/check/dacl";
import { resetFilter } from "../../assembly/check/filter-token";
import { keepObjectTypes, noObjectTypes, resetObjectTypes } from "../../assembly/check/object-types";
import { beginTrace, traceBuffer, traceCount } from "../../assembly/check/trace";
import { loadDacl, resetAcls } from "../../assembly/load/acl";
import { loadDescriptor } from "../../assembly/load/descriptor";
import { internSid } from "../../assembly/load/sid-table";
import { loadToken } from "../../assembly/load/token";
import { AccessRequest, AccessResult, TraceEvent } from "../../assembly/memory/boundary";
import { beginRead } from "../../assembly/memory/reader";
import { AclRecord, DescriptorRecord, TokenRecord } from "../../assembly/memory/records";
import { EVENT_SIZE, OBJECT_NODE_SIZE, REQUEST_SIZE, RESULT_SIZE } from "../../assembly/shared/abi";
import * as written from "./descriptor-bytes";
import { GROUP, USER, sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import { freshKernel } from "./kernel-arena";
import { beginToken, tokenImage } from "./token-bytes";

export const FILE_READ: u32 = 0x120089;
export const FILE_WRITE: u32 = 0x120116;
export const FILE_EXECUTE: u32 = 0x1200a0;
export const FILE_ALL: u32 = 0x1f01ff;

const GENERATION: u32 = 1;

const request = changetype<AccessRequest>(memory.data(REQUEST_SIZE, 8));
const result = changetype<AccessResult>(memory.data(RESULT_SIZE, 8));

/** An empty kernel, a token of USER without groups, and a request that asks nothing of SeAccessCheck. */
export function freshAccess(): void {
  freshKernel();
  resetAcls();
  resetPolicies();
  resetFilter();
  resetObjectTypes();
  beginTrace(false);
  memory.fill(changetype<usize>(request), 0, REQUEST_SIZE);
  setMapping(FILE_READ, FILE_WRITE, FILE_EXECUTE, FILE_ALL);
  beginToken(USER);
  bytes.begin();
}

export function asking(): AccessRequest {
  return request;
}

export function setMapping(read: u32, write: u32, execute: u32, all: u32): void {
  request.read = read;
  request.write = write;
  request.execute = execute;
  request.all = all;
}

/** Begins another descriptor; without ACLs it has none. */
export function object(owner: string = GROUP, group: string = GROUP, control: u32 = 0): void {
  request.descriptor = 0;
  bytes.begin();
  written.beginDescriptor(owner, group, control);
}

/** Begins a descriptor of somebody else with an empty DACL, to be filled in. */
export function dacl(): void {
  object();
  written.beginDacl();
}

/** The descriptor just written, loaded. */
export function loadedObject(): DescriptorRecord {
  if (request.descriptor == 0) {
    written.endAcl();
    request.descriptor = <u32>loadDescriptor(bytes.start(), bytes.length(), GENERATION);
    assert(request.descriptor != 0, "a sound descriptor");
  }
  return changetype<DescriptorRecord>(<usize>request.descriptor);
}

/** The ACL just written, alone, compiled as a DACL. */
export function loadedAcl(): AclRecord {
  written.endAcl();
  beginRead(bytes.start());
  const record = loadDacl(bytes.start(), written.here());
  assert(record != 0, "a sound ACL");
  return changetype<AclRecord>(record);
}

/** The token as it was told so far, loaded anew. */
export function loadedSubject(): TokenRecord {
  const record = loadToken(bytes.start(), tokenImage(), GENERATION);
  assert(record != 0, "a sound token");
  return changetype<TokenRecord>(record);
}

/** The number of a SID; not while something is being written. */
export function sidNumber(text: string): u32 {
  bytes.begin();
  sid(text);
  return internSid(bytes.start());
}

/** Decides; the result stays the same record. */
export function ask(desired: u32): AccessResult {
  loadedObject();
  request.token = <u32>changetype<usize>(loadedSubject());
  request.desired = desired;
  accessCheck(request, result);
  return result;
}

export function status(desired: u32): u32 {
  return ask(desired).status;
}

/** The granted mask; 0 on refusal. */
export function granted(desired: u32): u32 {
  const answer = ask(desired);
  return answer.granted != 0 ? answer.access : 0;
}

/** Walks the DACL at hand alone, with `want` undecided in every lane; what the first lane is granted. */
export function walked(want: u32, early: bool = false): u32 {
  const acl = loadedObject().dacl!;
  walk(acl, request, loadedSubject(), null, want, want, want, early);
  return grantedNormal;
}

/** Keeps an object type list with these levels; node i has the GUID { i + 1, 0, 0, 0 }. */
export function listed(levels: u32[]): void {
  loadedObject();
  bytes.begin();
  for (let i = 0; i < levels.length; i++) {
    bytes.u32At(levels[i]);
    written.guidAt(i + 1);
    bytes.u32At(0);
    bytes.u64At(0);
  }
  assert(bytes.length() == OBJECT_NODE_SIZE * levels.length);
  request.objectTypes = <u32>keepObjectTypes(bytes.start(), bytes.length());
  request.objectTypeCount = levels.length;
  noObjectTypes();
}

// ---- the trace ----

/** Trace event `nth` of this kind; traps when there are fewer. */
export function event(kind: u32, nth: u32 = 0): TraceEvent {
  for (let i: u32 = 0; i < traceCount(); i++) {
    const found = changetype<TraceEvent>(traceBuffer() + i * EVENT_SIZE);
    if (found.kind != kind) continue;
    if (nth == 0) return found;
    nth -= 1;
  }
  assert(false, "an event of this kind");
  return changetype<TraceEvent>(0);
}

/** How many events there are of this kind. */
export function events(kind: u32): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < traceCount(); i++) {
    if (changetype<TraceEvent>(traceBuffer() + i * EVENT_SIZE).kind == kind) found += 1;
  }
  return found;
}
