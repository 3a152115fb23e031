/** The token image, byte by byte, and the way back of what filtering answers. assembly/shared/token-image.ts */

import { describe, expect, it } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { encodeClaim } from "../../src/binary/claim-encode.js";
import { encodePolicyImage } from "../../src/binary/policy-image.js";
import { encodeSid } from "../../src/binary/sid.js";
import { decodeFilteredImage, encodeTokenImage } from "../../src/binary/token-image.js";
import { EngineError } from "../../src/errors.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";

const token = AccessToken.create({
  user: "S-1-5-21-1-2-3-1001",
  groups: [{ sid: "BA", attributes: 16 }, "WD"],
  restrictedSids: ["RC"],
  writeRestricted: true,
  privileges: [{ luid: "1-23", attributes: 2 }],
  integrity: 8208,
  owner: "BA",
  type: "impersonation",
  impersonationLevel: "Identification",
  appContainer: { sid: "S-1-15-2-1", capabilities: ["S-1-15-3-1"], lowPrivilege: true },
  trustLevel: "S-1-19-512-4096",
  userClaims: [{ name: "a", type: "string", values: ["x"] }],
  localClaims: [{ name: "b", type: "boolean", values: [true] }],
  deviceGroups: ["S-1-5-32-545"],
});

function u32s(...values: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(values).buffer);
}

function entry(attributes: number, sid: string): Uint8Array {
  return Uint8Array.from([...u32s(attributes), ...encodeSid(Sid.parse(sid))]);
}

function padded(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...u32s(bytes.length), ...bytes, ...new Uint8Array((4 - (bytes.length % 4)) % 4)]);
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

describe("encodeTokenImage", () => {
  it("lays everything out in the order of the drawing", () => {
    const body = join(
      entry(0, "S-1-5-21-1-2-3-1001"),
      entry(0, "S-1-5-32-544"),
      entry(16, "S-1-5-32-544"),
      entry(7, "S-1-1-0"),
      entry(7, "S-1-5-12"),
      u32s(0x23, 1, 2),
      entry(4, "S-1-15-2-1"),
      entry(4, "S-1-15-3-1"),
      entry(7, "S-1-5-32-545"),
      padded(encodeClaim(token.userClaims[0])),
      padded(encodeClaim(token.localClaims[0])),
    );
    const header = u32s(0x49545053, 68 + body.length, 0x77, 2, 1, 8208, 1, 512, 4096, 2, 1, 1, 1, 1, 1, 0, 1);
    expect(encodeTokenImage(token)).toEqual(join(header, body));
  });

  it("tells an empty list from none", () => {
    const bare = AccessToken.create({ user: "SY" });
    expect(encodeTokenImage(bare)).toEqual(
      join(u32s(0x49545053, 84, 0, 1, 2, 8192, 1, ...new Array(10).fill(0)), entry(0, "S-1-5-18")),
    );
    expect(encodeTokenImage(bare.with({ restrictedSids: [], sandboxInert: true }))[8]).toBe(0x02 | 0x08);
  });
});

describe("decodeFilteredImage", () => {
  const plain = token.with({
    appContainer: undefined,
    trustLevel: undefined,
    userClaims: undefined,
    localClaims: undefined,
    deviceGroups: undefined,
  });

  it("reads back what the encoder wrote", () => {
    const parts = decodeFilteredImage(encodeTokenImage(plain));
    const again = plain.filtered(parts);
    expect(again.toJSON()).toEqual(plain.toJSON());
    expect(parts.privileges).toEqual([{ luid: 0x1_0000_0023n, attributes: 2 }]);
    expect(parts.writeRestricted).toBe(true);
  });

  it("tells an empty list from none", () => {
    const listOf = (restrictedSids: string[] | null): unknown =>
      decodeFilteredImage(encodeTokenImage(AccessToken.create({ user: "SY", restrictedSids }))).restrictedSids;
    expect([listOf([]), listOf(null)]).toEqual([[], null]);
  });

  it("refuses an image cut anywhere, whatever size it states", () => {
    const image = encodeTokenImage(plain);
    for (let length = 0; length < image.length; length++) {
      const cut = image.slice(0, length);
      expect(() => decodeFilteredImage(cut)).toThrow(EngineError);
      if (length < 68) continue;
      cut.set(u32s(length), 4);
      expect(() => decodeFilteredImage(cut)).toThrow();
    }
  });
});

describe("encodePolicyImage", () => {
  it("lays policies out in the order of the drawing", () => {
    const sid = Sid.parse("S-1-17-1");
    const dacl = SecurityDescriptor.parse("D:(A;;GA;;;BA)");
    const image = encodePolicyImage([
      { sid, rules: [{ appliesTo: null, dacl, stagedDacl: null }] },
      { sid, rules: [] },
    ]);
    const body = join(encodeSid(sid), u32s(1, 0), padded(dacl.toBytes()), u32s(0), encodeSid(sid), u32s(0));
    expect(image).toEqual(join(u32s(0x49505053, 12 + body.length, 2), body));
  });

  it("refuses more than it may hold", () => {
    const policy = { sid: Sid.parse("S-1-17-1"), rules: [] };
    expect(() => encodePolicyImage(new Array(257).fill(policy))).toThrow(
      expect.objectContaining({ code: "ERR_LIMIT" }),
    );
    expect(encodePolicyImage(new Array(256).fill(policy)).length).toBeGreaterThan(256);
  });
});
