/**
 * Writes SIDs, ACEs, ACLs and self-relative descriptors as bytes into the input area, for the specs. formats.md 1, 3-5
 *
 * Writes what it is told, sound or not; sizes, counts and offsets are filled in. Does not load.
 */
import * as ace from "../../assembly/shared/ace";
import { CLAIM_TYPE_INT64, CLAIM_VALUES } from "../../assembly/shared/claim";
import {
  CONDITION_SIGNATURE,
  TOKEN_MEMBER_OF,
  TOKEN_USER_ATTRIBUTE,
} from "../../assembly/shared/condition";
import {
  SD_DACL,
  SD_GROUP,
  SD_HEADER_SIZE,
  SD_OWNER,
  SD_SACL,
  SE_DACL_PRESENT,
  SE_SACL_PRESENT,
  SE_SELF_RELATIVE,
} from "../../assembly/shared/security-descriptor";
import * as bytes from "./expression-bytes";

export const USER: string = "S-1-5-21-1-2-3-1001";
export const OTHER: string = "S-1-5-21-1-2-3-1002";
export const GROUP: string = "S-1-5-21-1-2-3-513";
export const EVERYONE: string = "S-1-1-0";
export const ADMINISTRATORS: string = "S-1-5-32-544";
export const SYSTEM: string = "S-1-5-18";
export const OWNER_RIGHTS: string = "S-1-3-4";
export const PRINCIPAL_SELF: string = "S-1-5-10";
export const PACKAGE: string = "S-1-15-2-1-2-3-4-5-6-7";
export const ALL_PACKAGES: string = "S-1-15-2-1";
export const ALL_RESTRICTED_PACKAGES: string = "S-1-15-2-2";
export const CAPABILITY: string = "S-1-15-3-1";

let descriptorAt: usize = 0;
let aclAt: usize = 0;
let aceAt: usize = 0;
let aceCount: u32 = 0;

/** Where the next byte goes. */
export function here(): usize {
  return bytes.start() + bytes.length();
}

/** S-1-<authority>-<sub>…, of which there may be none; authority below 2^32. */
export function sid(text: string): void {
  const parts = text.split("-");
  const authority = U32.parseInt(parts[2]);
  bytes.u8At(U32.parseInt(parts[1]));
  bytes.u8At(parts.length - 3);
  bytes.u16At(0);
  for (let shift = 24; shift >= 0; shift -= 8) bytes.u8At(authority >> shift);
  for (let i = 3; i < parts.length; i++) bytes.u32At(U32.parseInt(parts[i]));
}

// ---- ACEs ----

/** Up to where application data goes; `endAce` closes it. */
export function beginAce(type: u32, mask: u32, text: string, flags: u32 = 0): void {
  openAce(type, mask, flags);
  sid(text);
}

/** Pads the ACE to a multiple of four and writes its size. */
export function endAce(): void {
  while (((here() - aceAt) & 3) != 0) bytes.u8At(0);
  store<u16>(aceAt + ace.ACE_SIZE, <u16>(here() - aceAt));
}

export function plainAce(type: u32, mask: u32, text: string, flags: u32 = 0): void {
  beginAce(type, mask, text, flags);
  endAce();
}

export function allow(mask: u32, text: string, flags: u32 = 0): void {
  plainAce(ace.ACCESS_ALLOWED_ACE_TYPE, mask, text, flags);
}

export function deny(mask: u32, text: string, flags: u32 = 0): void {
  plainAce(ace.ACCESS_DENIED_ACE_TYPE, mask, text, flags);
}

/** An object ACE whose GUIDs are { number, 0, 0, 0 }; 0: none. */
export function objectAce(type: u32, mask: u32, guid: u32, text: string, inherited: u32 = 0, flags: u32 = 0): void {
  openAce(type, mask, flags);
  bytes.u32At((guid != 0 ? ace.ACE_OBJECT_TYPE_PRESENT : 0) | (inherited != 0 ? ace.ACE_INHERITED_OBJECT_TYPE_PRESENT : 0));
  if (guid != 0) guidAt(guid);
  if (inherited != 0) guidAt(inherited);
  sid(text);
  endAce();
}

export function compoundAce(mask: u32, server: string, client: string): void {
  openAce(ace.ACCESS_ALLOWED_COMPOUND_ACE_TYPE, mask, 0);
  bytes.u16At(1);
  bytes.u16At(0);
  sid(server);
  sid(client);
  endAce();
}

/** A callback ACE on the condition that the token holds S-1-<authority>-<sub>. */
export function memberAce(type: u32, mask: u32, text: string, authority: u32, sub: u32, flags: u32 = 0): void {
  beginAce(type, mask, text, flags);
  memberCondition(authority, sub);
  endAce();
}

/** A callback ACE whose condition is UNKNOWN: it reads a claim that nobody has. */
export function unknownAce(type: u32, mask: u32, text: string, flags: u32 = 0): void {
  beginAce(type, mask, text, flags);
  bytes.u32At(CONDITION_SIGNATURE);
  bytes.attribute(TOKEN_USER_ATTRIBUTE, "nowhere");
  endAce();
}

/** Member_of SID(S-1-<authority>-<sub>), not padded. */
export function memberCondition(authority: u32, sub: u32): void {
  bytes.u32At(CONDITION_SIGNATURE);
  bytes.sid(authority, sub);
  bytes.op(TOKEN_MEMBER_OF);
}

function openAce(type: u32, mask: u32, flags: u32): void {
  aceAt = here();
  aceCount += 1;
  bytes.u8At(type);
  bytes.u8At(flags);
  bytes.u16At(0);
  bytes.u32At(mask);
}

export function guidAt(number: u32): void {
  bytes.u32At(number);
  bytes.u32At(0);
  bytes.u64At(0);
}

/** A claim of one number: 4 * n bytes. */
export function numberClaim(name: string, value: u64): void {
  const nameAt = CLAIM_VALUES + 4;
  const valueAt = (nameAt + 2 * name.length + 2 + 3) & ~3;
  const claimAt = here();
  bytes.u32At(nameAt);
  bytes.u32At(CLAIM_TYPE_INT64);
  bytes.u32At(0);
  bytes.u32At(1);
  bytes.u32At(valueAt);
  bytes.textAt(name);
  while (here() < claimAt + valueAt) bytes.u8At(0);
  bytes.u64At(value);
}

// ---- ACLs and descriptors ----

export function beginAcl(revision: u32 = ace.ACL_REVISION_DS): void {
  aclAt = here();
  aceCount = 0;
  bytes.u8At(revision);
  bytes.u8At(0);
  bytes.u16At(0);
  bytes.u32At(0);
}

/** Writes size and count of the ACL that is open, if one is. */
export function endAcl(): void {
  if (aclAt == 0) return;
  store<u16>(aclAt + 2, <u16>(here() - aclAt));
  store<u16>(aclAt + 4, <u16>aceCount);
  aclAt = 0;
}

/** Header, owner and group; "": none. A NULL DACL is SE_DACL_PRESENT in `control` without an ACL. */
export function beginDescriptor(owner: string, group: string, control: u32 = 0): void {
  descriptorAt = here();
  aclAt = 0;
  bytes.u8At(1);
  bytes.u8At(0);
  bytes.u16At(SE_SELF_RELATIVE | control);
  for (let i: u32 = 4; i < SD_HEADER_SIZE; i += 4) bytes.u32At(0);
  if (owner != "") {
    pointTo(SD_OWNER);
    sid(owner);
  }
  if (group != "") {
    pointTo(SD_GROUP);
    sid(group);
  }
}

export function beginDacl(): void {
  endAcl();
  markPresent(SE_DACL_PRESENT);
  pointTo(SD_DACL);
  beginAcl();
}

export function beginSacl(): void {
  endAcl();
  markPresent(SE_SACL_PRESENT);
  pointTo(SD_SACL);
  beginAcl();
}

function markPresent(bit: u32): void {
  store<u16>(descriptorAt + 2, <u16>(<u32>load<u16>(descriptorAt + 2) | bit));
}

function pointTo(field: u32): void {
  store<u32>(descriptorAt + field, <u32>(here() - descriptorAt));
}
