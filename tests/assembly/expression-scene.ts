/**
 * A token, a SACL and an expression for the specs of conditions: builds claims one by one, then evaluates.
 * Does not judge.
 */
import { evaluate } from "../../assembly/check/condition";
import { loadClaim } from "../../assembly/load/claims";
import { loadCondition } from "../../assembly/load/condition";
import { internSid } from "../../assembly/load/sid-table";
import { SID_CAPACITY } from "../../assembly/memory/sids";
import { allocate } from "../../assembly/memory/arena";
import { SaclRecord, TokenRecord } from "../../assembly/memory/records";
import { CLAIM_TYPE_INT64, CLAIM_TYPE_STRING } from "../../assembly/shared/claim";
import { PURPOSE_ALLOW, TOKEN_DEVICE_ATTRIBUTE, TOKEN_LOCAL_ATTRIBUTE, TOKEN_USER_ATTRIBUTE } from "../../assembly/shared/condition";
import { begin, beginClaim, length, numberValue, pad, sidAt, start, textValue } from "./expression-bytes";
import { freshKernel } from "./kernel-arena";

const ROOM: u32 = 8;

let token: usize = 0;
let sacl: usize = 0;
let purpose: u32 = PURPOSE_ALLOW;
let restricting: bool = false;

/** An empty kernel, a token that holds nothing, no resource attributes, purpose allow. */
export function freshScene(): void {
  freshKernel();
  token = allocate(offsetof<TokenRecord>());
  const record = changetype<TokenRecord>(token);
  record.table = allocate(SID_CAPACITY);
  record.userClaims = allocate(4 + ROOM * sizeof<usize>());
  record.deviceClaims = allocate(4 + ROOM * sizeof<usize>());
  record.localClaims = allocate(4 + ROOM * sizeof<usize>());
  sacl = allocate(offsetof<SaclRecord>());
  changetype<SaclRecord>(sacl).resources = allocate(ROOM * sizeof<usize>());
  purpose = PURPOSE_ALLOW;
  restricting = false;
}

export function setPurpose(value: u32): void {
  purpose = value;
}

export function setRestricting(value: bool): void {
  restricting = value;
}

export function tokenRecord(): TokenRecord {
  return changetype<TokenRecord>(token);
}

/** The check has no SACL. */
export function withoutSacl(): void {
  sacl = 0;
}

/** The token holds `bits` of S-1-<authority>-<sub>. */
export function hold(authority: u32, sub: u32, bits: u32): void {
  begin();
  sidAt(authority, sub);
  store<u8>(tokenRecord().table + internSid(start()), <u8>bits);
}

/** Loads the claim just written; its record. */
export function loaded(): usize {
  return loadClaim(start(), start() + length());
}

/** Gives the token, or the SACL, the claim just written. */
export function give(scope: u32): void {
  const claim = loaded();
  assert(claim != 0, "a sound claim");
  const record = tokenRecord();
  let list: usize = 0;
  if (scope == TOKEN_USER_ATTRIBUTE) list = record.userClaims;
  else if (scope == TOKEN_DEVICE_ATTRIBUTE) list = record.deviceClaims;
  else if (scope == TOKEN_LOCAL_ATTRIBUTE) list = record.localClaims;
  if (list != 0) {
    const count = load<u32>(list);
    assert(count < ROOM);
    store<usize>(list + 4 + count * sizeof<usize>(), claim);
    store<u32>(list, count + 1);
    return;
  }
  const resources = changetype<SaclRecord>(sacl);
  assert(resources.resourceCount < ROOM);
  store<usize>(resources.resources + resources.resourceCount * sizeof<usize>(), claim);
  resources.resourceCount += 1;
}

/** Gives a claim of one number. */
export function giveNumber(scope: u32, name: string, number: u64, type: u32 = CLAIM_TYPE_INT64, flags: u32 = 0): void {
  beginClaim(name, type, flags, 1);
  numberValue(number);
  give(scope);
}

/** Gives a claim of texts, one for each part between the bars. */
export function giveTexts(scope: u32, name: string, texts: string, flags: u32 = 0): void {
  const values = texts.split("|");
  beginClaim(name, CLAIM_TYPE_STRING, flags, values.length);
  for (let i = 0; i < values.length; i++) textValue(values[i]);
  give(scope);
}

/** The program of the expression just written, padded; 0 when it is malformed. */
export function program(): usize {
  pad();
  return loadCondition(start(), length());
}

/** The truth of the expression just written, which must be well-formed. */
export function truth(): u32 {
  const compiled = program();
  assert(compiled != 0, "a sound encoding");
  const first = evaluate(compiled, tokenRecord(), changetype<SaclRecord | null>(sacl), purpose, restricting);
  // Nothing may be left behind by the first time.
  const second = evaluate(compiled, tokenRecord(), changetype<SaclRecord | null>(sacl), purpose, restricting);
  assert(first == second, "the same answer twice");
  return first;
}
