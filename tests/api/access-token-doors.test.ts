/** The token's doors from outside: a caller's object is read once and never trusted; what answers print. tokens.md 1.1 */

import { describe, expect, it } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { ArgumentError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";
import type { TokenInput } from "../../src/token-fields.js";

const USER = "S-1-5-21-1-2-3-1001";
const DOMAIN = Sid.parse("S-1-5-21-7-8-9");

/** A token with anything in it, as a caller without types would pass it. */
function create(members: Record<string, unknown>): AccessToken {
  return AccessToken.create({ user: USER, ...members } as unknown as TokenInput);
}

function refusal(make: () => unknown): { code: string } {
  try {
    make();
  } catch (error) {
    if (error instanceof ArgumentError) return { code: error.code };
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a caller's object", () => {
  it("is read once, every property", () => {
    const reads = new Map<string, number>();
    const counting = <T extends object>(target: T, name: string): T =>
      new Proxy(target, {
        get(object, key, receiver) {
          const label = `${name}.${String(key)}`;
          if (Object.hasOwn(object, key) && key !== "length") reads.set(label, (reads.get(label) ?? 0) + 1);
          return Reflect.get(object, key, receiver);
        },
      });
    const input = counting(
      {
        user: counting({ sid: USER, attributes: 0 }, "user"),
        groups: counting([counting({ sid: "BA", attributes: 7 }, "group"), "WD"], "groups"),
        privileges: [counting({ name: "SeDebugPrivilege", attributes: counting(["ENABLED"], "names") }, "privilege")],
        userClaims: [counting({ name: "a", type: "int64", values: counting(["1", 2], "values") }, "claim")],
      },
      "token",
    );
    AccessToken.create(input as unknown as TokenInput);
    expect(Math.max(...reads.values())).toBe(1);
    expect(reads.get("group.attributes")).toBe(1);
    expect(reads.get("values.1")).toBe(1);
  });

  it("cannot smuggle members in by its prototype", () => {
    const input = Object.create({ privileges: ["SeTcbPrivilege"] }, { user: { value: USER, enumerable: true } });
    expect(AccessToken.create(input).privileges).toEqual([]);
  });

  it("has its exceptions wrapped", () => {
    const input = {
      user: USER,
      get groups(): never {
        throw new RangeError("boo");
      },
    };
    expect(refusal(() => AccessToken.create(input as unknown as TokenInput)).code).toBe("ERR_TOKEN");
    expect(refusal(() => create({}).with(input as unknown as TokenInput)).code).toBe("ERR_TOKEN");
    const { proxy, revoke } = Proxy.revocable([], {});
    revoke();
    expect(refusal(() => create({ groups: proxy })).code).toBe("ERR_TOKEN");
  });

  it("is not kept: later changes do not show", () => {
    const groups: string[] = ["WD"];
    const octets = Uint8Array.of(1);
    const token = create({ groups, userClaims: [{ name: "o", type: "octets", values: [octets] }] });
    groups.push("BA");
    octets[0] = 2;
    expect(token.groups).toHaveLength(1);
    expect(token.userClaims[0].values[0]).toEqual(Uint8Array.of(1));
    expect(Object.isFrozen(token.groups)).toBe(true);
  });

  it("has its list lengths looked at before its entries", () => {
    const groups = new Array(2 ** 32 - 1);
    Object.defineProperty(groups, 0, { get: () => expect.unreachable("an entry was read") });
    expect(refusal(() => create({ groups })).code).toBe("ERR_LIMIT");
  });
});

describe("answers", () => {
  it("always print nine members", () => {
    expect(create({}).toJSON()).toEqual({
      user: { sid: USER, attributes: 0 },
      groups: [],
      restrictedSids: null,
      writeRestricted: false,
      privileges: [],
      integrity: "Medium",
      mandatoryPolicy: 1,
      type: "primary",
      sandboxInert: false,
    });
  });

  it("print every other member the source carried, normalised, and read back to the same", () => {
    const token = AccessToken.create(
      {
        user: { sid: USER, attributes: "USE_FOR_DENY_ONLY" },
        groups: ["DA", { sid: Sid.parse("S-1-1-0"), attributes: "0x7" }],
        restrictedSids: ["RC", { sid: "WD", attributes: 0 }],
        writeRestricted: true,
        privileges: ["SeChangeNotifyPrivilege", { luid: "0-40", attributes: [] }, { luid: "AB-FF", attributes: 2 }],
        integrity: 8208,
        mandatoryPolicy: ["NO_WRITE_UP", "NEW_PROCESS_MIN"],
        owner: "BA",
        primaryGroup: "DU",
        defaultDacl: "D:(A;;0x1f01ff;;;SY)",
        type: "impersonation",
        impersonationLevel: "Delegation",
        appContainer: { sid: "S-1-15-2-1-2-3-4-5-6-7", number: 4 },
        trustLevel: "S-1-19-512-4096",
        userClaims: [
          { name: "i", type: "int64", values: ["-1", 2, 3n], flags: ["CASE_SENSITIVE"] },
          { name: "o", type: "octets", values: ["0AfF", ""] },
          { name: "s", type: "sid", values: ["BA"] },
          { name: "b", type: "boolean", values: [true, false] },
        ],
        deviceClaims: [],
        deviceGroups: [],
        uiAccess: true,
        sessionId: 2,
        elevation: "Full",
        tokenId: 7,
        authenticationId: "18446744073709551615",
        expiration: null,
        source: { name: "User32", id: "3" },
      },
      { domain: DOMAIN },
    );
    const answer = {
      user: { sid: USER, attributes: 16 },
      groups: [
        { sid: "S-1-5-21-7-8-9-512", attributes: 7 },
        { sid: "S-1-1-0", attributes: 7 },
      ],
      restrictedSids: [
        { sid: "S-1-5-12", attributes: 7 },
        { sid: "S-1-1-0", attributes: 7 },
      ],
      writeRestricted: true,
      privileges: [
        { name: "SeChangeNotifyPrivilege", attributes: 3 },
        { luid: "0-40", attributes: 0 },
        { luid: "ab-ff", attributes: 2 },
      ],
      integrity: 8208,
      mandatoryPolicy: 3,
      owner: "S-1-5-32-544",
      primaryGroup: "S-1-5-21-7-8-9-513",
      defaultDacl: "D:(A;;FA;;;SY)",
      type: "impersonation",
      impersonationLevel: "Delegation",
      appContainer: { sid: "S-1-15-2-1-2-3-4-5-6-7", capabilities: [], lowPrivilege: false, number: 4 },
      trustLevel: "S-1-19-512-4096",
      userClaims: [
        { name: "i", type: "int64", values: ["-1", "2", "3"], flags: 2 },
        { name: "o", type: "octets", values: ["0aff", ""], flags: 0 },
        { name: "s", type: "sid", values: ["S-1-5-32-544"], flags: 0 },
        { name: "b", type: "boolean", values: [true, false], flags: 0 },
      ],
      deviceClaims: [],
      deviceGroups: [],
      sandboxInert: false,
      uiAccess: true,
      sessionId: 2,
      elevation: "Full",
      tokenId: "7",
      authenticationId: "18446744073709551615",
      expiration: null,
      source: { name: "User32", id: "3" },
    };
    expect(token.toJSON()).toEqual(answer);
    const again = AccessToken.create(JSON.parse(JSON.stringify(token)));
    expect(again.toJSON()).toEqual(answer);
    expect(token.with({}).toJSON()).toEqual(answer);
  });

  it("`with` changes, adds and takes away", () => {
    const token = create({ owner: "BA", sessionId: 1 });
    const { owner, sessionId, integrity } = token.with({ owner: undefined, sessionId: 2, integrity: "High" }).toJSON();
    expect([owner, sessionId, integrity]).toEqual([undefined, 2, "High"]);
    expect(token.toJSON()).toMatchObject({ owner: "S-1-5-32-544", sessionId: 1, integrity: "Medium" });
  });
});
