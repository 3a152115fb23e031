/**
 * The two ends of filtering: filter image → request, and what filtering left → token image.
 * shared/filter-image.ts, shared/token-image.ts
 *
 * Does not know what filtering does.
 */
import { allocate } from "../memory/arena";
import { beginRead, failAt, failed, fits, readSidSize, readU32 } from "../memory/reader";
import { FilterRecord, FilterOutcome, TokenRecord } from "../memory/records";
import { SID_NONE, sidBytes, sidSize } from "../memory/sids";
import {
  FILTER_CALL,
  FILTER_CALLER_IS_TCB,
  FILTER_DELETE_COUNT,
  FILTER_DISABLE_COUNT,
  FILTER_FLAGS,
  FILTER_HEADER_SIZE,
  FILTER_RESTRICT_COUNT,
} from "../shared/filter-image";
import { SE_GROUP_DEFAULT_ATTRIBUTES } from "../shared/token";
import {
  IMAGE_FLAGS,
  IMAGE_GROUP_COUNT,
  IMAGE_HAS_OWNER,
  IMAGE_HEADER_SIZE,
  IMAGE_MAGIC,
  IMAGE_PRIVILEGE_COUNT,
  IMAGE_PRIVILEGE_SIZE,
  IMAGE_RESTRICTED_COUNT,
  IMAGE_SIGNATURE,
  IMAGE_SIZE,
} from "../shared/token-image";
import { internSid, sidStorage } from "./sid-table";

const SID_ENTRY_MAX: u32 = 72;

let cursor: usize = 0;
let requestEnd: usize = 0;
/** Attributes of all entries of the list read last, ORed. */
let attributesSeen: u32 = 0;

/** Arena bytes that filtering `token` by an image of `length` bytes takes at most: request, outcome and answer. */
export function filterStorage(token: TokenRecord, length: usize): usize {
  const entries = (token.groupCount + token.restrictedCount + 8) * (SID_ENTRY_MAX + 16);
  const privileges = (token.privilegeCount + 1) * IMAGE_PRIVILEGE_SIZE * 2;
  return sidStorage(length / 12, length) + 9 * length + entries + privileges + 1024;
}

/** The request in the image at `at`; 0 and a fault when it is none. */
export function loadFilter(at: usize, length: u32): usize {
  beginRead(at);
  requestEnd = at + length;
  if (!fits(at, requestEnd, FILTER_HEADER_SIZE)) return 0;
  cursor = at + FILTER_HEADER_SIZE;
  const filter = changetype<FilterRecord>(allocate(offsetof<FilterRecord>()));
  filter.flags = readU32(at + FILTER_FLAGS, requestEnd);
  filter.call = readU32(at + FILTER_CALL, requestEnd);
  filter.callerIsTcb = readU32(at + FILTER_CALLER_IS_TCB, requestEnd);
  filter.disableCount = readU32(at + FILTER_DISABLE_COUNT, requestEnd);
  filter.deleteCount = readU32(at + FILTER_DELETE_COUNT, requestEnd);
  filter.restrictCount = readU32(at + FILTER_RESTRICT_COUNT, requestEnd);
  filter.disable = readSids(filter.disableCount);
  const size = filter.deleteCount * IMAGE_PRIVILEGE_SIZE;
  if (filter.deleteCount > length || !fits(cursor, requestEnd, size)) {
    failAt(at + FILTER_DELETE_COUNT);
    return 0;
  }
  filter.deletes = allocate(size);
  memory.copy(filter.deletes, cursor, size);
  cursor += size;
  filter.restrict = readSids(filter.restrictCount);
  filter.restrictAttributes = attributesSeen;
  if (cursor != requestEnd) failAt(cursor);
  return failed() ? 0 : changetype<usize>(filter);
}

/** u32 SID number × count. */
function readSids(count: u32): usize {
  attributesSeen = 0;
  if (failed() || count > <u32>(requestEnd - cursor) / 12) {
    failAt(cursor);
    return 0;
  }
  const list = allocate(count * 4);
  for (let i: u32 = 0; i < count; i++) {
    attributesSeen |= readU32(cursor, requestEnd);
    const size = readSidSize(cursor + 4, requestEnd);
    if (size == 0) return 0;
    store<u32>(list + i * 4, internSid(cursor + 4));
    cursor += 4 + size;
  }
  return list;
}

/** Writes what filtering left of `token` as a token image and returns its address. */
export function storeFiltered(token: TokenRecord, outcome: FilterOutcome): usize {
  const entries = 2 + token.groupCount + outcome.restrictedCount;
  const image = allocate(IMAGE_HEADER_SIZE + entries * SID_ENTRY_MAX + outcome.privilegeCount * IMAGE_PRIVILEGE_SIZE);
  cursor = image + IMAGE_HEADER_SIZE;
  writeEntry(token.user, outcome.userAttributes);
  if (outcome.owner != SID_NONE) writeEntry(outcome.owner, 0);
  for (let i: u32 = 0; i < token.groupCount; i++) {
    writeEntry(load<u32>(token.groups + i * 8), load<u32>(outcome.groupAttributes + i * 4));
  }
  for (let i: u32 = 0; i < outcome.restrictedCount; i++) {
    writeEntry(load<u32>(outcome.restricted + i * 4), SE_GROUP_DEFAULT_ATTRIBUTES);
  }
  const size = outcome.privilegeCount * IMAGE_PRIVILEGE_SIZE;
  memory.copy(cursor, outcome.privileges, size);
  cursor += size;
  store<u32>(image + IMAGE_SIGNATURE, IMAGE_MAGIC);
  store<u32>(image + IMAGE_SIZE, <u32>(cursor - image));
  store<u32>(image + IMAGE_FLAGS, outcome.flags | (outcome.owner != SID_NONE ? IMAGE_HAS_OWNER : 0));
  store<u32>(image + IMAGE_GROUP_COUNT, token.groupCount);
  store<u32>(image + IMAGE_RESTRICTED_COUNT, outcome.restrictedCount);
  store<u32>(image + IMAGE_PRIVILEGE_COUNT, outcome.privilegeCount);
  return image;
}

function writeEntry(sid: u32, attributes: u32): void {
  const bytes = sidBytes(sid);
  const size = sidSize(bytes);
  store<u32>(cursor, attributes);
  memory.copy(cursor + 4, bytes, size);
  cursor += 4 + size;
}
