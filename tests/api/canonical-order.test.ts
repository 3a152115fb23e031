/** The canonical order of an ACL: findings and repair. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { canonicalOrder, SecurityDescriptor, toCanonicalOrder } from "../../src/index.js";
import { Sid } from "../../src/sid.js";
import { anyAce } from "./inherit-scene.js";

const aclOf = (sddl: string) => SecurityDescriptor.parse(sddl).dacl as Acl;
const printed = (acl: Acl) => String(SecurityDescriptor.of({ dacl: acl }));

describe("canonical order", () => {
  it.each([
    ["nothing", "D:"],
    ["deny, allow, inherited", "D:(D;;FW;;;BG)(A;;FA;;;BA)(A;ID;FR;;;BU)"],
    ["an allow before a deny among the inherited: two levels", "D:(A;ID;FA;;;BA)(D;ID;FW;;;BG)(A;ID;FR;;;BU)"],
    ["object ACEs among plain ones", "D:(OD;;RP;4c164200-20c0-11d0-a768-00aa006e0529;;WD)(D;;FW;;;BG)(A;;FR;;;BU)"],
  ])("is kept by %s", (_what, sddl) => {
    const acl = aclOf(sddl);
    expect(canonicalOrder(acl)).toEqual({ canonical: true, findings: [] });
    expect(toCanonicalOrder(acl)).toBe(acl);
  });

  it("says which ACE stands too late, and after which", () => {
    expect(canonicalOrder(aclOf("D:(A;;FR;;;BU)(A;ID;FA;;;BA)(D;;FW;;;BG)(A;;FR;;;WD)"))).toEqual({
      canonical: false,
      findings: [
        {
          index: 2,
          before: 1,
          rule: "explicit-before-inherited",
          sentence: "ACE 2 is explicit, but stands after ACE 1, which is inherited.",
        },
        {
          index: 2,
          before: 0,
          rule: "deny-before-allow",
          sentence: "ACE 2 denies, but stands after ACE 0, which allows.",
        },
        {
          index: 3,
          before: 1,
          rule: "explicit-before-inherited",
          sentence: "ACE 3 is explicit, but stands after ACE 1, which is inherited.",
        },
      ],
    });
  });

  it("counts every type that allows or denies, and no other", () => {
    const sid = Sid.parse("S-1-1-0");
    const serverSid = Sid.parse("S-1-5-18");
    const late = (type: number, before: number) => {
      const ace = (one: number) =>
        Ace.create({
          type: one,
          sid: one > 0x15 ? null : sid,
          compound: one === 4 ? { type: 1, reserved: 0, serverSid } : null,
        });
      return !canonicalOrder(Acl.of([ace(before), ace(type)])).canonical;
    };
    const all = Array.from({ length: 0x17 }, (_, type) => type);
    expect(all.filter((type) => late(type, 0))).toEqual([1, 6, 0x0a, 0x0c]);
    expect(all.filter((type) => late(1, type))).toEqual([0, 4, 5, 9, 0x0b]);
  });

  it("is repaired with everything kept where it was within its group", () => {
    const acl = aclOf("D:(A;ID;FA;;;BA)(A;;FR;;;BU)(D;ID;FR;;;SY)(D;;FW;;;BG)(A;OICIIO;GA;;;CO)(D;;FX;;;AN)");
    expect(printed(toCanonicalOrder(acl))).toBe(
      "D:(D;;FW;;;BG)(D;;FX;;;AN)(A;;FR;;;BU)(A;OICIIO;GA;;;CO)(A;ID;FA;;;BA)(D;ID;FR;;;SY)",
    );
  });

  it("is repaired without touching revision, reserved fields or slack", () => {
    const sid = Sid.parse("S-1-1-0");
    const fields = { revision: 4, sbz1: 1, sbz2: 2, slack: Uint8Array.of(1, 2, 3, 4) };
    const acl = Acl.trusted({ ...fields, aces: [Ace.allow(1, sid), Ace.deny(1, sid)] });
    expect(toCanonicalOrder(acl)).toMatchObject(fields);
  });

  const unknown = fc.record({ type: fc.constantFrom(0x20, 0xff), flags: fc.integer({ min: 0, max: 255 }) });
  const aces = fc.array(
    fc.oneof(
      anyAce,
      unknown.map((fields) => Ace.create(fields)),
    ),
    { maxLength: 12 },
  );

  it("after repair nothing is out of order, no ACE is lost, and a second repair changes nothing", () => {
    fc.assert(
      fc.property(aces, (given) => {
        const acl = Acl.of(given);
        const repaired = toCanonicalOrder(acl);
        expect(canonicalOrder(repaired).findings).toEqual([]);
        expect(new Set(repaired.aces)).toEqual(new Set(acl.aces));
        expect(repaired.aces.length).toBe(acl.aces.length);
        expect(toCanonicalOrder(repaired)).toBe(repaired);
        const inherited = (one: Acl) => one.aces.filter((ace) => ace.isInherited);
        expect(inherited(repaired)).toEqual(inherited(acl));
      }),
    );
  });
});
