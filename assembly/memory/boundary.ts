/**
 * The records that cross the boundary, asserted against shared/abi.ts at compile time: a field that moves is an error.
 * Knows layouts; does not know what they are filled with.
 */
import {
  EVENT_ACE,
  EVENT_BITS,
  EVENT_EXTRA,
  EVENT_LANE,
  EVENT_NODE,
  EVENT_REASON,
  EVENT_SIZE,
  EVENT_SOURCE,
  EVENT_TRUTH,
  OBJECT_NODE_ACCESS,
  OBJECT_NODE_SIZE,
  OBJECT_NODE_STAGED_ACCESS,
  OBJECT_NODE_STATUS,
  REQUEST_CALL,
  REQUEST_DESIRED,
  REQUEST_FLAGS,
  REQUEST_MAP_ALL,
  REQUEST_MAP_READ,
  REQUEST_OBJECT_TYPES,
  REQUEST_POLICIES,
  REQUEST_PREVIOUSLY_GRANTED,
  REQUEST_PRIMARY_TOKEN,
  REQUEST_PRINCIPAL_SELF,
  REQUEST_SIZE,
  REQUEST_TOKEN,
  RESULT_ACCESS,
  RESULT_CALL_FAILED,
  RESULT_ERROR_OFFSET,
  RESULT_GRANTED,
  RESULT_PRIVILEGES_USED,
  RESULT_SIZE,
  RESULT_STAGED_ACCESS,
  RESULT_STAGED_DIFFERS,
  RESULT_STAGED_STATUS,
  RESULT_TRACE_COUNT,
  RESULT_TRACE_LOST,
  RESULT_WANT,
} from "../shared/abi";

/** What the caller asks. */
@unmanaged
export class AccessRequest {
  descriptor: u32;
  token: u32;
  desired: u32;
  read: u32;
  write: u32;
  execute: u32;
  all: u32;
  call: u32;
  flags: u32;
  previouslyGranted: u32;
  principalSelf: u32;
  objectTypes: u32;
  objectTypeCount: u32;
  primaryToken: u32;
  policies: u32;
}

/** What the kernel answers. */
@unmanaged
export class AccessResult {
  status: u32;
  access: u32;
  granted: u32;
  privilegesUsed: u32;
  callFailed: u32;
  stagedDiffers: u32;
  stagedStatus: u32;
  stagedAccess: u32;
  errorOffset: u32;
  traceCount: u32;
  traceLost: u32;
  want: u32;
}

@unmanaged
export class ObjectNode {
  level: u32;
  guid0: u32;
  guid1: u32;
  guid2: u32;
  guid3: u32;
  status: u32;
  access: u32;
  stagedAccess: u32;
}

@unmanaged
export class TraceEvent {
  kind: u8;
  lane: u8;
  reason: u8;
  truth: u8;
  ace: u32;
  node: u32;
  bits: u32;
  source: u32;
  extra: u32;
}

if (offsetof<AccessRequest>("token") != <usize>REQUEST_TOKEN) ERROR("AccessRequest.token moved: update shared/abi.ts");
if (offsetof<AccessRequest>("desired") != <usize>REQUEST_DESIRED) ERROR("AccessRequest.desired moved");
if (offsetof<AccessRequest>("read") != <usize>REQUEST_MAP_READ) ERROR("AccessRequest.read moved");
if (offsetof<AccessRequest>("all") != <usize>REQUEST_MAP_ALL) ERROR("AccessRequest.all moved");
if (offsetof<AccessRequest>("call") != <usize>REQUEST_CALL) ERROR("AccessRequest.call moved");
if (offsetof<AccessRequest>("flags") != <usize>REQUEST_FLAGS) ERROR("AccessRequest.flags moved");
if (offsetof<AccessRequest>("previouslyGranted") != <usize>REQUEST_PREVIOUSLY_GRANTED) ERROR("AccessRequest.previouslyGranted moved");
if (offsetof<AccessRequest>("principalSelf") != <usize>REQUEST_PRINCIPAL_SELF) ERROR("AccessRequest.principalSelf moved");
if (offsetof<AccessRequest>("objectTypes") != <usize>REQUEST_OBJECT_TYPES) ERROR("AccessRequest.objectTypes moved");
if (offsetof<AccessRequest>("primaryToken") != <usize>REQUEST_PRIMARY_TOKEN) ERROR("AccessRequest.primaryToken moved");
if (offsetof<AccessRequest>("policies") != <usize>REQUEST_POLICIES) ERROR("AccessRequest.policies moved");
if (offsetof<AccessRequest>() != <usize>REQUEST_SIZE) ERROR("AccessRequest changed size");
if (offsetof<AccessResult>("access") != <usize>RESULT_ACCESS) ERROR("AccessResult.access moved");
if (offsetof<AccessResult>("granted") != <usize>RESULT_GRANTED) ERROR("AccessResult.granted moved");
if (offsetof<AccessResult>("privilegesUsed") != <usize>RESULT_PRIVILEGES_USED) ERROR("AccessResult.privilegesUsed moved");
if (offsetof<AccessResult>("callFailed") != <usize>RESULT_CALL_FAILED) ERROR("AccessResult.callFailed moved");
if (offsetof<AccessResult>("stagedDiffers") != <usize>RESULT_STAGED_DIFFERS) ERROR("AccessResult.stagedDiffers moved");
if (offsetof<AccessResult>("stagedStatus") != <usize>RESULT_STAGED_STATUS) ERROR("AccessResult.stagedStatus moved");
if (offsetof<AccessResult>("stagedAccess") != <usize>RESULT_STAGED_ACCESS) ERROR("AccessResult.stagedAccess moved");
if (offsetof<AccessResult>("errorOffset") != <usize>RESULT_ERROR_OFFSET) ERROR("AccessResult.errorOffset moved");
if (offsetof<AccessResult>("traceCount") != <usize>RESULT_TRACE_COUNT) ERROR("AccessResult.traceCount moved");
if (offsetof<AccessResult>("traceLost") != <usize>RESULT_TRACE_LOST) ERROR("AccessResult.traceLost moved");
if (offsetof<AccessResult>("want") != <usize>RESULT_WANT) ERROR("AccessResult.want moved");
if (offsetof<AccessResult>() != <usize>RESULT_SIZE) ERROR("AccessResult changed size");
if (offsetof<ObjectNode>("status") != <usize>OBJECT_NODE_STATUS) ERROR("ObjectNode.status moved");
if (offsetof<ObjectNode>("access") != <usize>OBJECT_NODE_ACCESS) ERROR("ObjectNode.access moved");
if (offsetof<ObjectNode>("stagedAccess") != <usize>OBJECT_NODE_STAGED_ACCESS) ERROR("ObjectNode.stagedAccess moved");
if (offsetof<ObjectNode>() != <usize>OBJECT_NODE_SIZE) ERROR("ObjectNode changed size");
if (offsetof<TraceEvent>("lane") != <usize>EVENT_LANE) ERROR("TraceEvent.lane moved");
if (offsetof<TraceEvent>("reason") != <usize>EVENT_REASON) ERROR("TraceEvent.reason moved");
if (offsetof<TraceEvent>("truth") != <usize>EVENT_TRUTH) ERROR("TraceEvent.truth moved");
if (offsetof<TraceEvent>("ace") != <usize>EVENT_ACE) ERROR("TraceEvent.ace moved");
if (offsetof<TraceEvent>("node") != <usize>EVENT_NODE) ERROR("TraceEvent.node moved");
if (offsetof<TraceEvent>("bits") != <usize>EVENT_BITS) ERROR("TraceEvent.bits moved");
if (offsetof<TraceEvent>("source") != <usize>EVENT_SOURCE) ERROR("TraceEvent.source moved");
if (offsetof<TraceEvent>("extra") != <usize>EVENT_EXTRA) ERROR("TraceEvent.extra moved");
if (offsetof<TraceEvent>() != <usize>EVENT_SIZE) ERROR("TraceEvent changed size");
