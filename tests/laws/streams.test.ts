/** Laws of streams: batch by batch the verdicts of `check`, whatever comes and however much. */

import { describe, expect, it } from "vitest";
import { Engine, SecurityDescriptor, type StreamBatch } from "../../src/index.js";
import { EVERYTHING, request as generate } from "../differential/generator.js";
import { randomFrom } from "../differential/random.js";
import { engineRequest } from "../differential/run.js";
import { damaged } from "./foreign-bytes.js";

const engine = new Engine({ seed: 1 });
const small = new Engine({ seed: 1, maximumMemory: 4 << 20 });
const random = randomFrom(97);
const asked = Array.from({ length: 300 }, () => engineRequest(generate(random, EVERYTHING)));

/** Every batch, each beginning where the one before ended. */
async function gathered(batches: AsyncIterable<StreamBatch>) {
  const access: number[] = [];
  const faults = new Map<number, number>();
  for await (const batch of batches) {
    expect(batch.first).toBe(access.length);
    expect(batch.access.length).toBeLessThanOrEqual(1024);
    access.push(...batch.access);
    for (const { index, offset } of batch.faults) faults.set(index, offset);
  }
  return { access, faults };
}

describe.each([
  ["an engine with room", engine],
  ["an engine that is emptied again and again", small],
])("a stream in %s", (_which, which) => {
  it("is check repeated, for values and for bytes", async () => {
    for (const { descriptor: _, audit: __, ...options } of asked.slice(0, 12)) {
      const descriptors = Array.from({ length: 2500 }, (_unused, i) => asked[(i * 7) % asked.length].descriptor);
      const singles = descriptors.map((descriptor) => {
        const { granted, access } = engine.check({ ...options, descriptor });
        return granted ? access : 0;
      });
      const mixed = descriptors.map((descriptor, i) => (i % 2 === 0 ? descriptor : descriptor.toBytes()));
      const { access, faults } = await gathered(which.checkStream({ ...options, descriptors: mixed }));
      expect(access).toEqual(singles);
      expect(faults.size).toBe(0);
    }
  });

  it("names bytes that are no descriptor, and never grants for them", async () => {
    const parts = damaged(
      asked.map(({ descriptor }) => descriptor),
      6000,
      randomFrom(5),
    );
    const { token, mapping } = asked[3];
    const options = { token, mapping, desired: 0x20001 };
    const { access, faults } = await gathered(which.checkStream({ ...options, descriptors: parts }));
    expect(access).toHaveLength(parts.length);
    parts.forEach((part, i) => {
      const { offset } = engine.probeDescriptor(part);
      expect(faults.get(i) ?? null, `descriptor ${i}`).toBe(offset);
      const single =
        offset === null ? engine.check({ ...options, descriptor: SecurityDescriptor.fromBytes(part) }) : null;
      expect(access[i], `descriptor ${i}`).toBe(single?.granted ? single.access : 0);
    });
    expect(faults.size).toBeGreaterThan(100);
  });
});

it("a stream four times as long as the arena is answered in it", async () => {
  const descriptor = SecurityDescriptor.parse(`O:SYG:SYD:${"(A;;0x100;;;BA)".repeat(600)}(A;;FR;;;WD)`);
  const bytes = descriptor.toBytes();
  const count = Math.ceil((16 << 20) / bytes.length);
  const source = function* () {
    for (let i = 0; i < count; i++) yield i % 2 === 0 ? bytes : SecurityDescriptor.fromBytes(bytes);
  };
  const { token } = asked[0];
  const wanted = engine.check({ token, descriptor, desired: 1, mapping: "file" }).access;
  const { access } = await gathered(small.checkStream({ token, desired: 1, mapping: "file", descriptors: source() }));
  expect(access).toEqual(Array(count).fill(wanted));
});
