/**
 * Values, texts and ACLs of one hash that are not the same. The seed is that of these specs; nobody else knows theirs.
 */
import { loadDacl } from "../../assembly/load/acl";
import { holdBytes, internBytes, internNumber } from "../../assembly/load/values";
import { VALUE_NUMBER } from "../../assembly/memory/expressions";
import { hashBytes, hashWords } from "../../assembly/memory/hash";
import { beginRead } from "../../assembly/memory/reader";
import { AclRecord, ENTRY_SIZE } from "../../assembly/memory/records";
import { freshAccess } from "./access-scene";
import { allow, beginAcl, endAcl, here } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";

const SYSTEM: string = "S-1-5-18";

beforeEach(() => {
  freshAccess();
});

test("numbers", () => {
  expect(hashWords(12998, VALUE_NUMBER)).toBe(hashWords(79833, VALUE_NUMBER));
  expect(internNumber(12998)).not.toBe(internNumber(79833));
});

test("texts", () => {
  bytes.begin();
  bytes.textAt("BWDBXITC");
  const both = holdBytes(bytes.start(), bytes.length());
  expect(hashBytes(both, 8)).toBe(hashBytes(both + 8, 8));
  expect(internBytes(both, 8)).not.toBe(internBytes(both + 8, 8));
});

/** The record of an ACL that allows this mask to SYSTEM. */
function compiled(mask: u32): AclRecord {
  bytes.begin();
  beginAcl(2);
  allow(mask, SYSTEM);
  endAcl();
  beginRead(bytes.start());
  const record = loadDacl(bytes.start(), here());
  assert(record != 0, "a sound ACL");
  return changetype<AclRecord>(record);
}

test("ACLs", () => {
  const first = compiled(1483);
  const second = compiled(45835);
  expect(hashBytes(first.entries, ENTRY_SIZE)).toBe(hashBytes(second.entries, ENTRY_SIZE));
  expect(load<u32>(first.entries)).toBe(1483);
  expect(load<u32>(second.entries)).toBe(45835);
  expect(changetype<usize>(compiled(1483))).toBe(changetype<usize>(first), "equal ones are one");
});
