/**
 * The filter image: how a filter request crosses the WASM boundary. assembly/shared/filter-image.ts
 *
 * Bytes only. Does not know what filtering does.
 */
import {
  FILTER_CALL,
  FILTER_CALLER_IS_TCB,
  FILTER_DELETE_COUNT,
  FILTER_DISABLE_COUNT,
  FILTER_FLAGS,
  FILTER_HEADER_SIZE,
  FILTER_RESTRICT_COUNT,
} from "../../assembly/shared/filter-image.js";
import { IMAGE_PRIVILEGE_SIZE } from "../../assembly/shared/token-image.js";
import type { Privilege } from "../privilege.js";
import type { SidAndAttributes } from "../token-parts.js";
import { writeU32, writeU64 } from "./little-endian.js";
import { writeSid } from "./sid.js";

export interface FilterImageParts {
  readonly flags: number;
  readonly call: number;
  readonly callerIsTcb: boolean;
  readonly sidsToDisable: readonly SidAndAttributes[];
  readonly privilegesToDelete: readonly Privilege[];
  readonly restrictedSids: readonly SidAndAttributes[];
}

/** The image of a filter request. */
export function encodeFilterImage(filter: FilterImageParts): Uint8Array {
  const { sidsToDisable, privilegesToDelete, restrictedSids } = filter;
  let size = FILTER_HEADER_SIZE + privilegesToDelete.length * IMAGE_PRIVILEGE_SIZE;
  for (const { sid } of sidsToDisable) size += 4 + sid.byteLength;
  for (const { sid } of restrictedSids) size += 4 + sid.byteLength;
  const image = new Uint8Array(size);
  writeU32(image, FILTER_FLAGS, filter.flags);
  writeU32(image, FILTER_CALL, filter.call);
  writeU32(image, FILTER_CALLER_IS_TCB, filter.callerIsTcb ? 1 : 0);
  writeU32(image, FILTER_DISABLE_COUNT, sidsToDisable.length);
  writeU32(image, FILTER_DELETE_COUNT, privilegesToDelete.length);
  writeU32(image, FILTER_RESTRICT_COUNT, restrictedSids.length);
  let at = writeEntries(image, FILTER_HEADER_SIZE, sidsToDisable);
  for (const { luid, attributes } of privilegesToDelete) {
    writeU64(image, at, luid);
    writeU32(image, at + 8, attributes);
    at += IMAGE_PRIVILEGE_SIZE;
  }
  writeEntries(image, at, restrictedSids);
  return image;
}

function writeEntries(image: Uint8Array, at: number, entries: readonly SidAndAttributes[]): number {
  for (const { sid, attributes } of entries) {
    writeU32(image, at, attributes);
    at = writeSid(image, at + 4, sid);
  }
  return at;
}
