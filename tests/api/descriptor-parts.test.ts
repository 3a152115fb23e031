/** The four states of an ACL. formats.md 3 */
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { type DescriptorParts, daclState, saclState } from "../../src/descriptor-parts.js";
import { Sid } from "../../src/sid.js";

const empty = Acl.of([]);
const full = empty.with(Ace.allow(1, Sid.parse("S-1-1-0")));
const parts = (control: number, acl: Acl | null): DescriptorParts => ({
  owner: null,
  group: null,
  control: 0x8000 | control,
  sbz1: 0,
  dacl: acl,
  sacl: acl,
});

describe("a DACL and a SACL", () => {
  it.each([
    [0x0004, null, "null", "absent"],
    [0x0010, null, "absent", "null"],
    [0x0014, empty, "empty", "empty"],
    [0x0014, full, "present", "present"],
    [0, null, "absent", "absent"],
  ])("with control 0x%x", (control, acl, dacl, sacl) => {
    expect([daclState(parts(control, acl)), saclState(parts(control, acl))]).toEqual([dacl, sacl]);
  });
});
