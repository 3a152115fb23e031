/** Laws of SDDL over generated descriptors and generated text. formats.md 7.2 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { encodeDescriptor } from "../../src/binary/encode.js";
import type { Claim, ClaimType, ClaimValue } from "../../src/claim.js";
import { Condition, type ConditionLiteral, type ConditionToken, conditionOperators } from "../../src/condition.js";
import type { DescriptorParts } from "../../src/descriptor-parts.js";
import { SddlError } from "../../src/errors.js";
import { type AceKind, type AclKind, aceKinds } from "../../src/sddl/ace-kinds.js";
import { formatCondition } from "../../src/sddl/condition-format.js";
import { parseCondition } from "../../src/sddl/condition-parse.js";
import { formatDescriptor } from "../../src/sddl/format.js";
import { parseDescriptor } from "../../src/sddl/parse.js";
import { Sid } from "../../src/sid.js";

const context = { domain: Sid.parse("S-1-5-21-10-20-30") };

const u32 = fc.integer({ min: 0, max: 0xffffffff });
const u8 = fc.integer({ min: 0, max: 0xff });
const sid = fc.oneof(
  fc
    .constantFrom("S-1-1-0", "S-1-5-32-544", "S-1-5-18", "S-1-5-21-10-20-30-512", "S-1-16-8192")
    .map((text) => Sid.parse(text)),
  fc
    .tuple(fc.integer({ min: 0, max: 0xffffffffffff }), fc.array(u32, { minLength: 1, maxLength: 15 }))
    .map(([authority, subs]) => Sid.of(authority, subs)),
);
const guid = fc.uuid();
const i64 = fc.bigInt({ min: -0x8000000000000000n, max: 0x7fffffffffffffffn });
const wellFormed = fc.string({ unit: "binary", minLength: 0, maxLength: 12 }).map((text) => text.replaceAll("\0", ""));
const quotable = wellFormed.map((text) => text.replaceAll('"', "'"));
const name = wellFormed.filter((text) => text !== "");
const localName = fc
  .stringMatching(/^[A-Za-z0-9:./_][A-Za-z0-9:./_@]{0,9}$/)
  .filter((text) => !/^(not_)?(exists|contains|any_of|(device_)?member_of(_any)?)$/i.test(text));
const octets = fc.uint8Array({ maxLength: 8 });

const literal: fc.Arbitrary<ConditionLiteral> = fc.oneof(
  fc.tuple(i64, fc.constantFrom(1, 2, 3), fc.boolean()).map(([value, base, plus]): ConditionLiteral => {
    const sign = base === 3 && !plus ? 3 : value < 0n ? 2 : plus ? 1 : 3;
    return { kind: "int", code: 4, value, sign, base: base as 1 | 2 | 3 };
  }),
  quotable.map((value): ConditionLiteral => ({ kind: "string", value })),
  octets.map((value): ConditionLiteral => ({ kind: "octets", value })),
  sid.map((value): ConditionLiteral => ({ kind: "sid", value })),
);
const prefixed = fc.record({
  kind: fc.constant("attribute" as const),
  scope: fc.constantFrom("user" as const, "device" as const, "resource" as const),
  name,
});
const attribute = fc.oneof(
  prefixed,
  fc.record({ kind: fc.constant("attribute" as const), scope: fc.constant("local" as const), name: localName }),
);
const list = (minLength: number) =>
  fc.array(literal, { minLength, maxLength: 4 }).map((members) => ({ kind: "composite" as const, members }));
const codes = (...kinds: string[]) =>
  fc.constantFrom(
    ...conditionOperators
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ code }) => ({ kind: "operator" as const, code })),
  );
const [and, or, not] = conditionOperators
  .filter(({ kind }) => kind === "logical")
  .map(({ code }) => ({ kind: "operator" as const, code }));

type Tokens = ConditionToken[];
const expression = fc.letrec<{ tree: Tokens }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    attribute.map((token): Tokens => [token]),
    fc
      .tuple(attribute, fc.oneof(prefixed, literal, list(0)), codes("relational", "set"))
      .map((tokens): Tokens => [...tokens]),
    fc.tuple(attribute, codes("exists")).map((tokens): Tokens => [...tokens]),
    fc.tuple(fc.oneof(literal, list(1)), codes("membership")).map((tokens): Tokens => [...tokens]),
    tie("tree").map((tree): Tokens => [...tree, not]),
    fc
      .tuple(tie("tree"), tie("tree"), fc.constantFrom(and, or))
      .map(([left, right, joint]): Tokens => [...left, ...right, joint]),
  ),
})).tree;
const condition = expression.map((tokens) => Condition.of(tokens));

const valuesOfType: Record<ClaimType, fc.Arbitrary<ClaimValue>> = {
  int64: i64,
  uint64: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
  string: quotable,
  sid,
  boolean: fc.boolean(),
  octets,
};
const claim: fc.Arbitrary<Claim> = fc.constantFrom(...(Object.keys(valuesOfType) as ClaimType[])).chain((type) =>
  fc.record({
    name,
    type: fc.constant(type),
    flags: u32.map((flags) => (flags & ~0xffc0) >>> 0),
    values: fc.array(valuesOfType[type], { maxLength: 5 }),
  }),
);

const sidOfSpelling: Record<string, fc.Arbitrary<Sid>> = {
  ML: u32.map((rid) => Sid.of(16, [rid])),
  TL: fc.tuple(u32, u32).map((subs) => Sid.of(19, subs)),
  SP: fc.array(u32, { minLength: 1, maxLength: 15 }).map((subs) => Sid.of(17, subs)),
  RA: fc.constant(Sid.of(1, [0])),
};
const mask = fc.oneof(
  u32,
  fc.constantFrom(0, 0x1f01ff, 0x20019, 0x1ff, 0xf0000000),
  u32.map((bits) => (bits & 0xf00f01ff) >>> 0),
);

function ace(kind: AceKind): fc.Arbitrary<Ace> {
  const guids =
    kind.plain === null
      ? fc.constant([null, null])
      : fc.oneof(fc.tuple(guid, fc.constant(null)), fc.tuple(fc.constant(null), guid), fc.tuple(guid, guid));
  const data = kind.extra === "condition" ? condition : kind.extra === "claim" ? claim : fc.constant(null);
  return fc
    .tuple(u8, kind.spelling === "RA" ? fc.constant(0) : mask, sidOfSpelling[kind.spelling] ?? sid, guids, data)
    .map(([flags, rights, trustee, [objectType, inheritedObjectType], extra]) =>
      Ace.create({ type: kind.type, flags, mask: rights, sid: trustee, objectType, inheritedObjectType, data: extra }),
    );
}

const acl = (place: AclKind) =>
  fc
    .array(fc.oneof(...aceKinds.filter((kind) => kind.place === place).map(ace)), { maxLength: 5 })
    .map((aces) => Acl.of(aces));

interface AclChoice {
  readonly isPresent: boolean;
  readonly acl: Acl | null;
  readonly flags: number;
}
const choice = (place: AclKind): fc.Arbitrary<AclChoice> =>
  fc.record({ isPresent: fc.boolean(), acl: fc.option(acl(place)), flags: fc.integer({ min: 0, max: 7 }) });

/** P, AR and AI of one ACL, and its PRESENT bit; `shift` is 0 for the DACL, 1 for the SACL. */
function controlOf({ isPresent, flags }: AclChoice, present: number, shift: number): number {
  if (!isPresent) return 0;
  const bits = ((flags & 1) !== 0 ? 0x1000 : 0) | ((flags & 2) !== 0 ? 0x100 : 0) | ((flags & 4) !== 0 ? 0x400 : 0);
  return present | (bits << shift);
}

const descriptor: fc.Arbitrary<DescriptorParts> = fc
  .record({ owner: fc.option(sid), group: fc.option(sid), dacl: choice("dacl"), sacl: choice("sacl") })
  .map(({ owner, group, dacl, sacl }) => ({
    owner,
    group,
    control: 0x8000 | controlOf(dacl, 0x4, 0) | controlOf(sacl, 0x10, 1),
    sbz1: 0,
    dacl: dacl.isPresent ? dacl.acl : null,
    sacl: sacl.isPresent ? sacl.acl : null,
  }));

describe("laws of SDDL", () => {
  it("format then parse is identity, with and without a context", () => {
    fc.assert(
      fc.property(descriptor, fc.boolean(), (parts, hasContext) => {
        const given = hasContext ? context : undefined;
        const text = formatDescriptor(parts, given);
        const read = parseDescriptor(text, given);
        expect(read).toEqual(parts);
        expect(formatDescriptor(read, given)).toBe(text);
      }),
      { numRuns: 400 },
    );
  });

  it("format then parse is identity for conditions", () => {
    fc.assert(
      fc.property(condition, (value) => {
        expect(parseCondition(formatCondition(value))).toEqual(value);
      }),
      { numRuns: 600 },
    );
  });

  it("the sizes that are limited are the sizes that are written", () => {
    // An ACL is refused when its encoded size would pass 65,532 bytes: just below, one more ACE decides.
    fc.assert(
      fc.property(descriptor, (parts) => {
        const text = formatDescriptor({
          ...parts,
          owner: null,
          group: null,
          sacl: null,
          control: parts.control & ~0x10,
        });
        if (parts.dacl === null || parts.dacl.aces.length === 0) return;
        const size = encodeDescriptor(parseDescriptor(text)).length - 20;
        const filler = Math.floor((65532 - size) / 20);
        const plain = "(A;;;;;WD)";
        expect(parseDescriptor(text + plain.repeat(filler)).dacl?.aces.length).toBe(parts.dacl.aces.length + filler);
        expect(() => parseDescriptor(text + plain.repeat(filler + 1))).toThrow(
          expect.objectContaining({ code: "ERR_LIMIT" }),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("text of any kind is read, or refused by an SddlError whose position lies inside it", () => {
    const pieces = fc.constantFrom(
      "O:",
      "G:",
      "D:",
      "S:",
      "P",
      "AI",
      "(",
      ")",
      ";",
      ";;;",
      "A",
      "OA",
      "XA",
      "RA",
      "FL",
      "ML",
      "BA",
      "DA",
      "S-1-",
      "5-",
      "0x",
      "7",
      " ",
      "\t",
      "(A;;FA;;;WD)",
      "(XA;;FA;;;WD;(",
      '(RA;;;;;WD;("n",TI,0',
      "@User.a",
      "==",
      "&&",
      "||",
      "!",
      "{",
      "}",
      ",",
      "#",
      '"',
      "%00",
      "SID(",
      "Member_of",
      "Exists ",
      "NO_ACCESS_CONTROL",
      "\ud83d",
      "\0",
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ maxLength: 2 })), { maxLength: 30 }).map((parts) => parts.join("")),
        (text) => {
          try {
            const parts = parseDescriptor(text);
            const printed = formatDescriptor(parts);
            expect(formatDescriptor(parseDescriptor(printed))).toBe(printed);
          } catch (error) {
            expect(error).toBeInstanceOf(SddlError);
            expect((error as SddlError).position).toBeGreaterThanOrEqual(0);
            expect((error as SddlError).position).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("a printed descriptor with one unit changed is read or refused, never anything else", () => {
    fc.assert(
      fc.property(descriptor, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (parts, where, unit) => {
        const text = formatDescriptor(parts);
        const at = where % (text.length + 1);
        const changed = text.slice(0, at) + unit + text.slice(at + 1);
        try {
          parseDescriptor(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(SddlError);
          expect((error as SddlError).position).toBeLessThanOrEqual(changed.length);
        }
      }),
      { numRuns: 600 },
    );
  });
});
