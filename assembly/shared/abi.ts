/**
 * What crosses the WASM boundary besides images: request, result, object types, trace events, and their codes.
 * Compiled by asc and by esbuild: literals only. All fields u32 unless said; offsets in bytes.
 */

/** Moves with every change of an export, an offset or a code. */
export const ABI_VERSION: u32 = 1;

// ---- request: written by the caller at `requestPointer()` ----
export const REQUEST_DESCRIPTOR: u32 = 0;
export const REQUEST_TOKEN: u32 = 4;
export const REQUEST_DESIRED: u32 = 8;
export const REQUEST_MAP_READ: u32 = 12;
export const REQUEST_MAP_WRITE: u32 = 16;
export const REQUEST_MAP_EXECUTE: u32 = 20;
export const REQUEST_MAP_ALL: u32 = 24;
export const REQUEST_CALL: u32 = 28;
export const REQUEST_FLAGS: u32 = 32;
export const REQUEST_PREVIOUSLY_GRANTED: u32 = 36;
/** Interned SID + 1; 0 = none. */
export const REQUEST_PRINCIPAL_SELF: u32 = 40;
/** Address and number of OBJECT_NODE records; 0, 0 = none. */
export const REQUEST_OBJECT_TYPES: u32 = 44;
export const REQUEST_OBJECT_TYPE_COUNT: u32 = 48;
/** Handle of the process's own token; 0 = none. */
export const REQUEST_PRIMARY_TOKEN: u32 = 52;
/** Handle of loaded policies; 0 = the request names none. */
export const REQUEST_POLICIES: u32 = 56;
export const REQUEST_SIZE: u32 = 60;

export const CALL_SE_ACCESS_CHECK: u32 = 0;
export const CALL_ACCESS_CHECK: u32 = 1;
export const CALL_ACCESS_CHECK_BY_TYPE: u32 = 2;
export const CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST: u32 = 3;

/** Generic bits inside ACE masks stay as they are. access-check.md 6.5 */
export const CHECK_RAW_GENERIC: u32 = 0x1;
/** Emit trace events of every step; walks run to their end. */
export const CHECK_TRACE: u32 = 0x2;
/** Emit audit events. access-check.md 12 */
export const CHECK_AUDIT: u32 = 0x4;

// ---- result: written by the kernel at `resultPointer()` ----
/** NTSTATUS. */
export const RESULT_STATUS: u32 = 0;
/** Granted access mask; 0 on refusal. */
export const RESULT_ACCESS: u32 = 4;
/** 1 granted, 0 refused. */
export const RESULT_GRANTED: u32 = 8;
/** USED_… bits. */
export const RESULT_PRIVILEGES_USED: u32 = 12;
/** 1: the call failed as a call. access-check.md 1.5 */
export const RESULT_CALL_FAILED: u32 = 16;
/** 1: the staged answer differs from the effective one (any node of a result list). */
export const RESULT_STAGED_DIFFERS: u32 = 20;
export const RESULT_STAGED_STATUS: u32 = 24;
export const RESULT_STAGED_ACCESS: u32 = 28;
/** Offset of the fault in the bytes of the last refused load. */
export const RESULT_ERROR_OFFSET: u32 = 32;
/** Events written, and whether some were lost for want of room (1). */
export const RESULT_TRACE_COUNT: u32 = 36;
export const RESULT_TRACE_LOST: u32 = 40;
/** Desired access after generic mapping, without MAXIMUM_ALLOWED. */
export const RESULT_WANT: u32 = 44;
export const RESULT_SIZE: u32 = 48;

export const USED_SECURITY: u32 = 0x1;
export const USED_TAKE_OWNERSHIP: u32 = 0x2;
export const USED_RELABEL: u32 = 0x4;

// ---- object type list: written by the caller, verdicts filled in by the kernel ----
export const OBJECT_NODE_LEVEL: u32 = 0;
/** 16 bytes: u32, u16, u16 little-endian, 8 bytes. */
export const OBJECT_NODE_GUID: u32 = 4;
export const OBJECT_NODE_STATUS: u32 = 20;
export const OBJECT_NODE_ACCESS: u32 = 24;
export const OBJECT_NODE_STAGED_ACCESS: u32 = 28;
export const OBJECT_NODE_SIZE: u32 = 32;
/** Most nodes. formats.md 8. */
export const OBJECT_TYPES_MAX: u32 = 1024;
/** Deepest level. access-check.md 1.10 */
export const OBJECT_LEVEL_MAX: u32 = 4;

// ---- trace event, at `tracePointer()` ----
/** u8 EVENT_… kind. */
export const EVENT_KIND: u32 = 0;
/** u8 LANE_…. */
export const EVENT_LANE: u32 = 1;
/** u8 SKIP_… reason, or a kind's own code. */
export const EVENT_REASON: u32 = 2;
/** u8 truth value of the ACE's condition (condition.ts), TRUTH_NONE without one. */
export const EVENT_TRUTH: u32 = 3;
/** Index of the ACE in its ACL as stored, NO_ACE without one. */
export const EVENT_ACE: u32 = 4;
/** Node of the object type list; 0 without a list. */
export const EVENT_NODE: u32 = 8;
/** Bits decided (or allowed) by this event. */
export const EVENT_BITS: u32 = 12;
/** Which DACL: 0 the object's, n+1 rule n of the policy; SOURCE_STAGED added for a staged DACL. */
export const EVENT_SOURCE: u32 = 16;
/** LUID of a privilege, index of an expression token, rule number: by kind. */
export const EVENT_EXTRA: u32 = 20;
export const EVENT_SIZE: u32 = 24;
/** Room of the trace, in events. */
export const TRACE_CAPACITY: u32 = 65536;

export const NO_ACE: u32 = 0xffffffff;
export const TRUTH_NONE: u32 = 0xff;
export const SOURCE_STAGED: u32 = 0x80000000;
/** The condition of an access filter or audit ACE: the index is one of the SACL. */
export const SOURCE_SACL: u32 = 0x40000000;
/** Room of the trace that only EVENT_RULE, EVENT_GRANTED and EVENT_AUDIT may use: they are never lost to a long walk. */
export const TRACE_RESERVED: u32 = 8192;

/** The pass over the token's enabled SIDs. */
export const LANE_NORMAL: u32 = 0;
/** The pass over the restricting SIDs. */
export const LANE_RESTRICTING: u32 = 1;
/** The package side of an AppContainer token. */
export const LANE_PACKAGE: u32 = 2;

/** Mandatory label: bits = what it leaves, extra = label's RID, ACE index or NO_ACE for the default. */
export const EVENT_LABEL: u32 = 1;
/** Process trust label not dominated: bits = what it leaves. */
export const EVENT_TRUST_LABEL: u32 = 2;
/** Access filter: truth, bits = what it leaves. */
export const EVENT_ACCESS_FILTER: u32 = 3;
/** Privilege supplied bits: extra = LUID. */
export const EVENT_PRIVILEGE: u32 = 4;
/** Missing privilege: bits = what wanted it, extra = LUID. */
export const EVENT_PRIVILEGE_MISSING: u32 = 5;
/** Ownership supplied bits. */
export const EVENT_OWNER: u32 = 6;
/** Ownership gives nothing because of this OWNER RIGHTS ACE. */
export const EVENT_OWNER_SUPPRESSED: u32 = 7;
/** An ACE granted bits in a lane. */
export const EVENT_ALLOW: u32 = 8;
/** An ACE denied bits in a lane. */
export const EVENT_DENY: u32 = 9;
/** No DACL, or a NULL one: bits granted in a lane. */
export const EVENT_NO_DACL: u32 = 10;
/** An ACE that matched or could have, and did not act: reason = SKIP_…. */
export const EVENT_SKIP: u32 = 11;
/** Truth of the sub-expression that ends at token `extra` of the ACE's condition. */
export const EVENT_TERM: u32 = 12;
/** These bits were not put to the lane: write-restricted, and none of them a write bit. */
export const EVENT_LANE_SKIPPED: u32 = 13;
/** A policy rule: extra = its number, truth = appliesTo, reason 1 = applies, bits = index of the policy + 1, 0 recovery. */
export const EVENT_RULE: u32 = 14;
/** An audit ACE fired: reason 1 success, 2 failure; source 0; index into the SACL. */
export const EVENT_AUDIT: u32 = 15;
/** The DACL is present and has no ACEs. */
export const EVENT_EMPTY_DACL: u32 = 16;
/** What is granted at a node in the end: bits. */
export const EVENT_GRANTED: u32 = 17;
/** An attribute of the ACE's condition was read: extra = its token, bits = index of the claim found + 1, 0 missing. */
export const EVENT_ATTRIBUTE: u32 = 18;

export const SKIP_UNKNOWN_TYPE: u32 = 1;
export const SKIP_WRONG_ACL: u32 = 2;
export const SKIP_CONDITION_FALSE: u32 = 3;
export const SKIP_CONDITION_UNKNOWN: u32 = 4;
/** Application data that is no expression, or malformed. */
export const SKIP_CONDITION_MALFORMED: u32 = 5;
/** A typed ACE without a list in the request. */
export const SKIP_TYPED_WITHOUT_LIST: u32 = 6;
/** A typed ACE whose GUID is not in the list. */
export const SKIP_TYPE_NOT_LISTED: u32 = 7;
/** A compound ACE whose server SID is not enabled. */
export const SKIP_COMPOUND_SERVER: u32 = 8;
/** Not evaluated by this version: an allow is ignored, a deny denies. */
export const SKIP_NOT_BUILT: u32 = 9;

// ---- what can be staged and loaded ----
export const LOAD_DESCRIPTOR: u32 = 0;
export const LOAD_TOKEN: u32 = 1;
export const LOAD_POLICIES: u32 = 2;
/** One SID; its handle is its number + 1. */
export const LOAD_SID: u32 = 3;
/** OBJECT_NODE records. */
export const LOAD_OBJECT_TYPES: u32 = 4;
/** An encoded condition; handle 0 with STATUS_SUCCESS: it is none. */
export const LOAD_CONDITION: u32 = 5;
/** A filter image: staged for `filter`, never loaded. */
export const STAGE_FILTER: u32 = 6;
/** Handles for `checkMany`: staged, never loaded. */
export const STAGE_WORDS: u32 = 7;
/** Offsets, masks and bytes for `scan`. */
export const STAGE_SCAN: u32 = 8;
/** Bytes staged behind the last descriptor: a scan may read them before it knows that it has ended. */
export const SCAN_SLACK: u32 = 16;
/** Masks and numbers for `gather`. */
export const STAGE_GATHER: u32 = 9;
