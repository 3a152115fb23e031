/** Laws of batches: sets, matrices and scans of bytes give the verdicts of `check`, whatever they are made of. */

import { describe, expect, it } from "vitest";
import { DescriptorSet, Engine, isSallyportError, SecurityDescriptor } from "../../src/index.js";
import { thrownBy } from "../api/questions.js";
import { EVERYTHING, request as generate } from "../differential/generator.js";
import { randomFrom } from "../differential/random.js";
import { engineRequest } from "../differential/run.js";
import { concatenated } from "./foreign-bytes.js";

const engine = new Engine({ seed: 1 });
const small = new Engine({ seed: 1, maximumMemory: 4 << 20 });
const PLAIN = { ...EVERYTHING, conditions: false, policies: false, mandatory: false };

/** `count` requests of one seed. */
function requests(count: number, seed: number, features = EVERYTHING) {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => engineRequest(generate(random, features)));
}

const maskOf = ({ granted, access }: { granted: boolean; access: number }) => (granted ? access : 0);

describe.each([
  ["everything", EVERYTHING],
  ["plain lists", PLAIN],
])("of %s", (_name, features) => {
  const asked = requests(600, 31, features);
  const descriptors = asked.map(({ descriptor }) => descriptor);
  const repeated = [...descriptors, ...descriptors.toReversed()];

  it.each([
    ["an engine with room", engine],
    ["an engine that is emptied again and again", small],
  ])("a set in %s is check repeated", (_which, which) => {
    const set = DescriptorSet.of(repeated);
    expect(set.size).toBe(repeated.length);
    expect(set.distinct).toBeLessThanOrEqual(descriptors.length);
    for (const { token, desired, mapping } of asked.slice(0, 20)) {
      const masks = which.checkMany({ token, descriptors: set, desired, mapping });
      const singles = repeated.map((descriptor) => maskOf(engine.check({ token, descriptor, desired, mapping })));
      expect([...masks]).toEqual(singles);
      expect(which.checkMany({ token, descriptors: repeated, desired, mapping })).toEqual(masks);
    }
  });

  it("a matrix is check repeated, token by token", () => {
    const tokens = asked.slice(0, 12).map(({ token }) => token);
    for (const { desired, mapping } of asked.slice(0, 6)) {
      const masks = engine.checkMatrix({ tokens, descriptors: repeated, desired, mapping });
      const singles = tokens.flatMap((token) =>
        repeated.map((descriptor) => maskOf(engine.check({ token, descriptor, desired, mapping }))),
      );
      expect([...masks]).toEqual(singles);
    }
  });

  it.each([
    ["an engine with room", engine],
    ["an engine that is emptied again and again", small],
  ])("a scan of bytes in %s is check repeated", (_which, which) => {
    const { bytes, offsets } = concatenated(repeated.map((descriptor) => descriptor.toBytes()));
    for (const { descriptor: _, audit: __, ...options } of asked.slice(0, 40)) {
      const { access, faults } = which.scanBytes({ ...options, bytes, offsets });
      const singles = repeated.map((descriptor) => maskOf(engine.check({ ...options, descriptor })));
      expect([...access]).toEqual(singles);
      expect(faults).toEqual([]);
    }
  });

  it("bytes that a stranger has been at are read in passing as they are read whole", () => {
    const random = randomFrom(7);
    const parts = Array.from({ length: 4000 }, (_, i) => {
      const bytes = descriptors[i % descriptors.length].toBytes();
      const hits = random.below(4);
      for (let hit = 0; hit < hits; hit++) bytes[random.below(bytes.length)] = random.below(256);
      return random.below(20) === 0 ? bytes.slice(0, random.below(bytes.length + 1)) : bytes;
    });
    const { token, mapping } = asked[3];
    const want = 0x20001;
    const { access, faults } = engine.scanBytes({ token, desired: want, mapping, ...concatenated(parts) });
    const broken = new Map(faults.map(({ index, offset }) => [index, offset]));
    const { offsets } = concatenated(parts);
    parts.forEach((part, i) => {
      let descriptor: SecurityDescriptor;
      try {
        descriptor = SecurityDescriptor.fromBytes(part);
      } catch (error) {
        expect(isSallyportError(error) && access[i]).toBe(0);
        expect(broken.get(i), `descriptor ${i}`).toBe(offsets[i] + (engine.probeDescriptor(part).offset ?? -1));
        return;
      }
      expect(broken.has(i), `descriptor ${i}`).toBe(false);
      expect(access[i]).toBe(maskOf(engine.check({ token, descriptor, desired: want, mapping })));
    });
    expect(broken.size).toBeGreaterThan(100);
  });
});

describe("a set", () => {
  const descriptor = SecurityDescriptor.parse("O:SYG:SYD:(A;;FR;;;WD)");
  const question = { ...requests(1, 5)[0], desired: 1, mapping: "file" } as const;
  const { token } = question;

  it("of bytes is a set of their descriptors", () => {
    const parts = [descriptor, SecurityDescriptor.parse("D:"), descriptor].map((one) => one.toBytes());
    const { bytes, offsets } = concatenated(parts);
    const set = DescriptorSet.fromBytes(bytes, offsets);
    bytes.fill(0);
    expect([set.size, set.distinct]).toEqual([3, 2]);
    const ofValues = DescriptorSet.of(parts.map((one) => SecurityDescriptor.fromBytes(one)));
    const [a, b] = [set, ofValues].map((descriptors) =>
      engine.checkMany({ token, descriptors, desired: 1, mapping: "file" }),
    );
    expect(a).toEqual(b);
  });

  it("serves engines by turns, emptied or not", () => {
    const asked = requests(200, 17, PLAIN);
    const descriptors = asked.map((one) => one.descriptor);
    const set = DescriptorSet.of(descriptors);
    for (const { token, desired, mapping } of asked.slice(0, 12)) {
      const expected = descriptors.map((one) => maskOf(engine.check({ token, descriptor: one, desired, mapping })));
      for (const which of [engine, small, engine]) {
        expect([...which.checkMany({ token, descriptors: set, desired, mapping })]).toEqual(expected);
        which.reset();
      }
    }
  });

  it("refuses what is no descriptor when it is first read", () => {
    const set = DescriptorSet.fromBytes(new Uint8Array(24), Uint32Array.of(0, 24));
    const error = thrownBy(() => engine.checkMany({ token, descriptors: set, desired: 1, mapping: "file" }));
    expect(error).toMatchObject({ code: "ERR_DESCRIPTOR", offset: 0 });
    expect(thrownBy(() => DescriptorSet.of([1 as never]))).toMatchObject({ code: "ERR_ARGUMENT" });
  });

  it("of nothing has nothing", () => {
    const none = DescriptorSet.of([]);
    expect(engine.checkMany({ token, descriptors: none, desired: 1, mapping: "file" })).toHaveLength(0);
    expect(engine.checkMatrix({ tokens: [], descriptors: [descriptor], desired: 1, mapping: "file" })).toHaveLength(0);
  });

  it("writes where it is told, and refuses what is too short", () => {
    const into = new Uint32Array(4).fill(9);
    const masks = engine.checkMany({
      token,
      descriptors: DescriptorSet.of([descriptor]),
      desired: 1,
      mapping: "file",
      into,
    });
    expect(masks.buffer).toBe(into.buffer);
    expect([...into.subarray(1)]).toEqual([9, 9, 9]);
    const short = {
      token,
      descriptors: [descriptor, descriptor],
      desired: 1,
      mapping: "file",
      into: new Uint32Array(1),
    } as const;
    expect(thrownBy(() => engine.checkMany(short))).toMatchObject({ code: "ERR_ARGUMENT", path: ["into"] });
  });

  it.each([
    ["descend", [0, 8, 4]],
    ["leave the bytes", [0, 25]],
    ["are none", []],
  ])("refuses offsets that %s", (_what, offsets) => {
    const bytes = new Uint8Array(24);
    const error = thrownBy(() => DescriptorSet.fromBytes(bytes, Uint32Array.from(offsets)));
    expect(error).toMatchObject({ code: "ERR_ARGUMENT" });
    const scan = thrownBy(() =>
      engine.scanBytes({ token, desired: 1, mapping: "file", bytes, offsets: Uint32Array.from(offsets) }),
    );
    expect(scan).toMatchObject({ code: "ERR_ARGUMENT" });
  });
});
