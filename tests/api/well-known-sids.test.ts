/** Aliases and names of SIDs. formats.md 1.1 */
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.js";
import { Sid } from "../../src/sid.js";
import { domainAccounts, wellKnownNames } from "../../src/sid-names.js";
import { aliasOfSid, contextOf, nameOfSid, parseSidOrAlias, sidFromAlias } from "../../src/well-known-sids.js";

const domain = Sid.parse("S-1-5-21-1-2-3");
const rootDomain = Sid.parse("S-1-5-21-7-8-9");
const machine = Sid.parse("S-1-5-21-4-5-6");

/** formats.md 1.1, word for word. */
const fixed =
  "WD 1-1-0 CO 1-3-0 CG 1-3-1 OW 1-3-4 NU 1-5-2 IU 1-5-4 SU 1-5-6 AN 1-5-7 ED 1-5-9 PS 1-5-10 AU 1-5-11 " +
  "RC 1-5-12 SY 1-5-18 LS 1-5-19 NS 1-5-20 WR 1-5-33 UD 1-5-84-0-0-0-0-0 AC 1-15-2-1 AS 1-18-1 SS 1-18-2 LW 1-16-4096 " +
  "ME 1-16-8192 MP 1-16-8448 HI 1-16-12288 SI 1-16-16384";
const builtin =
  "BA 544 BU 545 BG 546 PU 547 AO 548 SO 549 PO 550 BO 551 RE 552 RU 554 RD 555 NO 556 MU 558 LU 559 IS 568 CY 569 " +
  "ER 573 CD 574 RA 575 ES 576 MS 577 HA 578 AA 579 RM 580";
const ofDomain = "DA 512 DU 513 DG 514 DC 515 DD 516 CA 517 PA 520 CN 522 AP 525 KA 526 RS 553";
const ofRoot = "RO 498 SA 518 EA 519 EK 527";
const ofMachine = "LA 500 LG 501";

function pairs(words: string, prefix: string): [string, string][] {
  return [...words.matchAll(/(\S+) (\S+)/g)].map(([, alias, tail]) => [alias, prefix + tail]);
}

const everywhere = [...pairs(fixed, "S-"), ...pairs(builtin, "S-1-5-32-")];
const relative = [
  ...pairs(ofDomain, `${domain}-`),
  ...pairs(ofRoot, `${rootDomain}-`),
  ...pairs(ofMachine, `${machine}-`),
];
const context = { domain, rootDomain, machine };

function errorOf(act: () => unknown): ArgumentError {
  try {
    act();
  } catch (error) {
    if (error instanceof ArgumentError) return error;
  }
  throw new Error("no ArgumentError");
}

describe("aliases", () => {
  it.each(everywhere)("%s is %s everywhere", (alias, text) => {
    expect(String(sidFromAlias(alias))).toBe(text);
    expect(aliasOfSid(Sid.parse(text))).toBe(alias);
    expect(aliasOfSid(Sid.parse(text), context)).toBe(alias);
  });

  it.each(relative)("%s is %s in this context", (alias, text) => {
    expect(String(sidFromAlias(alias, context))).toBe(text);
    expect(aliasOfSid(Sid.parse(text), context)).toBe(alias);
    expect(aliasOfSid(Sid.parse(text))).toBeUndefined();
    expect(sidFromAlias(alias)).toBe("needs-context");
  });

  it("there are 66 of them, and no others", () => {
    const known = new Set([...everywhere, ...relative].map(([alias]) => alias));
    expect(known.size).toBe(66);
    for (let a = 65; a <= 90; a++) {
      for (let b = 65; b <= 90; b++) {
        const alias = String.fromCharCode(a, b);
        expect([alias, sidFromAlias(alias, context) !== undefined]).toEqual([alias, known.has(alias)]);
      }
    }
  });

  it("are read in any ASCII case, and in no other alphabet", () => {
    expect(String(sidFromAlias("bA"))).toBe("S-1-5-32-544");
    for (const alias of [
      "\u017fY",
      "\u212aA",
      "\u0412\u0410",
      "B",
      "BAA",
      "",
      "B ",
      "{A",
      "\u0042\u0301",
      "\u0162\u0161",
    ]) {
      expect(sidFromAlias(alias, context)).toBeUndefined();
    }
  });

  it("fall back to the domain, and to nothing else", () => {
    expect(contextOf({ domain })).toEqual({ domain, rootDomain: domain, machine: domain });
    expect(String(sidFromAlias("LA", { domain }))).toBe(`${domain}-500`);
    expect(String(sidFromAlias("EA", { domain, rootDomain }))).toBe(`${rootDomain}-519`);
    expect(sidFromAlias("DA", { rootDomain, machine })).toBe("needs-context");
    expect(aliasOfSid(Sid.parse(`${domain}-519`), context)).toBeUndefined();
    expect(aliasOfSid(Sid.parse(`${domain}-512-512`), context)).toBeUndefined();
    expect(aliasOfSid(Sid.of(5, []), context)).toBeUndefined();
  });
});

describe("parseSidOrAlias", () => {
  it("takes text and aliases", () => {
    expect(String(parseSidOrAlias("S-1-5-18"))).toBe("S-1-5-18");
    expect(String(parseSidOrAlias("sy"))).toBe("S-1-5-18");
    expect(String(parseSidOrAlias("DA", { domain }))).toBe("S-1-5-21-1-2-3-512");
  });

  it.each([["ZZ"], ["S-"], ["Administrators"], [""], [18 as unknown as string], [["B", "A"] as unknown as string]])(
    "%j is ERR_SID",
    (text) => {
      const error = errorOf(() => parseSidOrAlias(text, {}, ["token", "user"]));
      expect([error.code, error.path]).toEqual(["ERR_SID", ["token", "user"]]);
    },
  );

  it("an alias without its domain is ERR_SDDL_ALIAS", () => {
    expect(errorOf(() => parseSidOrAlias("DA")).code).toBe("ERR_SDDL_ALIAS");
  });
});

describe("nameOfSid", () => {
  it.each([
    ["S-1-1-0", "Everyone"],
    ["S-1-5-32-544", "BUILTIN\\Administrators"],
    ["S-1-5-12", "NT AUTHORITY\\RESTRICTED"],
    ["S-1-5-33", "NT AUTHORITY\\WRITE RESTRICTED"],
    ["S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", "NT SERVICE\\TrustedInstaller"],
    ["S-1-5-5-0-12345", "Logon session 0-12345"],
    ["S-1-5-21-1-2-3-512", "Domain Admins (S-1-5-21-1-2-3)"],
    ["S-1-16-8192", "Mandatory Label\\Medium"],
    ["S-1-16-8208", "Mandatory Label\\8208"],
    ["S-1-15-2-1", "APPLICATION PACKAGE AUTHORITY\\ALL APPLICATION PACKAGES"],
    ["S-1-15-2-2", "APPLICATION PACKAGE AUTHORITY\\ALL RESTRICTED APPLICATION PACKAGES"],
    ["S-1-15-3-1", "Capability internetClient"],
    ["S-1-19-512-4096", "Process trust 512-4096"],
  ])("%s is %s", (text, name) => {
    expect(nameOfSid(Sid.parse(text))).toBe(name);
  });

  it.each(["S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3", "S-1-5-5-1", "S-1-16-1-2", "S-1-7-1", "S-1-5-32-999"])(
    "%s has no name",
    (text) => {
      expect(nameOfSid(Sid.parse(text))).toBeUndefined();
    },
  );

  it("every fixed alias has a name, every relative one too", () => {
    for (const [, text] of [...everywhere, ...relative])
      expect([text, nameOfSid(Sid.parse(text))]).not.toContain(undefined);
  });

  it("the table is keyed by text as SIDs print, and no name stands twice", () => {
    for (const text of wellKnownNames.keys()) expect(String(Sid.parse(text))).toBe(text);
    const names = [...wellKnownNames.values(), ...domainAccounts.values()];
    expect(new Set(names).size).toBe(names.length);
  });
});
