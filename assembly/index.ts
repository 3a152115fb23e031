/**
 * Every export, nothing else: the ABI on one screen. Numbers only, no imports.
 *
 * The caller stages bytes (`stage`), loads them (`load`) and keeps the handle until the generation moves on. 0 from
 * either means: look at the result's status; STATUS_NO_MEMORY says reset, load again, try once more.
 */
import { arenaGeneration, clearWords, isRecord, openArena, resetArena, stageBytes } from "./memory/arena";
import { seedHash } from "./memory/hash";
import { failed, failedOffset, readSidSize, beginRead } from "./memory/reader";
import { AccessRequest, AccessResult } from "./memory/boundary";
import {
  DescriptorRecord,
  FilterOutcome,
  FilterRecord,
  KIND_DESCRIPTOR,
  KIND_POLICIES,
  KIND_TOKEN,
  TokenRecord,
} from "./memory/records";
import {
  ABI_VERSION,
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  LOAD_CONDITION,
  LOAD_DESCRIPTOR,
  LOAD_OBJECT_TYPES,
  LOAD_POLICIES,
  LOAD_SID,
  LOAD_TOKEN,
  OBJECT_NODE_SIZE,
  OBJECT_TYPES_MAX,
  REQUEST_CALL,
  REQUEST_SIZE,
  RESULT_SIZE,
  STAGE_FILTER,
  STAGE_SCAN,
  STAGE_WORDS,
} from "./shared/abi";
import {
  STATUS_INVALID_HANDLE,
  STATUS_INVALID_IMAGE,
  STATUS_INVALID_PARAMETER,
  STATUS_INVALID_SECURITY_DESCR,
  STATUS_INVALID_SID,
  STATUS_NO_MEMORY,
  STATUS_SUCCESS,
} from "./shared/ntstatus";
import { SD_MAX_SIZE } from "./shared/security-descriptor";
import { accessCheck } from "./check/access-check";
import { resetPolicies } from "./check/central-policy";
import { evaluate } from "./check/condition";
import { filterToken, resetFilter } from "./check/filter-token";
import { mapGeneric } from "./check/generic-mapping";
import { keepObjectTypes, noObjectTypes, resetObjectTypes } from "./check/object-types";
import { arePlain, denyPlainly, isPlainRequest, isPlainWant, markDescriptor, markToken, plainGranted } from "./check/plain";
import { endTrace, resetTrace, traceBuffer } from "./check/trace";
import { resetAcls } from "./load/acl";
import { resetClaims } from "./load/claims";
import { conditionStorage, loadCondition } from "./load/condition";
import { descriptorStorage, loadDescriptor } from "./load/descriptor";
import { filterStorage, loadFilter, storeFiltered } from "./load/filter";
import { loadPolicies, policyStorage } from "./load/policies";
import { internSid, resetSids, sidStorage, sidsOverflowed } from "./load/sid-table";
import { beginScan, prepareScan, resetScan, scanDescriptor } from "./load/scan";
import { loadToken, tokenStorage } from "./load/token";

/** Replaces numbers by the words that they number: all of them staged, and below their count. */
export { gatherWords as gather } from "./memory/gather";

const STAGED_BYTES_MAX: u32 = 0x04000000;
/** Room for the handles of one `checkMany`: it must not depend on what the arena has left. */
const WORDS_SIZE: u32 = 4096;
const words = memory.data(4096, 8);

const request = memory.data(REQUEST_SIZE, 8);
const result = memory.data(RESULT_SIZE, 8);
const outcome = memory.data(64, 8);
if (offsetof<FilterOutcome>() > 64) ERROR("FilterOutcome has outgrown its place");
/** The image that the last successful filtering made. */
let filtered: usize = 0;

/** Gives the kernel the memory between `base` (0: the end of its static data) and `end`, and empties it. */
export function open(base: usize, end: usize, seed: u32): void {
  openArena(base == 0 ? __heap_base : base, end);
  empty(seed);
}

/** Drops every record; all handles are stale from here on. */
export function reset(seed: u32): void {
  resetArena();
  empty(seed);
}

function empty(seed: u32): void {
  seedHash(seed);
  resetSids();
  resetClaims();
  resetAcls();
  resetPolicies();
  if (!isDefined(ONLY_CHECKS)) resetFilter();
  resetObjectTypes();
  resetTrace();
  if (!isDefined(ONLY_CHECKS)) resetScan();
}

export function abiVersion(): u32 {
  return ABI_VERSION;
}

/** Counts resets. */
export function generation(): u32 {
  return arenaGeneration();
}

export function requestPointer(): usize {
  return request;
}

export function resultPointer(): usize {
  return result;
}

/** The trace of the last check; it moves only when the arena is reset. */
export function tracePointer(): usize {
  return traceBuffer();
}

/** Where the caller puts `length` bytes to be loaded next; 0 when there is no room. `token` matters to filters alone. */
export function stage(kind: u32, length: u32, token: u32): usize {
  const answer = changetype<AccessResult>(result);
  answer.status = STATUS_NO_MEMORY;
  // Below this bound no storage formula wraps.
  if (length > STAGED_BYTES_MAX) return 0;
  if (kind == STAGE_WORDS) {
    if (length > WORDS_SIZE) return refuse(STATUS_INVALID_PARAMETER);
    answer.status = STATUS_SUCCESS;
    return words;
  }
  let storage: usize = 64;
  if (!isDefined(ONLY_CHECKS) && kind == STAGE_SCAN && !prepareScan()) return 0;
  if (kind == LOAD_DESCRIPTOR) {
    if (length > SD_MAX_SIZE) return refuse(STATUS_INVALID_SECURITY_DESCR);
    storage = descriptorStorage(length);
  } else if (kind == LOAD_TOKEN) storage = tokenStorage(length);
  else if (kind == LOAD_POLICIES) storage = policyStorage(length);
  else if (kind == LOAD_SID) storage = sidStorage(1, length) + 64;
  else if (!isDefined(ONLY_CHECKS) && kind == LOAD_CONDITION) storage = conditionStorage(length) + sidStorage(length / 8 + 1, length);
  else if (kind == LOAD_OBJECT_TYPES) storage = OBJECT_TYPES_MAX * 128;
  else if (!isDefined(ONLY_CHECKS) && kind == STAGE_FILTER) {
    if (!isToken(token)) return refuse(STATUS_INVALID_HANDLE);
    storage = filterStorage(changetype<TokenRecord>(<usize>token), length);
  }
  const at = stageBytes(storage, length);
  if (at != 0) answer.status = STATUS_SUCCESS;
  return at;
}

/** Compiles the `length` staged bytes at `at`; their handle, or 0 and a status with the offset at fault. */
export function load(kind: u32, at: usize, length: u32): u32 {
  const answer = changetype<AccessResult>(result);
  answer.errorOffset = 0;
  answer.status = STATUS_INVALID_IMAGE;
  // The table of SIDs is full: nothing loaded since means anything, until a reset.
  if (sidsOverflowed()) return refuse(STATUS_NO_MEMORY);
  const now = arenaGeneration();
  if (kind == LOAD_DESCRIPTOR) {
    const record = loadDescriptor(at, length, now);
    if (record != 0) markDescriptor(changetype<DescriptorRecord>(record));
    return loaded(record, STATUS_INVALID_SECURITY_DESCR);
  }
  if (kind == LOAD_TOKEN) {
    const record = loadToken(at, length, now);
    if (record != 0) markToken(changetype<TokenRecord>(record));
    return loaded(record, STATUS_INVALID_IMAGE);
  }
  if (kind == LOAD_POLICIES) {
    return loaded(loadPolicies(at, length, now), STATUS_INVALID_IMAGE);
  }
  if (kind == LOAD_SID) {
    beginRead(at);
    if (readSidSize(at, at + length) != length) return refuse(STATUS_INVALID_SID);
    const number = internSid(at);
    answer.status = sidsOverflowed() ? STATUS_NO_MEMORY : STATUS_SUCCESS;
    return sidsOverflowed() ? 0 : number + 1;
  }
  if (!isDefined(ONLY_CHECKS) && kind == LOAD_CONDITION) {
    beginRead(at);
    const program = <u32>loadCondition(at, length);
    answer.status = sidsOverflowed() ? STATUS_NO_MEMORY : STATUS_SUCCESS;
    return sidsOverflowed() ? 0 : program;
  }
  if (kind == LOAD_OBJECT_TYPES) {
    if (length % OBJECT_NODE_SIZE != 0 || length > OBJECT_TYPES_MAX * OBJECT_NODE_SIZE) return refuse(STATUS_INVALID_PARAMETER);
    const kept = keepObjectTypes(at, length);
    if (kept == 0) return refuse(STATUS_NO_MEMORY);
    answer.status = STATUS_SUCCESS;
    return <u32>kept;
  }
  return 0;
}

/** Decides the request at `requestPointer()`; the NTSTATUS, with the rest at `resultPointer()`. */
export function check(): u32 {
  const asked = changetype<AccessRequest>(request);
  const answer = changetype<AccessResult>(result);
  if (!soundHandles(asked) || !isDescriptor(asked.descriptor)) {
    clearWords(result, RESULT_SIZE);
    refuse(STATUS_INVALID_HANDLE);
    return STATUS_INVALID_HANDLE;
  }
  accessCheck(asked, answer);
  endTrace();
  noObjectTypes();
  return answer.status;
}

/**
 * As `check`, for a request of three numbers and the mapping that stands in the record. The granted mask, when that is
 * all there is to say; 0 when the rest stands at `resultPointer()`.
 */
export function checkPlain(descriptor: u32, token: u32, desired: u32): u32 {
  const asked = changetype<AccessRequest>(request);
  const answer = changetype<AccessResult>(result);
  if (isDescriptor(descriptor) && isToken(token)) {
    const who = changetype<TokenRecord>(<usize>token);
    const what = changetype<DescriptorRecord>(<usize>descriptor);
    const want = mapGeneric(desired, asked);
    if (arePlain(who, what) && isPlainWant(want)) {
      if (plainGranted(asked, who, what, want)) return want;
      denyPlainly(answer);
      return 0;
    }
  }
  clearWords(request + REQUEST_CALL, REQUEST_SIZE - REQUEST_CALL);
  asked.descriptor = descriptor;
  asked.token = token;
  asked.desired = desired;
  check();
  return 0;
}

/** Decides the request for each of `count` descriptor handles at `at` and puts the granted mask in its place. */
export function checkMany(at: usize, count: u32): u32 {
  const asked = changetype<AccessRequest>(request);
  const answer = changetype<AccessResult>(result);
  if (!soundHandles(asked)) return STATUS_INVALID_HANDLE;
  const who = changetype<TokenRecord>(<usize>asked.token);
  const want = mapGeneric(asked.desired, asked);
  const plain = isPlainRequest(asked) && isPlainWant(want);
  for (let i: u32 = 0; i < count; i++) {
    const slot = at + <usize>i * 4;
    const handle = loadWord(slot);
    store<u32>(slot, 0);
    if (!isDescriptor(handle)) return STATUS_INVALID_HANDLE;
    const what = changetype<DescriptorRecord>(<usize>handle);
    if (plain && arePlain(who, what)) {
      if (plainGranted(asked, who, what, want)) store<u32>(slot, want);
      continue;
    }
    asked.descriptor = handle;
    accessCheck(asked, answer);
    noObjectTypes();
    store<u32>(slot, answer.granted != 0 ? answer.access : 0);
  }
  endTrace();
  return STATUS_SUCCESS;
}

/** Filters a token by the staged filter image; STATUS_SUCCESS leaves a token image at `filteredImage()`. */
export function filter(token: u32, at: usize, length: u32): u32 {
  if (!isToken(token)) return STATUS_INVALID_HANDLE;
  const filter = loadFilter(at, length);
  if (sidsOverflowed()) return STATUS_NO_MEMORY;
  if (filter == 0) return STATUS_INVALID_IMAGE;
  const source = changetype<TokenRecord>(<usize>token);
  const left = changetype<FilterOutcome>(outcome);
  const status = filterToken(source, changetype<FilterRecord>(filter), left);
  filtered = status == STATUS_SUCCESS ? storeFiltered(source, left) : 0;
  return status;
}

/**
 * Decides the plain request for `count` descriptors: their bytes at `at`, `count + 1` offsets between them at `offsets`,
 * their granted masks to `into`, SCAN_SLACK bytes behind them all. How many it decided: it stops before one that takes
 * `load` and `check`.
 */
export function scan(at: usize, offsets: usize, count: u32, into: usize): u32 {
  const asked = changetype<AccessRequest>(request);
  if (!isToken(asked.token)) return 0;
  const who = changetype<TokenRecord>(<usize>asked.token);
  const want = mapGeneric(asked.desired, asked);
  if (who.plain == 0 || !isPlainRequest(asked) || !isPlainWant(want) || !beginScan(who)) return 0;
  for (let i: u32 = 0; i < count; i++) {
    const start = loadWord(offsets + i * 4);
    const what = scanDescriptor(at + start, loadWord(offsets + i * 4 + 4) - start);
    if (what == 0) return i;
    store<u32>(into + i * 4, plainGranted(asked, who, changetype<DescriptorRecord>(what), want) ? want : 0);
  }
  return count;
}

export function filteredImage(): usize {
  return filtered;
}

/** The truth (shared/condition.ts) of a loaded condition for a token, with a descriptor's resource attributes (0: none). */
export function condition(program: u32, token: u32, descriptor: u32, purpose: u32): u32 {
  if (!isToken(token) || (descriptor != 0 && !isDescriptor(descriptor))) unreachable();
  const sacl = descriptor != 0 ? changetype<DescriptorRecord>(<usize>descriptor).sacl : null;
  return evaluate(<usize>program, changetype<TokenRecord>(<usize>token), sacl, purpose, false);
}

function refuse(status: u32): u32 {
  changetype<AccessResult>(result).status = status;
  return 0;
}

function loaded(record: usize, status: u32): u32 {
  const answer = changetype<AccessResult>(result);
  if (sidsOverflowed()) return refuse(STATUS_NO_MEMORY);
  if (record == 0) {
    answer.errorOffset = failed() ? failedOffset() : 0;
    answer.status = status;
    return 0;
  }
  answer.status = STATUS_SUCCESS;
  return <u32>record;
}

/** `load` is an export of ours here. */
function loadWord(at: usize): u32 {
  return changetype<AccessRequest>(at).descriptor;
}

function soundHandles(asked: AccessRequest): bool {
  if (!isToken(asked.token)) return false;
  if (asked.primaryToken != 0 && !isToken(asked.primaryToken)) return false;
  if (asked.policies != 0 && !isRecord(asked.policies, KIND_POLICIES)) return false;
  return asked.call <= CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST;
}

@inline
function isToken(handle: u32): bool {
  return isRecord(handle, KIND_TOKEN);
}

@inline
function isDescriptor(handle: u32): bool {
  return isRecord(handle, KIND_DESCRIPTOR);
}
