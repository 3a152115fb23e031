/** ACEs, SIDs and GUIDs as bytes. formats.md 1, 5 */

import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { decodeDescriptor } from "../../src/binary/decode.js";
import { encodeDescriptor } from "../../src/binary/encode.js";
import { encodeGuid, readGuid } from "../../src/binary/guid.js";
import { decodeSid, encodeSid } from "../../src/binary/sid.js";
import { bytesToHex } from "../../src/binary/text-encoding.js";
import { Condition } from "../../src/condition.js";
import { Sid } from "../../src/sid.js";
import {
  ACE_AT,
  acl,
  everyone,
  firstAce,
  GUID,
  GUID_BYTES,
  hex,
  parts,
  refusal,
  rewritten,
  SYSTEM,
  system,
  WORLD,
  withAce,
  withDacl,
} from "./binary-samples.js";

describe("SIDs and GUIDs", () => {
  it("keep all bytes of a SID, its authority big-endian", () => {
    const bytes = hex("01 02 fffffffffffe 20000000 ffffffff");
    expect(decodeSid(bytes)).toEqual(Sid.of(0xfffffffffffe, [32, 0xffffffff]));
    expect(encodeSid(decodeSid(bytes))).toEqual(bytes);
    expect(decodeSid(hex("01 00 000000000005")).toString()).toBe("S-1-5");
  });

  it("refuse a SID with bytes to spare, or missing", () => {
    expect(refusal(() => decodeSid(hex(`${WORLD} 00`)))).toMatchObject({ code: "ERR_DESCRIPTOR", offset: 12 });
    expect(refusal(() => decodeSid(hex("01 01 000000000001 000000")))).toMatchObject({
      code: "ERR_DESCRIPTOR",
      offset: 1,
    });
  });

  it("swap the first three fields of a GUID", () => {
    expect(bytesToHex(encodeGuid(GUID))).toBe(GUID_BYTES.replaceAll(" ", ""));
    expect(readGuid(hex(`00 ${GUID_BYTES}`), 1)).toBe(GUID);
  });
});

describe("an ACE in bytes", () => {
  it.each([
    ["a size of 0", `00 00 0000 ff011f00 ${WORLD}`, ACE_AT + 2],
    ["a size below 16", "00 00 0c00 ff011f00 01010000", ACE_AT + 2],
    ["a size that is no multiple of 4", `00 00 1600 ff011f00 ${WORLD} 0000 0000`, ACE_AT + 2],
    ["a size beyond the ACL", `00 00 1800 ff011f00 ${WORLD}`, ACE_AT + 2],
    ["an unknown type below 4 bytes", "16 00 0000", ACE_AT + 2],
    ["a SID that does not fit", `00 00 1400 ff011f00 ${WORLD.replace("01 01", "01 02")}`, ACE_AT + 9],
    ["object flags of 4", `05 00 1800 ff011f00 04000000 ${WORLD}`, ACE_AT + 8],
    ["object flags with a high bit", `0f 00 1800 ff011f00 00000080 ${WORLD}`, ACE_AT + 8],
    ["a GUID that is not there", "05 00 1800 ff011f00 01000000 0000000000000000 00000000", ACE_AT + 8],
    ["two GUIDs of which one is there", `05 00 2800 ff011f00 03000000 ${GUID_BYTES} ${WORLD}`, ACE_AT + 8],
    ["a compound ACE with one SID", `04 00 1800 ff011f00 0100 0000 ${WORLD}`, ACE_AT + 2],
  ])("is refused for %s", (_, ace, offset) => {
    expect(refusal(() => decodeDescriptor(withAce(ace)))).toMatchObject({ code: "ERR_DESCRIPTOR", offset });
  });

  it("of an object type carries the GUIDs that its flags announce", () => {
    const second = GUID_BYTES.replace("ba7a", "bb7a");
    const bytes = withAce(`06 12 3800 30000000 03000000 ${GUID_BYTES} ${second} ${WORLD}`);
    expect(firstAce(bytes)).toMatchObject({
      type: 6,
      flags: 0x12,
      mask: 0x30,
      objectFlags: 3,
      objectType: GUID,
      inheritedObjectType: GUID.replace("aba", "abb"),
      data: null,
    });
    expect(firstAce(withAce(`05 00 2800 30000000 02000000 ${GUID_BYTES} ${WORLD}`))).toMatchObject({
      objectType: null,
      inheritedObjectType: GUID,
    });
    expect(rewritten(bytes)).toEqual(bytes);
  });

  it("of the compound type carries both SIDs and its reserved field", () => {
    const bytes = withAce(`04 00 2400 ff011f00 0100 cdab ${WORLD} ${SYSTEM}`);
    expect(firstAce(bytes)).toMatchObject({
      sid: system,
      compound: { type: 1, reserved: 0xabcd, serverSid: everyone },
    });
    expect(rewritten(bytes)).toEqual(bytes);
  });

  it("of an unknown type is kept whole, from 4 bytes on", () => {
    const bytes = withDacl(acl(2, 2, "16 ff 0400", "ff 01 0c00 0102030405060708"));
    expect((decodeDescriptor(bytes).dacl as Acl).aces).toMatchObject([
      { type: 0x16, flags: 0xff, mask: 0, sid: null, data: null },
      { type: 0xff, flags: 1, data: hex("0102030405060708") },
    ]);
    expect(rewritten(bytes)).toEqual(bytes);
  });

  it("keeps its application data, surplus and padding included, whatever it says", () => {
    for (const type of ["00", "09", "0a", "0d", "0e", "11", "12", "13", "14", "15"]) {
      const bytes = withAce(`${type} 00 1c00 ff011f00 ${WORLD} 6172740000000000`);
      expect(firstAce(bytes).data).toEqual(hex("6172740000000000"));
      expect(rewritten(bytes)).toEqual(bytes);
    }
  });

  it("writes conditions and claims, padded to a multiple of four", () => {
    const condition = Condition.of([{ kind: "attribute", scope: "local", name: "a" }]);
    const callback = Ace.create({ type: 9, mask: 1, sid: everyone, data: condition });
    const attribute = Ace.create({
      type: 0x12,
      sid: everyone,
      data: { name: "n", type: "octets", flags: 0, values: [hex("07")] },
    });
    const bytes = encodeDescriptor(parts({ dacl: Acl.of([callback]), sacl: Acl.of([attribute]) }));
    const sacl = acl(
      2,
      1,
      `12 00 3400 00000000 ${WORLD} 14000000 1000 0000 00000000 01000000 18000000 6e000000 01000000 07 000000`,
    );
    const dacl = acl(2, 1, `09 00 2000 01000000 ${WORLD} 61727478 f8 02000000 6100 00`);
    expect(bytesToHex(bytes)).toBe(`01001480000000000000000014000000 50000000 ${sacl} ${dacl}`.replaceAll(" ", ""));
  });
});
