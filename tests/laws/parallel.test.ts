/** Laws of threads: what is cut in pieces and decided elsewhere is what one engine decides. */

import { afterAll, describe, expect, it } from "vitest";
import { DescriptorSet, Engine, parseSidOrAlias } from "../../src/index.js";
import { crossingOf, landed } from "../../src/parallel/crossing.js";
import { overWorkers } from "../api/built-worker.js";
import { filterRequest } from "../differential/generate-filter.js";
import { EVERYTHING, request as generate } from "../differential/generator.js";
import { randomFrom } from "../differential/random.js";
import { engineRequest } from "../differential/run.js";
import { tokenTo } from "../differential/to-values.js";
import { concatenated, damaged } from "./foreign-bytes.js";

const engine = new Engine({ seed: 1 });
const random = randomFrom(2_026);
const asked = Array.from({ length: 600 }, () => engineRequest(generate(random, EVERYTHING)));
const descriptors = asked.map(({ descriptor }) => descriptor);
const repeated = [...descriptors, ...descriptors.toReversed()];

describe.each([
  ["three threads", { threads: 3, seed: 1 }],
  ["a thread with a small arena", { threads: 1, seed: 1, maximumMemory: 4 << 20 }],
])("on %s", (_name, options) => {
  const { parallel, started } = overWorkers(options);
  afterAll(() => parallel.close());

  it("a scan is the scan of one engine, masks and faults", async () => {
    const parts = [...repeated.map((descriptor) => descriptor.toBytes()), ...damaged(descriptors, 2000, random)];
    const { bytes, offsets } = concatenated(parts);
    let faulty = 0;
    for (const { descriptor: _, audit: __, ...request } of asked.slice(0, 15)) {
      const whole = engine.scanBytes({ ...request, bytes, offsets });
      expect(await parallel.scanBytes({ ...request, bytes, offsets })).toEqual(whole);
      faulty += whole.faults.length;
    }
    expect(faulty).toBeGreaterThan(1000);
  });

  it("a matrix and a set are those of one engine", async () => {
    const tokens = asked.slice(0, 12).map(({ token }) => token);
    const set = DescriptorSet.of(repeated);
    for (const { descriptor: _, audit: __, token, ...request } of asked.slice(0, 8)) {
      const whole = engine.checkMatrix({ ...request, tokens, descriptors: set });
      expect(await parallel.checkMatrix({ ...request, tokens, descriptors: set })).toEqual(whole);
      expect(await parallel.checkMatrix({ ...request, tokens, descriptors: repeated })).toEqual(whole);
      const many = engine.checkMany({ ...request, token, descriptors: repeated });
      expect(await parallel.checkMany({ ...request, token, descriptors: set })).toEqual(many);
      expect(await parallel.checkMany({ ...request, token, descriptors: repeated })).toEqual(many);
    }
  });

  it("all of them had work, and none saw the whole", () => {
    expect(started).toHaveLength(options.threads);
    for (const { said } of started) expect(said.length).toBeGreaterThan(10);
  });
});

describe("what crosses to a thread", () => {
  it("is every generated request", () => {
    for (const { descriptor: _, audit: __, principalSelf, ...request } of asked) {
      const self = principalSelf === undefined ? undefined : parseSidOrAlias(String(principalSelf));
      expect(crossingOf([request.token], { ...request, principalSelf: self })).not.toBeNull();
    }
  });

  it("is every token that filtering makes", () => {
    const seen = randomFrom(8);
    const mapping = { read: 0, write: 0, execute: 0, all: 0 };
    let filtered = 0;
    for (let i = 0; i < 1000; i++) {
      const { token: source, flags, sidsToDisable, restrictedSids } = filterRequest(seen);
      const { token } = engine.tryFilterToken(tokenTo(source), { flags, sidsToDisable, restrictedSids });
      if (token === null) continue;
      filtered++;
      const crossing = crossingOf([token], { token, desired: 1, mapping });
      if (crossing === null) throw new Error(`token ${i} does not cross`);
      const { tokens } = landed(structuredClone(crossing));
      for (const descriptor of descriptors.slice(i % 500, (i % 500) + 10)) {
        const request = { descriptor, desired: 0x02000000, mapping: "file" } as const;
        expect(engine.check({ ...request, token: tokens[0] })).toEqual(engine.check({ ...request, token }));
      }
    }
    expect(filtered).toBeGreaterThan(300);
  });
});
