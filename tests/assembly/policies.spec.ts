/** Policy images: sound or refused, and the rules in them. access-check.md 9 */
import { loadPolicies, policyStorage } from "../../assembly/load/policies";
import { arenaUsed } from "../../assembly/memory/arena";
import { failed, failedOffset } from "../../assembly/memory/reader";
import { KIND_POLICIES, PoliciesRecord, PolicyRecord, RuleRecord } from "../../assembly/memory/records";
import { POLICIES_MAX } from "../../assembly/shared/policy-image";
import { freshAccess, sidNumber } from "./access-scene";
import { EVERYONE, allow } from "./descriptor-bytes";
import * as bytes from "./expression-bytes";
import * as policies from "./policy-bytes";

/** The record of the bytes just written, or of their first `length`; 0 when they are refused. */
function read(length: u32 = bytes.length()): usize {
  const record = loadPolicies(bytes.start(), length, 77);
  expect(failed()).toBe(record == 0, "a record or a fault");
  return record;
}

function rule(record: usize, policy: u32, index: u32): RuleRecord {
  const all = changetype<PoliciesRecord>(record);
  assert(policy < all.count);
  const one = changetype<PolicyRecord>(all.policies + policy * offsetof<PolicyRecord>());
  assert(index < one.ruleCount);
  return changetype<RuleRecord>(one.rules + index * offsetof<RuleRecord>());
}

/** A rule that allows `mask`, and stages `staged` unless 0. */
function ruleOf(mask: u32, staged: u32): void {
  policies.beginRule();
  allow(mask, EVERYONE);
  policies.endRule();
  if (staged == 0) {
    policies.unstaged();
    return;
  }
  policies.beginRule();
  allow(staged, EVERYONE);
  policies.endRule();
}

/** Two policies: one of two rules, one of none. */
function ordinary(): u32 {
  policies.beginPolicies();
  policies.policy("S-1-17-1");
  policies.always();
  ruleOf(0x1, 0);
  policies.toMembersOf(1, 0);
  ruleOf(0x2, 0x4);
  policies.policy("S-1-17-2");
  return policies.endPolicies();
}

beforeEach(() => {
  freshAccess();
  ordinary();
});

describe("a policy image", () => {
  test("is compiled with its kind, its generation and its policies", () => {
    const record = changetype<PoliciesRecord>(read());
    expect(record.kind).toBe(KIND_POLICIES);
    expect(record.generation).toBe(77);
    expect(record.count).toBe(2);
    const first = changetype<PolicyRecord>(record.policies);
    const second = changetype<PolicyRecord>(record.policies + offsetof<PolicyRecord>());
    expect(first.ruleCount).toBe(2);
    expect(second.ruleCount).toBe(0);
    expect(first.sid).toBe(sidNumber("S-1-17-1"));
    expect(second.sid).toBe(sidNumber("S-1-17-2"));
  });

  test("may hold no policy", () => {
    policies.beginPolicies();
    policies.endPolicies();
    expect(changetype<PoliciesRecord>(read()).count).toBe(0);
  });

  test("is refused with another signature or size", () => {
    store<u8>(bytes.start(), 0);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(0);
    ordinary();
    store<u32>(bytes.start() + 4, bytes.length() - 4);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(4);
  });

  test("is refused with more policies or rules than the limit", () => {
    store<u32>(bytes.start() + 8, POLICIES_MAX + 1);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(8);
    ordinary();
    store<u32>(bytes.start() + 24, 257);
    expect(read()).toBe(0);
    expect(failedOffset()).toBe(24);
  });

  test("is refused when bytes are left over, and when it is cut short anywhere", () => {
    const length = bytes.length();
    for (let shorter: u32 = 0; shorter < length; shorter++) {
      store<u32>(bytes.start() + 4, shorter);
      expect(read(shorter)).toBe(0, shorter.toString());
    }
    ordinary();
    bytes.u32At(0);
    policies.endPolicies();
    expect(read()).toBe(0);
  });
});

describe("a rule", () => {
  test("without a condition is unconditional, and has its DACL", () => {
    const first = rule(read(), 0, 0);
    expect(first.conditional).toBe(0);
    expect(first.dacl!.count).toBe(1);
    expect(load<u32>(first.dacl!.entries)).toBe(0x1);
    expect(first.staged).toBe(0);
    expect(first.stagedDacl).toBeNull();
  });

  test("has its condition and its staged DACL", () => {
    const second = rule(read(), 0, 1);
    expect(second.conditional).toBe(1);
    expect(second.condition).not.toBe(0);
    expect(load<u32>(second.dacl!.entries)).toBe(0x2);
    expect(second.staged).toBe(1);
    expect(load<u32>(second.stagedDacl!.entries)).toBe(0x4);
  });

  test("whose condition is no expression is conditional all the same", () => {
    policies.beginPolicies();
    policies.policy("S-1-17-1");
    policies.onBytes(0x64616564);
    ruleOf(0x1, 0);
    policies.endPolicies();
    const only = rule(read(), 0, 0);
    expect(only.conditional).toBe(1);
    expect(only.condition).toBe(0);
  });

  test("without a DACL, or with one that is not sound, is refused", () => {
    policies.beginPolicies();
    policies.policy("S-1-17-1");
    policies.always();
    policies.unstaged();
    policies.unstaged();
    policies.endPolicies();
    expect(loadPolicies(bytes.start(), bytes.length(), 77)).toBe(0);
    policies.beginPolicies();
    policies.policy("S-1-17-1");
    policies.always();
    ruleOf(0x1, 0x1);
    policies.endPolicies();
    const staged = bytes.start() + bytes.length() - 20;
    expect(read()).not.toBe(0);
    store<u16>(staged + 2, 0xffff);
    expect(read()).toBe(0);
  });
});

test("policyStorage covers an image of the shortest rules", () => {
  policies.beginPolicies();
  for (let p = 0; p < 200; p++) {
    policies.policy("S-1-" + (100 + p).toString());
    for (let r = 0; r < 10; r++) {
      policies.always();
      policies.beginRule();
      policies.endRule();
      policies.unstaged();
    }
  }
  policies.endPolicies();
  const before = arenaUsed();
  expect(read()).not.toBe(0);
  expect(arenaUsed() - before).toBeLessThanOrEqual(policyStorage(bytes.length()));
});
