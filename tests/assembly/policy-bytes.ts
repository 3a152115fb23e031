/**
 * Writes policy images, for the specs: rule after rule, each a condition, a DACL and perhaps a staged one.
 * assembly/shared/policy-image.ts
 *
 *   beginPolicies(); policy("S-1-17-1"); always(); beginRule(); allow(…); endRule(); unstaged(); endPolicies();
 *
 * Does not load.
 */
import { POLICY_IMAGE_MAGIC } from "../../assembly/shared/policy-image";
import { beginDacl, beginDescriptor, endAcl, here, memberCondition, sid } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

let ruleCountAt: usize = 0;
let blobAt: usize = 0;

export function beginPolicies(): void {
  bytes.begin();
  bytes.u32At(POLICY_IMAGE_MAGIC);
  bytes.u32At(0);
  bytes.u32At(0);
}

/** Begins a policy; its rules follow. */
export function policy(text: string): void {
  const count = bytes.start() + 8;
  store<u32>(count, load<u32>(count) + 1);
  sid(text);
  ruleCountAt = here();
  bytes.u32At(0);
}

/** A rule that applies always. */
export function always(): void {
  store<u32>(ruleCountAt, load<u32>(ruleCountAt) + 1);
  bytes.u32At(0);
}

/** A rule that applies to those who hold S-1-<authority>-<sub>. */
export function toMembersOf(authority: u32, sub: u32): void {
  store<u32>(ruleCountAt, load<u32>(ruleCountAt) + 1);
  beginBlob();
  memberCondition(authority, sub);
  endBlob();
}

/** A rule whose condition is these four bytes. */
export function onBytes(word: u32): void {
  store<u32>(ruleCountAt, load<u32>(ruleCountAt) + 1);
  beginBlob();
  bytes.u32At(word);
  endBlob();
}

/** The DACL of the rule just begun, or its staged one: ACEs follow. */
export function beginRule(): void {
  beginBlob();
  beginDescriptor("", "");
  beginDacl();
}

export function endRule(): void {
  endAcl();
  endBlob();
}

/** The rule has no staged DACL. */
export function unstaged(): void {
  bytes.u32At(0);
}

/** Closes the image; its length. */
export function endPolicies(): u32 {
  store<u32>(bytes.start() + 4, bytes.length());
  return bytes.length();
}

function beginBlob(): void {
  blobAt = here();
  bytes.u32At(0);
}

function endBlob(): void {
  store<u32>(blobAt, <u32>(here() - blobAt - 4));
  while (((here() - blobAt) & 3) != 0) bytes.u8At(0);
}
