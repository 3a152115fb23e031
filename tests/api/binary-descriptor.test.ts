/** Self-relative descriptors and ACLs as bytes. formats.md 3, 4 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { decodeDescriptor } from "../../src/binary/decode.js";
import { encodeDescriptor } from "../../src/binary/encode.js";
import { bytesToHex } from "../../src/binary/text-encoding.js";
import type { DescriptorParts } from "../../src/descriptor-parts.js";
import { FormatError } from "../../src/errors.js";
import {
  ACE_AT,
  ALLOW,
  acl,
  DACL_AT,
  everyone,
  GUID_BYTES,
  hex,
  OWNER_AND_GROUP,
  parts,
  refusal,
  rewritten,
  SYSTEM,
  system,
  WORLD,
  withAce,
  withDacl,
} from "./binary-samples.js";

describe("a descriptor in bytes", () => {
  it("tells an absent, a NULL and an empty DACL apart", () => {
    expect(decodeDescriptor(hex("01 00 0080 00000000 00000000 00000000 ffffffff"))).toMatchObject({
      control: 0x8000,
      dacl: null,
    });
    expect(decodeDescriptor(hex("01 00 0480 00000000 00000000 00000000 00000000"))).toMatchObject({
      control: 0x8004,
      dacl: null,
    });
    expect(decodeDescriptor(withDacl(acl(2, 0)))).toMatchObject({ control: 0x8004, dacl: { aces: [] } });
  });

  it("takes overlaps, holes and trailing bytes, and writes them in the layout of Windows", () => {
    const odd = hex(
      `01 00 0480 20000000 20000000 00000000 2c000000 ffffffffffffffffffffffff ${SYSTEM} ${acl(2, 1, ALLOW)} ff`,
    );
    const plain = hex(`01 00 0480 30000000 3c000000 00000000 14000000 ${acl(2, 1, ALLOW)} ${SYSTEM} ${SYSTEM}`);
    expect(rewritten(odd)).toEqual(plain);
    expect(rewritten(plain)).toEqual(plain);
  });

  it("writes SACL, DACL, owner, group", () => {
    const sacl = acl(4, 1, `02 c0 1400 ff011f00 ${WORLD}`);
    const bytes = hex(`01 00 1480 4c000000 58000000 14000000 30000000 ${sacl} ${acl(2, 1, ALLOW)} ${SYSTEM} ${WORLD}`);
    expect(rewritten(bytes)).toEqual(bytes);
  });

  it("keeps reserved fields and slack, and the resource-manager byte where it is valid", () => {
    const kept = `04 ab 2000 0100 cdef ${ALLOW} 11223344`;
    const valid = hex(`01 7f 04c0 00000000 00000000 00000000 14000000 ${kept}`);
    expect(decodeDescriptor(valid)).toMatchObject({
      sbz1: 0x7f,
      dacl: { sbz1: 0xab, sbz2: 0xefcd, slack: hex("11223344") },
    });
    expect(rewritten(valid)).toEqual(valid);
    const invalid = hex(`01 7f 0480 00000000 00000000 00000000 14000000 ${kept}`);
    expect(bytesToHex(rewritten(invalid)).slice(0, 8)).toBe("01000480");
  });

  it.each([
    ["no bytes", "", 0],
    ["19 bytes", "01000080 00000000 00000000 00000000 000000", 0],
    ["revision 2", "02000080 00000000 00000000 00000000 00000000", 0],
    ["no SELF_RELATIVE", "01000000 00000000 00000000 00000000 00000000", 2],
    ["an owner in the header", OWNER_AND_GROUP.replace("14000000", "10000000"), 4],
    ["an unaligned owner", OWNER_AND_GROUP.replace("14000000", "16000000"), 4],
    ["an owner too near the end", OWNER_AND_GROUP.replace("14000000", "28000000"), 4],
    ["an owner beyond the end", OWNER_AND_GROUP.replace("14000000", "fcffffff"), 4],
    ["a group beyond the end", OWNER_AND_GROUP.replace("20000000", "00000080"), 8],
    ["an owner of revision 0", OWNER_AND_GROUP.replace(SYSTEM, SYSTEM.replace("01 01", "00 01")), 20],
    ["an owner of 16 subauthorities", OWNER_AND_GROUP.replace(SYSTEM, SYSTEM.replace("01 01", "01 10")), 21],
    ["a group that does not fit", OWNER_AND_GROUP.replace(WORLD, WORLD.replace("01 01", "01 02")), 33],
    ["a SACL beyond the end", "01001080 00000000 00000000 14000000 00000000", 12],
    ["a DACL beyond the end", "01000480 00000000 00000000 00000000 14000000", 16],
  ])("is refused for %s", (_, bytes, offset) => {
    expect(refusal(() => decodeDescriptor(hex(bytes)))).toMatchObject({ code: "ERR_DESCRIPTOR", offset });
  });

  it("is refused beyond one mebibyte, before anything is read", () => {
    const bytes = new Uint8Array(0x100001);
    expect(refusal(() => decodeDescriptor(bytes))).toMatchObject({ code: "ERR_LIMIT", offset: 0x100000 });
    bytes.set(hex(OWNER_AND_GROUP));
    expect(decodeDescriptor(bytes.subarray(0, 0x100000)).owner).toEqual(system);
  });
});

describe("an ACL in bytes", () => {
  it.each([
    ["revision 1", acl(1, 0), DACL_AT],
    ["revision 5", acl(5, 0), DACL_AT],
    ["a size below its header", "02 00 0400 0000 0000", DACL_AT + 2],
    ["an odd size", `02 00 1e00 0100 0000 ${ALLOW} 0000`, DACL_AT + 2],
    ["a size beyond the end", "02 00 0c00 0000 0000", DACL_AT + 2],
    ["more ACEs than there are", acl(2, 2, ALLOW), DACL_AT + 4],
    ["65,535 ACEs", acl(2, 0xffff, ALLOW), DACL_AT + 4],
    ["an object ACE in revision 2", acl(2, 1, `05 00 1800 00000000 00000000 ${WORLD}`), ACE_AT],
    ["an object ACE in revision 3", acl(3, 1, `08 00 1800 00000000 00000000 ${WORLD}`), ACE_AT],
  ])("is refused for %s", (_, dacl, offset) => {
    expect(refusal(() => decodeDescriptor(withDacl(dacl)))).toMatchObject({ code: "ERR_DESCRIPTOR", offset });
  });

  it("takes revisions 2 to 4, and callback object ACEs in any", () => {
    for (const revision of [2, 3, 4]) {
      const bytes = withAce(`0b 00 1800 00000000 00000000 ${WORLD}`, revision);
      expect(decodeDescriptor(bytes).dacl).toMatchObject({ revision });
      expect(rewritten(bytes)).toEqual(bytes);
    }
  });

  it("is looked at only when its PRESENT bit is set", () => {
    const bytes = withDacl("09 00 0000 ffff 0000");
    expect(refusal(() => decodeDescriptor(bytes)).offset).toBe(DACL_AT);
    bytes[2] = 0x10;
    expect(decodeDescriptor(bytes)).toMatchObject({ dacl: null, sacl: null });
  });

  it("is refused beyond 65,532 bytes before it is built", () => {
    const ace = Ace.allow(1, everyone);
    const dacl = (count: number): DescriptorParts => parts({ dacl: Acl.of(Array.from({ length: count }, () => ace)) });
    expect(encodeDescriptor(dacl(3276))).toHaveLength(20 + 8 + 3276 * 20);
    expect(refusal(() => encodeDescriptor(dacl(3277)))).toMatchObject({ code: "ERR_LIMIT", offset: 20 });
    const huge = Ace.create({ type: 0, mask: 1, sid: everyone, data: new Uint8Array(65536) });
    expect(refusal(() => encodeDescriptor(parts({ dacl: Acl.of([ace, huge]) })))).toMatchObject({
      code: "ERR_LIMIT",
      offset: 48,
    });
  });
});

describe("any bytes", () => {
  const seeds = [
    hex(OWNER_AND_GROUP),
    withDacl(acl(4, 3, ALLOW, `05 00 2800 30000000 01000000 ${GUID_BYTES} ${WORLD}`, "16 ff 0400")),
    withAce(`04 00 2400 ff011f00 0100 cdab ${WORLD} ${SYSTEM}`),
    withAce(`09 00 2000 01000000 ${WORLD} 61727478 f8 02000000 6100 00`),
    hex(
      `01 7f 14c0 4c000000 58000000 14000000 30000000 ${acl(4, 1, `02 c0 1400 ff011f00 ${WORLD}`)} ${acl(2, 1, ALLOW)} ${SYSTEM} ${WORLD}`,
    ),
  ];
  const interesting = fc.oneof(fc.constantFrom(0, 1, 2, 3, 4, 5, 8, 0x14, 0x7f, 0x80, 0xff), fc.nat(255));
  const mutated = fc
    .tuple(fc.constantFrom(...seeds), fc.array(fc.tuple(fc.nat(), interesting), { maxLength: 4 }), fc.nat(8))
    .map(([seed, changes, cut]) => {
      const bytes = seed.slice(0, seed.length - (cut > 4 ? cut : 0));
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });

  it("are refused with FormatError at an offset inside, or rewritten to a fixpoint that holds the same", () => {
    let accepted = 0;
    fc.assert(
      fc.property(mutated, (bytes) => {
        let first: DescriptorParts;
        try {
          first = decodeDescriptor(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
          expect((error as FormatError).offset).toBeLessThan(bytes.length);
          return;
        }
        accepted++;
        const written = encodeDescriptor(first);
        const second = decodeDescriptor(written);
        const hasResourceManager = (first.control & 0x4000) !== 0;
        expect(second).toEqual({ ...first, sbz1: hasResourceManager ? first.sbz1 : 0 });
        expect(encodeDescriptor(second)).toEqual(written);
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  it("are read in linear time: the largest ACLs in a mebibyte", () => {
    const bytes = new Uint8Array(0x100000);
    const full = acl(4, 16381, "16 00 0400".repeat(16381));
    bytes.set(hex(`01 00 1480 00000000 00000000 14000000 14000000 ${full}`));
    const start = performance.now();
    expect(decodeDescriptor(bytes).sacl?.aces).toHaveLength(16381);
    expect(performance.now() - start).toBeLessThan(500);
  });
});
