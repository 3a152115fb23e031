/** Values that only look like ours, and values whose holder changed them: refused as arguments, or of no effect. */

import { describe, expect, it } from "vitest";
import {
  AccessToken,
  type Condition,
  DescriptorSet,
  Engine,
  GenericMapping,
  parseCondition,
  SecurityDescriptor,
  Sid,
} from "../../src/index.js";
import { thrownBy, token } from "./questions.js";

const engine = new Engine({ seed: 1 });
const sd = (sddl: string) => SecurityDescriptor.parse(sddl);
const who = token();
const open = sd("O:SYG:SYD:(A;;FA;;;WD)");
const shut = sd("O:SYG:SYD:(D;;FA;;;WD)");
const GENERIC_READ = 0x80000000;

const asked = { token: who, desired: 1, mapping: "file" } as const;
// Resident values: what stands for them must not be taken for them.
engine.check({ ...asked, descriptor: open });
engine.checkMany({ ...asked, descriptors: DescriptorSet.of([open]) });

/** An object of the class's prototype alone, and a proxy of a real one. */
function impostors<T extends object>(real: T): readonly T[] {
  return [Object.create(Object.getPrototypeOf(real) as object) as T, new Proxy(real, {})];
}

const one = { ...asked, descriptor: open };
const self = Sid.parse("S-1-5-21-1-2-3-4");
const policy = Sid.parse("S-1-17-1");
const condition: Condition = parseCondition("(Member_of {SID(WD)})");

const uses: readonly (readonly [string, readonly (() => unknown)[]])[] = [
  [
    "a descriptor",
    impostors(open).flatMap((descriptor) => [
      () => engine.check({ ...asked, descriptor }),
      () => engine.explain({ ...asked, descriptor }),
      () => engine.checkMany({ ...asked, descriptors: [open, descriptor] }),
      () => engine.checkMatrix({ desired: 1, mapping: "file", tokens: [who], descriptors: [descriptor] }),
      () => DescriptorSet.of([descriptor]),
      () => engine.evaluateCondition({ condition, token: who, descriptor }),
      () =>
        engine.check({
          ...one,
          policies: [{ sid: policy, rules: [{ appliesTo: null, dacl: descriptor, stagedDacl: null }] }],
        }),
    ]),
  ],
  [
    "a token",
    impostors(who).flatMap((forged) => [
      () => engine.check({ ...one, token: forged }),
      () => engine.check({ ...one, primaryToken: forged }),
      () => engine.checkMany({ ...asked, token: forged, descriptors: [open] }),
      () => engine.checkMatrix({ desired: 1, mapping: "file", tokens: [forged], descriptors: [open] }),
      () => engine.filterToken(forged),
      () => engine.evaluateCondition({ condition, token: forged }),
    ]),
  ],
  ["a set", impostors(DescriptorSet.of([open])).map((set) => () => engine.checkMany({ ...asked, descriptors: set }))],
  [
    "a SID",
    impostors(self).flatMap((sid) => [
      () => engine.check({ ...one, principalSelf: sid }),
      () => engine.check({ ...one, policies: [{ sid, rules: [] }] }),
    ]),
  ],
  [
    "a condition",
    impostors(condition).flatMap((forged) => [
      () => engine.evaluateCondition({ condition: forged, token: who }),
      () =>
        engine.check({
          ...one,
          policies: [{ sid: policy, rules: [{ appliesTo: forged, dacl: open, stagedDacl: null }] }],
        }),
    ]),
  ],
];

describe("what only looks like", () => {
  it.each(uses)("%s is a wrong argument", (_what, calls) => {
    for (const call of calls) expect(thrownBy(call)).toMatchObject({ name: "ArgumentError" });
  });

  it("a list is a wrong argument", () => {
    for (const none of [null, 1, {}]) {
      expect(thrownBy(() => DescriptorSet.of(none as never))).toMatchObject({ code: "ERR_ARGUMENT" });
    }
  });
});

describe("a mapping that only looks like one of ours", () => {
  const masks = { read: 1, write: 2, execute: 4, all: 7 };
  const made = () => Object.assign(Object.create(GenericMapping.prototype) as GenericMapping, masks);
  const reading = { ...asked, descriptor: sd("O:SYG:SYD:(A;;0x1;;;WD)"), desired: GENERIC_READ };

  it("is read anew each time", () => {
    const mapping = made();
    expect(engine.check({ ...reading, mapping }).access).toBe(1);
    expect(engine.check({ ...reading, mapping }).access).toBe(1);
    Object.assign(mapping, { read: 2 });
    expect(engine.check({ ...reading, mapping }).granted).toBe(false);
  });

  it("holds no MAXIMUM_ALLOWED either", () => {
    const mapping = Object.assign(made(), { read: 0x02000000 });
    expect(thrownBy(() => engine.check({ ...reading, mapping }))).toMatchObject({ code: "ERR_ARGUMENT" });
  });
});

describe("a value's holder", () => {
  it("may freeze it", () => {
    const [descriptor, frozen] = [sd("D:(A;;FA;;;WD)"), token()];
    const descriptors = DescriptorSet.of([descriptor]);
    for (const value of [descriptor, frozen, descriptors]) Object.freeze(value);
    expect(engine.check({ ...asked, token: frozen, descriptor }).granted).toBe(true);
    expect([...engine.checkMany({ ...asked, descriptors })]).toEqual([1]);
  });

  it("cannot copy another's place in the engine into it", () => {
    const [granted, denied] = [sd("D:(A;;FA;;;WD)"), sd("D:(D;;FA;;;WD)")];
    for (const descriptor of [granted, denied]) engine.check({ ...asked, descriptor });
    Object.assign(denied, granted);
    expect(engine.check({ ...asked, descriptor: denied }).granted).toBe(false);
    const [all, none] = [DescriptorSet.of([granted]), DescriptorSet.of([denied])];
    for (const descriptors of [all, none]) engine.checkMany({ ...asked, descriptors });
    Object.assign(none, all);
    expect([...engine.checkMany({ ...asked, descriptors: none })]).toEqual([0]);
  });

  it.each([
    ["a token", token(), "user"],
    ["a descriptor", sd("D:"), "dacl"],
    ["a set", DescriptorSet.of([sd("D:")]), "distinct"],
  ])("cannot put a member of his own over %s's", (_what, value, name) => {
    const before = Reflect.get(value, name) as unknown;
    Reflect.set(value, name, 7);
    expect(Reflect.get(value, name)).toBe(before);
  });

  it("cannot have the engine call him while it reads a token", () => {
    expect(() => Object.defineProperty(token(), "user", { get: () => self })).toThrow(TypeError);
    expect(() => Object.setPrototypeOf(token(), {})).toThrow(TypeError);
  });
});

describe("masks", () => {
  const bytes = open.toBytes();
  const offsets = Uint32Array.of(0, bytes.length);

  it("do not go where bytes are still to be read", () => {
    const memory = new ArrayBuffer(bytes.length + 8);
    const view = new Uint8Array(memory, 4, bytes.length);
    view.set(bytes);
    const into = (at: number) =>
      engine.scanBytes({ ...asked, bytes: view, offsets, into: new Uint32Array(memory, at, 1) });
    for (const at of [4, 8, bytes.length]) {
      expect(thrownBy(() => into(at))).toMatchObject({ code: "ERR_ARGUMENT", path: ["into"] });
    }
    for (const at of [0, bytes.length + 4]) expect([...into(at).access]).toEqual([1]);
  });

  /** Words that are taken away when the mapping is read for the `nth` time. */
  function vanishing(nth: number) {
    const into = new Uint32Array(2);
    const mapping = Object.defineProperty({ read: 1, write: 2, execute: 4, all: 7 }, "all", {
      enumerable: true,
      get: () => {
        if (--nth === 0) structuredClone(into.buffer, { transfer: [into.buffer] });
        return 7;
      },
    });
    return { into, mapping };
  }

  it("do not go where memory is detached, however late", () => {
    for (const call of [
      () => engine.checkMany({ ...asked, ...vanishing(1), descriptors: [open, shut] }),
      () => engine.checkMatrix({ tokens: [who, token()], desired: 1, ...vanishing(2), descriptors: [open] }),
      () => engine.scanBytes({ ...asked, ...vanishing(1), bytes, offsets }),
    ]) {
      expect(thrownBy(call)).toMatchObject({ code: "ERR_ARGUMENT", path: ["into"] });
    }
  });
});

it("descriptors are values of one class", () => {
  expect(SecurityDescriptor.is(open)).toBe(true);
  expect(AccessToken.is(open)).toBe(false);
});
