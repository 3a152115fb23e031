/** Laws of filtering: it never widens, but for three exceptions that are shown to be some. tokens.md 2.8 */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FilterOptions } from "../../src/index.js";
import { AccessToken, Engine, parseCondition, SecurityDescriptor, Sid, type TokenInput } from "../../src/index.js";
import {
  descriptorIn,
  EVERYTHING,
  filterOptions,
  LISTED,
  MAXIMUM,
  options,
  PACKAGE,
  scene,
  specific,
  token,
  USER,
} from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine();

describe("filtering never widens", () => {
  const asked = fc.oneof(specific, fc.constant(MAXIMUM), fc.constant(0x01000001));

  function narrows(
    source: AccessToken,
    asking: FilterOptions,
    descriptor: SecurityDescriptor,
    more: object,
    desired: number,
  ): void {
    const filtered = engine.filterToken(source, asking);
    const request = { descriptor, desired, mapping: "file", ...more } as const;
    const [before, after] = [
      engine.check({ ...request, token: source }),
      engine.check({ ...request, token: filtered }),
    ];
    expect(after.granted && !before.granted).toBe(false);
    expect((after.access & ~before.access) >>> 0).toBe(0);
    for (const [node, { access }] of (after.objectTypes ?? []).entries())
      expect((access & ~(before.objectTypes?.[node].access ?? 0)) >>> 0).toBe(0);
  }

  const unlisted = { ...EVERYTHING, restricted: false, membership: false };
  law(
    "of a token without a list, whatever the descriptor, conditions on membership aside",
    fc.tuple(token(unlisted), filterOptions, scene(unlisted), options(unlisted), asked),
    ([source, asking, where, more, desired]) => narrows(source, asking, descriptorIn(where), more, desired),
    600,
  );

  const listed = { ...EVERYTHING, membership: false, denied: ["S-1-5-11", "S-1-5-32-544", "S-1-5-21-1-2-3-513"] };
  law(
    "of a token with a list, where no deny ACE names a SID that an intersection can drop",
    fc.tuple(token(listed), filterOptions, scene(listed), options(listed), asked),
    ([source, asking, where, more, desired]) => {
      const policies = undefined;
      narrows(source, asking, descriptorIn(where), { ...more, policies }, desired);
    },
    600,
  );

  law(
    "privileges and allow-matching SIDs only shrink, deny-matching SIDs only grow",
    fc.tuple(token(EVERYTHING), filterOptions),
    ([source, asking]) => {
      const filtered = engine.filterToken(source, asking);
      const privileges = new Set(source.privileges.map(({ luid }) => luid));
      expect(filtered.privileges.every(({ luid }) => privileges.has(luid))).toBe(true);
      expect(filtered.groups.map(({ sid }) => String(sid))).toEqual(source.groups.map(({ sid }) => String(sid)));
      for (const [index, { attributes }] of filtered.groups.entries()) {
        const before = source.groups[index].attributes;
        expect(allows(attributes) && !allows(before)).toBe(false);
        expect(denies(before) && !denies(attributes)).toBe(false);
      }
      expect(source.isRestricted && !filtered.isRestricted).toBe(false);
      expect(source.isRestricted && !source.isWriteRestricted && filtered.isWriteRestricted).toBe(false);
      const list = source.restrictedSids?.map(String);
      if (list !== undefined) expect(filtered.restrictedSids?.every((sid) => list.includes(String(sid)))).toBe(true);
    },
  );

  const allows = (attributes: number): boolean => (attributes & 0x14) === 4;
  const denies = (attributes: number): boolean => (attributes & 0x14) !== 0;
});

describe("filtering", () => {
  law("twice is filtering once", fc.tuple(token(EVERYTHING), filterOptions), ([source, asking]) => {
    const once = engine.filterToken(source, asking);
    expect(plain(engine.filterToken(once, asking))).toEqual(plain(once));
  });

  law(
    "leaves the source as it was",
    fc.tuple(token(EVERYTHING), filterOptions, specific),
    ([source, asking, desired]) => {
      const descriptor = SecurityDescriptor.parse(`O:${USER}D:(A;;FR;;;WD)(D;;FW;;;BU)(A;;FA;;;RC)`);
      const request = { token: source, descriptor, desired, mapping: "file" } as const;
      const [text, verdict] = [JSON.stringify(source), engine.check(request)];
      engine.filterToken(source, asking);
      expect(JSON.stringify(source)).toBe(text);
      expect(engine.check(request)).toEqual(verdict);
    },
  );

  law(
    "for nothing changes no verdict",
    fc.tuple(token(EVERYTHING), scene(EVERYTHING), options(EVERYTHING), specific),
    ([source, where, more, desired]) => {
      const same = engine.filterToken(source);
      expect(plain(same)).toEqual(plain(source));
      const request = { descriptor: descriptorIn(where), desired, ...more };
      expect(engine.check({ ...request, token: same })).toEqual(engine.check({ ...request, token: source }));
    },
  );

  law(
    "what comes out, written down and read again, is the same token",
    fc.tuple(token(EVERYTHING), filterOptions, scene(EVERYTHING), specific),
    ([source, asking, where, desired]) => {
      const filtered = engine.filterToken(source, asking);
      const again = AccessToken.create(JSON.parse(JSON.stringify(filtered)));
      expect(again.toJSON()).toEqual(filtered.toJSON());
      for (const member of [
        "restrictedSids",
        "writeRestricted",
        "user",
        "groups",
        "privileges",
        "integrity",
      ] as const) {
        expect(again[member]).toEqual(filtered[member]);
      }
      const request = { descriptor: descriptorIn(where), desired, mapping: "file" } as const;
      expect(engine.check({ ...request, token: again })).toEqual(engine.check({ ...request, token: filtered }));
    },
  );

  /** Without ids and duplicates in the list. */
  function plain(filtered: AccessToken): object {
    const { tokenId: _id, modifiedId: _modified, parentTokenId: _parent, ...rest } = filtered.toJSON();
    return {
      ...rest,
      restrictedSids: filtered.restrictedSids && [...new Set(filtered.restrictedSids.map(String))].toSorted(),
    };
  }
});

describe("the exceptions are exceptions: absence turned into access", () => {
  const file = { desired: 1, mapping: "file" } as const;

  function widens(input: Partial<TokenInput>, asking: FilterOptions, acls: string, more: object = {}): void {
    const source = AccessToken.create({ user: USER, groups: ["S-1-1-0"], ...input });
    const request = { descriptor: SecurityDescriptor.parse(`O:SYG:SY${acls}`), ...file, ...more };
    expect(engine.check({ ...request, token: source }).granted).toBe(false);
    expect(engine.check({ ...request, token: engine.filterToken(source, asking) }).granted).toBe(true);
  }

  it("a deny ACE for a restricting SID that an intersection dropped", () => {
    widens(
      { restrictedSids: [LISTED[0], LISTED[1]] },
      { restrictedSids: [LISTED[0]] },
      `D:(D;;FR;;;${LISTED[1]})(A;;FA;;;WD)(A;;FA;;;${LISTED[0]})`,
    );
  });

  it("a negated condition on membership, and the SID became deny-only", () => {
    widens(
      { groups: ["S-1-1-0", "S-1-5-32-544"] },
      { sidsToDisable: ["BA"] },
      "D:(XA;;FA;;;WD;(Not_Member_of {SID(BA)}))",
    );
  });

  it("a condition on membership in a deny ACE's second walk, and the SID left the list", () => {
    const asking = { restrictedSids: [LISTED[0]] };
    widens(
      { restrictedSids: [LISTED[0], LISTED[1]] },
      asking,
      `D:(XD;;FR;;;${LISTED[0]};(Member_of {SID(${LISTED[1]})}))(A;;FA;;;WD)(A;;FA;;;${LISTED[0]})`,
    );
  });

  it("a condition on membership in a policy's appliesTo, and the SID became deny-only", () => {
    const rule = {
      appliesTo: parseCondition("(Member_of {SID(BA)})"),
      dacl: SecurityDescriptor.parse("D:"),
      stagedDacl: null,
    };
    const policies = [{ sid: Sid.parse("S-1-17-1"), rules: [rule] }];
    widens({ groups: ["S-1-1-0", "S-1-5-32-544"] }, { sidsToDisable: ["BA"] }, "D:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)", {
      policies,
    });
  });

  it("a package-side SID that is an enabled group too, and became deny-only", () => {
    widens(
      { groups: ["S-1-1-0", PACKAGE], appContainer: { sid: PACKAGE } },
      { sidsToDisable: [PACKAGE] },
      `D:(A;;FA;;;WD)(A;;FA;;;${PACKAGE})`,
    );
  });
});
