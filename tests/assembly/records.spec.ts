/** The layouts of records: what handles, tables and the boundary rely on. */
import { AccessRequest, AccessResult, ObjectNode, TraceEvent } from "../../assembly/memory/boundary";
import * as records from "../../assembly/memory/records";
import * as abi from "../../assembly/shared/abi";
import { FAILED_ACCESS_ACE_FLAG, SUCCESSFUL_ACCESS_ACE_FLAG } from "../../assembly/shared/ace";

describe("what crosses the boundary", () => {
  test("has the sizes the host counts with", () => {
    expect(offsetof<AccessRequest>()).toBe(60);
    expect(offsetof<AccessResult>()).toBe(48);
    expect(offsetof<ObjectNode>()).toBe(32);
    expect(offsetof<TraceEvent>()).toBe(24);
  });

  test("lies where the ABI says", () => {
    expect(offsetof<AccessRequest>("descriptor")).toBe(abi.REQUEST_DESCRIPTOR);
    expect(offsetof<AccessRequest>("write")).toBe(abi.REQUEST_MAP_WRITE);
    expect(offsetof<AccessRequest>("execute")).toBe(abi.REQUEST_MAP_EXECUTE);
    expect(offsetof<AccessRequest>("flags")).toBe(abi.REQUEST_FLAGS);
    expect(offsetof<AccessRequest>("objectTypeCount")).toBe(abi.REQUEST_OBJECT_TYPE_COUNT);
    expect(offsetof<AccessRequest>("policies")).toBe(abi.REQUEST_POLICIES);
    expect(offsetof<AccessResult>("status")).toBe(abi.RESULT_STATUS);
    expect(offsetof<ObjectNode>("level")).toBe(abi.OBJECT_NODE_LEVEL);
    expect(offsetof<ObjectNode>("guid0")).toBe(abi.OBJECT_NODE_GUID);
    expect(offsetof<TraceEvent>("kind")).toBe(abi.EVENT_KIND);
  });

  test("has 16 bytes for a GUID, and 4 one-byte fields before an event's ACE", () => {
    expect(offsetof<ObjectNode>("status") - offsetof<ObjectNode>("guid0")).toBe(16);
    expect(offsetof<TraceEvent>("ace")).toBe(4);
  });
});

describe("a record that a handle names", () => {
  test("begins with its kind and its generation", () => {
    expect(offsetof<records.DescriptorRecord>("kind")).toBe(0);
    expect(offsetof<records.DescriptorRecord>("generation")).toBe(4);
    expect(offsetof<records.TokenRecord>("kind")).toBe(0);
    expect(offsetof<records.TokenRecord>("generation")).toBe(4);
    expect(offsetof<records.PoliciesRecord>("kind")).toBe(0);
    expect(offsetof<records.PoliciesRecord>("generation")).toBe(4);
  });

  test("has a kind that no other has, nor zeroed memory", () => {
    expect(records.KIND_DESCRIPTOR).not.toBe(records.KIND_TOKEN);
    expect(records.KIND_TOKEN).not.toBe(records.KIND_POLICIES);
    expect(records.KIND_POLICIES).not.toBe(records.KIND_DESCRIPTOR);
    expect(records.KIND_DESCRIPTOR & records.KIND_TOKEN & records.KIND_POLICIES).not.toBe(0);
  });
});

describe("an ACL entry", () => {
  test("is 8 bytes: mask, SID, need, flags", () => {
    expect(records.ENTRY_SID - records.ENTRY_MASK).toBe(4);
    expect(records.ENTRY_NEED - records.ENTRY_SID).toBe(2);
    expect(records.ENTRY_FLAGS - records.ENTRY_NEED).toBe(1);
    expect(records.ENTRY_SIZE - records.ENTRY_FLAGS).toBe(1);
  });

  test("is stopped at by what a lane can match, each for its kind", () => {
    expect(records.NEED_ALLOW).toBe(records.HOLD_ALLOW | records.HOLD_RESTRICT_ALLOW | records.HOLD_PACKAGE);
    expect(records.NEED_DENY).toBe(records.HOLD_DENY | records.HOLD_RESTRICT_DENY);
    expect(records.NEED_ALLOW & records.NEED_DENY).toBe(0);
  });

  test("keeps the audit flags as they stand in the ACE", () => {
    expect(records.ENTRY_AUDIT_SUCCESS).toBe(SUCCESSFUL_ACCESS_ACE_FLAG);
    expect(records.ENTRY_AUDIT_FAILURE).toBe(FAILED_ACCESS_ACE_FLAG);
    expect((records.ENTRY_AUDIT_SUCCESS | records.ENTRY_AUDIT_FAILURE) & (records.ENTRY_DENY | records.ENTRY_EXTRA)).toBe(0);
  });
});

test("what a token holds of a SID is seven bits of one byte", () => {
  const bits: u32[] = [
    records.HOLD_ALLOW,
    records.HOLD_DENY,
    records.HOLD_RESTRICT_ALLOW,
    records.HOLD_RESTRICT_DENY,
    records.HOLD_PACKAGE,
    records.HOLD_DEVICE_ALLOW,
    records.HOLD_DEVICE_DENY,
  ];
  let all: u32 = 0;
  for (let i = 0; i < bits.length; i++) {
    expect(popcnt(bits[i])).toBe(1);
    expect(all & bits[i]).toBe(0);
    all |= bits[i];
  }
  expect(all).toBe(0x7f);
});
