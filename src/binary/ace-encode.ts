/**
 * One ACE: value to bytes. [MS-DTYP] 2.4.4; formats.md 5.
 *
 * Raw application data is written as it is; a Condition or a Claim is encoded. Every ACE ends on a multiple of four.
 */

import {
  ACE_COMPOUND_SIDS,
  ACE_FLAGS,
  ACE_HEADER_SIZE,
  ACE_MASK,
  ACE_OBJECT_FLAGS,
  ACE_OBJECT_GUIDS,
  ACE_SID,
  ACE_SIZE,
  ACE_TYPE,
} from "../../assembly/shared/ace.js";
import type { Ace, AceData } from "../ace.js";
import { Condition } from "../condition.js";
import { claimSize, encodeClaim } from "./claim-encode.js";
import { conditionSize, encodeCondition } from "./condition-encode.js";
import { GUID_SIZE, writeGuid } from "./guid.js";
import { paddedSize, writeU16, writeU32 } from "./little-endian.js";
import { writeSid } from "./sid.js";

/** AceSize: what `writeAce` writes, whether or not an ACL could hold it. */
export function aceSize(ace: Ace): number {
  return paddedSize(fixedSize(ace) + dataSize(ace.data));
}

/** Writes `ace` at `at`, where `aceSize` zero bytes are, and returns where it ends. */
export function writeAce(bytes: Uint8Array, at: number, ace: Ace): number {
  const end = at + aceSize(ace);
  bytes[at + ACE_TYPE] = ace.type;
  bytes[at + ACE_FLAGS] = ace.flags;
  writeU16(bytes, at + ACE_SIZE, end - at);
  if (ace.sid !== null) {
    writeU32(bytes, at + ACE_MASK, ace.mask);
    writeSid(bytes, writeMiddle(bytes, at, ace), ace.sid);
  }
  bytes.set(dataBytes(ace.data), at + fixedSize(ace));
  return end;
}

/** What stands between mask and SID; returns where the SID begins. */
function writeMiddle(bytes: Uint8Array, at: number, ace: Ace): number {
  if (ace.compound !== null) {
    writeU16(bytes, at + ACE_MASK + 4, ace.compound.type);
    writeU16(bytes, at + ACE_MASK + 6, ace.compound.reserved);
    return writeSid(bytes, at + ACE_COMPOUND_SIDS, ace.compound.serverSid);
  }
  if (!ace.isObject) return at + ACE_SID;
  writeU32(bytes, at + ACE_OBJECT_FLAGS, ace.objectFlags);
  let sidAt = at + ACE_OBJECT_GUIDS;
  for (const guid of [ace.objectType, ace.inheritedObjectType]) {
    if (guid === null) continue;
    writeGuid(bytes, sidAt, guid);
    sidAt += GUID_SIZE;
  }
  return sidAt;
}

/** Size of everything before the application data. */
function fixedSize(ace: Ace): number {
  if (ace.sid === null) return ACE_HEADER_SIZE;
  if (ace.compound !== null) return ACE_COMPOUND_SIDS + ace.compound.serverSid.byteLength + ace.sid.byteLength;
  if (!ace.isObject) return ACE_SID + ace.sid.byteLength;
  const guids = (ace.objectType === null ? 0 : 1) + (ace.inheritedObjectType === null ? 0 : 1);
  return ACE_OBJECT_GUIDS + guids * GUID_SIZE + ace.sid.byteLength;
}

function dataSize(data: AceData): number {
  if (data === null) return 0;
  if (data instanceof Uint8Array) return data.length;
  return data instanceof Condition ? conditionSize(data) : claimSize(data);
}

function dataBytes(data: AceData): Uint8Array {
  if (data === null) return new Uint8Array(0);
  if (data instanceof Uint8Array) return data;
  return data instanceof Condition ? encodeCondition(data) : encodeClaim(data);
}
