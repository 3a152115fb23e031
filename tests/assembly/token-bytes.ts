/**
 * Collects a token and writes it as a token image, for the specs. assembly/shared/token-image.ts
 *
 * Does not load and does not judge.
 */
import * as image from "../../assembly/shared/token-image";
import {
  SECURITY_IMPERSONATION,
  SECURITY_MANDATORY_MEDIUM_RID,
  SE_GROUP_DEFAULT_ATTRIBUTES,
  SE_PRIVILEGE_ENABLED,
  TOKEN_IMPERSONATION,
  TOKEN_MANDATORY_POLICY_NO_WRITE_UP,
} from "../../assembly/shared/token";
import { here, numberClaim, sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

class Entry {
  constructor(
    readonly sid: string,
    readonly attributes: u32,
  ) {}
}

class Privilege {
  constructor(
    readonly low: u32,
    readonly attributes: u32,
    readonly high: u32,
  ) {}
}

/** What the next image says. */
let integrity: u32 = SECURITY_MANDATORY_MEDIUM_RID;
let flags: u32 = 0;
let type: u32 = TOKEN_IMPERSONATION;
let level: u32 = SECURITY_IMPERSONATION;
let policy: u32 = TOKEN_MANDATORY_POLICY_NO_WRITE_UP;
let trustType: u32 = 0;
let trustLevel: u32 = 0;
let user: Entry = new Entry("S-1-0-0", 0);
let owner: string = "";
let packageSid: string = "";
let groups: Entry[] = [];
let restricted: string[] = [];
let privileges: Privilege[] = [];
let capabilities: Entry[] = [];
let devices: Entry[] = [];
let userClaims: string[] = [];

/** An impersonation token of Medium integrity with a user and nothing else. */
export function beginToken(sidText: string, attributes: u32 = 0): void {
  integrity = SECURITY_MANDATORY_MEDIUM_RID;
  flags = 0;
  type = TOKEN_IMPERSONATION;
  level = SECURITY_IMPERSONATION;
  policy = TOKEN_MANDATORY_POLICY_NO_WRITE_UP;
  trustType = 0;
  trustLevel = 0;
  user = new Entry(sidText, attributes);
  owner = "";
  packageSid = "";
  groups = [];
  restricted = [];
  privileges = [];
  capabilities = [];
  devices = [];
  userClaims = [];
}

export function group(sidText: string, attributes: u32 = SE_GROUP_DEFAULT_ATTRIBUTES): void {
  groups.push(new Entry(sidText, attributes));
}

/** Gives the token a restricting list that holds this SID. */
export function restrict(sidText: string): void {
  flags |= image.IMAGE_RESTRICTED;
  restricted.push(sidText);
}

export function restrictToNothing(): void {
  flags |= image.IMAGE_RESTRICTED;
}

export function writeRestrict(sidText: string): void {
  flags |= image.IMAGE_WRITE_RESTRICTED;
  restrict(sidText);
}

export function privilege(luid: u32, attributes: u32 = SE_PRIVILEGE_ENABLED, high: u32 = 0): void {
  privileges.push(new Privilege(luid, attributes, high));
}

export function inPackage(sidText: string, lowPrivilege: bool = false): void {
  flags |= image.IMAGE_APP_CONTAINER | (lowPrivilege ? image.IMAGE_LOW_PRIVILEGE : 0);
  packageSid = sidText;
}

export function capability(sidText: string, attributes: u32 = SE_GROUP_DEFAULT_ATTRIBUTES): void {
  capabilities.push(new Entry(sidText, attributes));
}

export function device(sidText: string, attributes: u32 = SE_GROUP_DEFAULT_ATTRIBUTES): void {
  devices.push(new Entry(sidText, attributes));
}

export function ownedBy(sidText: string): void {
  flags |= image.IMAGE_HAS_OWNER;
  owner = sidText;
}

/** A user claim of the number 1. */
export function userClaim(name: string): void {
  userClaims.push(name);
}

export function setIntegrity(rid: u32, mandatoryPolicy: u32 = TOKEN_MANDATORY_POLICY_NO_WRITE_UP): void {
  integrity = rid;
  policy = mandatoryPolicy;
}

export function setTrust(theType: u32, theLevel: u32): void {
  flags |= image.IMAGE_HAS_TRUST_LEVEL;
  trustType = theType;
  trustLevel = theLevel;
}

export function setType(theType: u32, theLevel: u32): void {
  type = theType;
  level = theLevel;
}

export function setFlag(flag: u32): void {
  flags |= flag;
}

/** Writes the image to the beginning of the input area; its length. */
export function tokenImage(): u32 {
  bytes.begin();
  for (let i: u32 = 0; i < image.IMAGE_HEADER_SIZE; i += 4) bytes.u32At(0);
  put(image.IMAGE_SIGNATURE, image.IMAGE_MAGIC);
  put(image.IMAGE_FLAGS, flags);
  put(image.IMAGE_TOKEN_TYPE, type);
  put(image.IMAGE_IMPERSONATION_LEVEL, level);
  put(image.IMAGE_INTEGRITY, integrity);
  put(image.IMAGE_MANDATORY_POLICY, policy);
  put(image.IMAGE_TRUST_TYPE, trustType);
  put(image.IMAGE_TRUST_LEVEL, trustLevel);
  entry(user);
  if ((flags & image.IMAGE_HAS_OWNER) != 0) entry(new Entry(owner, 0));
  entries(groups, image.IMAGE_GROUP_COUNT);
  put(image.IMAGE_RESTRICTED_COUNT, restricted.length);
  for (let i = 0; i < restricted.length; i++) entry(new Entry(restricted[i], 0));
  put(image.IMAGE_PRIVILEGE_COUNT, privileges.length);
  for (let i = 0; i < privileges.length; i++) {
    bytes.u32At(privileges[i].low);
    bytes.u32At(privileges[i].high);
    bytes.u32At(privileges[i].attributes);
  }
  if ((flags & image.IMAGE_APP_CONTAINER) != 0) entry(new Entry(packageSid, 0));
  entries(capabilities, image.IMAGE_CAPABILITY_COUNT);
  entries(devices, image.IMAGE_DEVICE_GROUP_COUNT);
  put(image.IMAGE_USER_CLAIM_COUNT, userClaims.length);
  for (let i = 0; i < userClaims.length; i++) {
    const sizeAt = here();
    bytes.u32At(0);
    numberClaim(userClaims[i], 1);
    store<u32>(sizeAt, <u32>(here() - sizeAt - 4));
  }
  put(image.IMAGE_SIZE, bytes.length());
  return bytes.length();
}

/** Overwrites a field of the image written last. */
export function put(field: u32, value: u32): void {
  store<u32>(bytes.start() + field, value);
}

function entries(list: Entry[], countField: u32): void {
  put(countField, list.length);
  for (let i = 0; i < list.length; i++) entry(list[i]);
}

function entry(one: Entry): void {
  bytes.u32At(one.attributes);
  sid(one.sid);
}
