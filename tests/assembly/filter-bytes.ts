/**
 * Collects what is asked of filtering and writes it as a filter image, for the specs. assembly/shared/filter-image.ts
 *
 * Does not load and does not judge.
 */
import * as image from "../../assembly/shared/filter-image";
import { sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

let disabled: string[] = [];
let deleted: u32[] = [];
let restricting: string[] = [];
/** Attributes written beside every SID of the two lists. */
let disableAttributes: u32 = 0;
let restrictAttributes: u32 = 0;
let flags: u32 = 0;
let call: u32 = 0;
let callerIsTcb: u32 = 0;

/** An empty SeFilterToken with these flags. */
export function beginFilter(theFlags: u32 = 0, theCall: u32 = 0, trusted: bool = false): void {
  disabled = [];
  deleted = [];
  restricting = [];
  disableAttributes = 0;
  restrictAttributes = 0;
  flags = theFlags;
  call = theCall;
  callerIsTcb = trusted ? 1 : 0;
}

export function disable(text: string, attributes: u32 = 0): void {
  disabled.push(text);
  disableAttributes = attributes;
}

export function remove(luid: u32): void {
  deleted.push(luid);
}

export function restrictTo(text: string, attributes: u32 = 0): void {
  restricting.push(text);
  restrictAttributes = attributes;
}

/** Writes the image to the beginning of the input area; its length. */
export function filterImage(): u32 {
  bytes.begin();
  for (let i: u32 = 0; i < image.FILTER_HEADER_SIZE; i += 4) bytes.u32At(0);
  put(image.FILTER_FLAGS, flags);
  put(image.FILTER_CALL, call);
  put(image.FILTER_CALLER_IS_TCB, callerIsTcb);
  put(image.FILTER_DISABLE_COUNT, disabled.length);
  put(image.FILTER_DELETE_COUNT, deleted.length);
  put(image.FILTER_RESTRICT_COUNT, restricting.length);
  for (let i = 0; i < disabled.length; i++) entry(disabled[i], disableAttributes);
  for (let i = 0; i < deleted.length; i++) {
    bytes.u32At(deleted[i]);
    bytes.u64At(0);
  }
  for (let i = 0; i < restricting.length; i++) entry(restricting[i], restrictAttributes);
  return bytes.length();
}

/** Overwrites a field of the image written last. */
export function put(field: u32, value: u32): void {
  store<u32>(bytes.start() + field, value);
}

function entry(text: string, attributes: u32): void {
  bytes.u32At(attributes);
  sid(text);
}
