/**
 * A load takes no more of the arena than was set aside for it: the bytes staged behind are still there afterwards. One
 * that took more would read what it has just overwritten. assembly/memory/arena.ts
 */

import { describe, expect, it } from "vitest";
import {
  LOAD_CONDITION,
  LOAD_DESCRIPTOR,
  LOAD_OBJECT_TYPES,
  LOAD_POLICIES,
  LOAD_SID,
  LOAD_TOKEN,
  OBJECT_NODE_SIZE,
  STAGE_FILTER,
} from "../../assembly/shared/abi.js";
import { SE_DACL_PRESENT, SE_SACL_PRESENT } from "../../assembly/shared/security-descriptor.js";
import { Ace } from "../../src/ace.js";
import { Acl } from "../../src/acl.js";
import { encodeCondition } from "../../src/binary/condition-encode.js";
import { encodeDescriptor } from "../../src/binary/encode.js";
import { encodeFilterImage } from "../../src/binary/filter-image.js";
import { encodePolicyImage } from "../../src/binary/policy-image.js";
import { encodeSid } from "../../src/binary/sid.js";
import { encodeTokenImage } from "../../src/binary/token-image.js";
import type { Claim } from "../../src/claim.js";
import { Condition, type ConditionToken } from "../../src/condition.js";
import { checkedFilter } from "../../src/filter-request.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import { Session } from "../../src/wasm/session.js";
import { filterRequest } from "../differential/generate-filter.js";
import { EVERYTHING, request as generate } from "../differential/generator.js";
import { randomFrom } from "../differential/random.js";
import { descriptorTo, policyTo, tokenTo } from "../differential/to-values.js";
import { token } from "./questions.js";

const module = compileKernel();

/** A session with an empty arena. */
function open(): Session {
  return new Session(module, 64 << 20, () => 7);
}

/** Loads `bytes` and tells whether they are still where they were staged. */
function survives(session: Session, kind: number, bytes: Uint8Array): boolean {
  const at = session.stage(kind, bytes, 0);
  expect(at).not.toBe(0);
  expect(session.kernel.load(kind, at, bytes.length)).not.toBe(0);
  session.refresh();
  return same(session, at, bytes);
}

function same(session: Session, at: number, bytes: Uint8Array): boolean {
  return bytes.every((byte, index) => session.bytes[at + index] === byte);
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** A different SID of one sub-authority for each index: the most SIDs in the fewest bytes. */
function sid(index: number): Sid {
  return Sid.of(5, [0x10000 + index]);
}

function acls(dacl: readonly Ace[], sacl: readonly Ace[] = []): Uint8Array {
  const control = SE_DACL_PRESENT | (sacl.length > 0 ? SE_SACL_PRESENT : 0);
  return encodeDescriptor(
    SecurityDescriptor.of({
      owner: null,
      group: null,
      control,
      dacl: Acl.of(dacl),
      sacl: sacl.length > 0 ? Acl.of(sacl) : null,
    }),
  );
}

const attribute = (name: string): ConditionToken => ({ kind: "attribute", scope: "user", name });
const single = (name: string) => Condition.of([attribute(name)]);
const guid = (index: number) => `${index.toString(16).padStart(8, "0")}-0000-4000-8000-000000000001`;

function claim(name: string, count: number, from: number): Claim {
  return { name, type: "int64", flags: 0, values: many(count, (index) => BigInt(from + index)) };
}

function attributeAce(data: Claim): Ace {
  return Ace.create({ type: 0x12, flags: 0, mask: 0, sid: Sid.parse("S-1-1-0"), data });
}

describe("the staged bytes outlive a load of", () => {
  const everyone = Sid.parse("S-1-1-0");
  it.each<[string, Uint8Array]>([
    ["no ACEs", acls([])],
    ["plain ACEs, each of its own SID", acls(many(3000, (index) => Ace.allow(1, sid(index))))],
    [
      "audit ACEs, each of its own SID",
      acls(
        [],
        many(3000, (index) => Ace.create({ type: 2, flags: 0xc0, mask: 1, sid: sid(index) })),
      ),
    ],
    [
      "ACEs of unknown types",
      acls(
        many(4000, (index) =>
          Ace.create({ type: 0x40, flags: 0, mask: 0, sid: null, data: Uint8Array.of(index, 0, 0, 0) }),
        ),
      ),
    ],
    [
      "object ACEs",
      acls(many(1500, (index) => Ace.create({ type: 5, flags: 0, mask: 1, sid: sid(index), objectType: guid(index) }))),
    ],
    [
      "compound ACEs",
      acls(
        many(1500, (index) =>
          Ace.create({
            type: 4,
            flags: 0,
            mask: 1,
            sid: sid(index),
            compound: { type: 1, reserved: 0, serverSid: sid(index + 2000) },
          }),
        ),
      ),
    ],
    [
      "callback ACEs, each with its own attribute",
      acls(many(1300, (index) => Ace.create({ type: 9, flags: 0, mask: 1, sid: everyone, data: single(`n${index}`) }))),
    ],
    [
      "resource attributes, each with its own values",
      acls(
        [],
        many(20, (index) => attributeAce(claim(`c${index}`, 100, index * 100))),
      ),
    ],
    [
      "resource attributes with one value",
      acls(
        [],
        many(900, (index) => attributeAce(claim(`c${index}`, 1, index))),
      ),
    ],
    [
      "access filters",
      acls(
        [],
        many(1200, (index) => Ace.create({ type: 0x15, flags: 0, mask: 1, sid: everyone, data: single(`f${index}`) })),
      ),
    ],
  ])("a descriptor with %s", (_name, bytes) => {
    expect(survives(open(), LOAD_DESCRIPTOR, bytes)).toBe(true);
  });

  it.each([
    ["groups", token({ groups: many(1000, (index) => sid(index).toString()) })],
    ["restricting SIDs", token({ restrictedSids: many(1000, (index) => sid(index).toString()) })],
    ["claims", token({ userClaims: many(64, (index) => claim(`c${index}`, 8, index * 8)) })],
    ["nothing", token()],
  ])("a token with %s", (_name, held) => {
    expect(survives(open(), LOAD_TOKEN, encodeTokenImage(held))).toBe(true);
  });

  it("a condition of literals, of SIDs and of names", () => {
    const names = many(60, (index) => [
      attribute(`n${index}`),
      ...(index === 0 ? [] : [{ kind: "operator", code: 0xa0 } as const]),
    ]).flat();
    const text: ConditionToken = {
      kind: "composite",
      members: many(500, (index) => ({ kind: "string", value: `${index}` })),
    };
    const sids: ConditionToken = {
      kind: "composite",
      members: many(500, (index) => ({ kind: "sid", value: sid(index) })),
    };
    const programs: ConditionToken[][] = [
      names,
      [attribute("a"), text, { kind: "operator", code: 0x88 }],
      [sids, { kind: "operator", code: 0x89 }],
    ];
    for (const tokens of programs)
      expect(survives(open(), LOAD_CONDITION, encodeCondition(Condition.of(tokens)))).toBe(true);
  });

  it("a SID and a list of object types", () => {
    expect(survives(open(), LOAD_SID, encodeSid(sid(1)))).toBe(true);
    expect(
      survives(
        open(),
        LOAD_SID,
        encodeSid(
          Sid.of(
            5,
            many(15, (index) => index),
          ),
        ),
      ),
    ).toBe(true);
    const nodes = new Uint8Array(1024 * OBJECT_NODE_SIZE).fill(1);
    expect(survives(open(), LOAD_OBJECT_TYPES, nodes)).toBe(true);
  });

  it("whatever is generated, one behind the other", () => {
    const random = randomFrom(20_271);
    const session = open();
    for (let i = 0; i < 400; i++) {
      const { token: held, descriptor, policies } = generate(random, EVERYTHING);
      expect(survives(session, LOAD_TOKEN, encodeTokenImage(tokenTo(held)))).toBe(true);
      expect(survives(session, LOAD_DESCRIPTOR, encodeDescriptor(descriptorTo(descriptor)))).toBe(true);
      if (policies !== null)
        expect(survives(session, LOAD_POLICIES, encodePolicyImage(policies.map(policyTo)))).toBe(true);
    }
  });
});

describe("filtering", () => {
  it("takes no more than was set aside for it", () => {
    const random = randomFrom(20_272);
    const session = open();
    for (let i = 0; i < 300; i++) {
      const { token: held, flags, sidsToDisable, restrictedSids } = filterRequest(random);
      const image = encodeFilterImage(checkedFilter({ flags, sidsToDisable, restrictedSids }));
      const handle = session.load(LOAD_TOKEN, encodeTokenImage(tokenTo(held)));
      const at = session.stage(STAGE_FILTER, image, handle);
      session.kernel.filter(handle, at, image.length);
      session.refresh();
      expect(same(session, at, image)).toBe(true);
    }
  });

  it("of long lists neither", () => {
    const session = open();
    const sids = many(1000, (index) => sid(index).toString());
    const handle = session.load(LOAD_TOKEN, encodeTokenImage(token({ groups: sids })));
    const image = encodeFilterImage(
      checkedFilter({ sidsToDisable: sids, restrictedSids: sids.map((one) => ({ sid: one, attributes: 0 })) }),
    );
    const at = session.stage(STAGE_FILTER, image, handle);
    expect(session.kernel.filter(handle, at, image.length) >>> 0).toBe(0);
    session.refresh();
    expect(same(session, at, image)).toBe(true);
  });
});
