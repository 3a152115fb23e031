/** Laws of the engine as a machine: its memory, its seed, its company and its batches change no verdict. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccessToken, Ace, Engine, SecurityDescriptor, Sid } from "../../src/index.js";
import { answer } from "../../src/interchange/index.js";
import {
  aces,
  descriptorIn,
  descriptorOf,
  EVERYTHING,
  filterOptions,
  options,
  request,
  scene,
  specific,
  token,
} from "./arbitraries.js";
import { law } from "./law.js";

const engine = new Engine({ seed: 1 });

describe("many at once", () => {
  const world = { ...EVERYTHING };
  law(
    "checkMany is check repeated",
    fc.record({
      who: token(world),
      scenes: fc.array(scene(world), { maxLength: 8 }),
      desired: fc.oneof(specific, fc.constant(0x02000000)),
      more: options(world),
    }),
    ({ who, scenes, desired, more }) => {
      const descriptors = scenes.map(descriptorIn);
      const masks = engine.checkMany({ token: who, descriptors, desired, ...more });
      const singles = descriptors.map((descriptor) => engine.check({ token: who, descriptor, desired, ...more }));
      expect([...masks]).toEqual(singles.map(({ granted, access }) => (granted ? access : 0)));
    },
  );

  law(
    "lines in a batch are answered as each alone",
    fc.array(
      fc.record({
        who: token(world),
        where: scene(world),
        desired: specific,
        asking: filterOptions,
        filters: fc.boolean(),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    (lines) => {
      const texts = lines.map(({ who, where, desired, asking, filters }, id) =>
        filters
          ? JSON.stringify({ id, op: "filter", token: who, ...asking })
          : JSON.stringify({
              id,
              op: "check",
              token: who,
              descriptor: { hex: Buffer.from(descriptorIn(where).toBytes()).toString("hex") },
              desired,
              mapping: "file",
              explain: id % 2 === 0,
            }),
      );
      const together = texts.map((text) => answer(text, engine));
      expect(
        texts
          .toReversed()
          .map((text) => answer(text, engine))
          .toReversed(),
      ).toEqual(together);
      expect(answer(texts[0], new Engine({ seed: 2, maximumMemory: 8 << 20 }))).toBe(together[0]);
      for (const text of together) expect(JSON.parse(text).error).toBeUndefined();
    },
    60,
  );
});

describe("the machine changes no verdict", () => {
  const others = [0, 1, 0xffffffff].map((seed) => new Engine({ seed }));

  law("the seed does not", request(EVERYTHING), (asked) => {
    const verdict = engine.check(asked);
    for (const other of others) expect(other.check(asked)).toEqual(verdict);
  });

  law(
    "engines in turns, on the same values, do not",
    fc.array(request(EVERYTHING), { minLength: 2, maxLength: 4 }),
    (questions) => {
      const verdicts = questions.map((asked) => engine.check(asked));
      for (let round = 0; round < 2; round++) {
        questions.forEach((asked, index) => {
          for (const each of [others[index % 3], engine]) expect(each.check(asked)).toEqual(verdicts[index]);
        });
      }
    },
    150,
  );

  law("a reset does not", request(EVERYTHING), (asked) => {
    const verdict = engine.check(asked);
    engine.reset();
    expect(engine.check(asked)).toEqual(verdict);
    engine.reset();
    expect(engine.explain(asked).verdict).toEqual(verdict);
  });

  law(
    "what was asked before does not",
    fc.tuple(request(EVERYTHING), request(EVERYTHING)),
    ([first, second]) => {
      const fresh = new Engine({ seed: 1, maximumMemory: 8 << 20 });
      const alone = fresh.check(second);
      engine.explain(first);
      expect(engine.check(second)).toEqual(alone);
    },
    60,
  );

  it("a full arena does not: 4 MiB and thousands of descriptors", { timeout: 60_000 }, () => {
    const small = new Engine({ maximumMemory: 4 << 20, seed: 3 });
    const [world, tokens] = [{ ...EVERYTHING, objects: false }, fc.sample(token(EVERYTHING), { seed: 5, numRuns: 5 })];
    const lists = fc.sample(aces(world, "any", 40), { seed: 4, numRuns: 2500 });
    const descriptors = lists.map((list, i) =>
      descriptorOf(i % 2 === 0 ? "S-1-5-21-1-2-3-1001" : null, numbered(list, i)),
    );
    const generations = new Set<number>();
    for (const who of tokens) {
      const asked = { token: who, desired: 0x02000000, mapping: "file" } as const;
      const masks = small.checkMany({ ...asked, descriptors });
      expect(masks).toEqual(engine.checkMany({ ...asked, descriptors }));
      descriptors.forEach((descriptor, i) => {
        if (i % 10 === 0) expect(small.check({ ...asked, descriptor }).access).toBe(masks[i]);
        generations.add((SecurityDescriptor.residencyOf(descriptor) as { generation: number }).generation);
      });
    }
    expect(generations.size, "the arena was emptied").toBeGreaterThan(3);
  });

  /** The same ACEs and many for somebody new, so that SIDs fill their table too. */
  function numbered(list: readonly Ace[], i: number): readonly Ace[] {
    const stranger = Ace.allow(1, Sid.parse(`S-1-5-21-4-4-4-${i}`));
    return [...list, ...Array.from({ length: 100 }, () => stranger)];
  }

  it("filtering in a full arena leaves the same", () => {
    const small = new Engine({ maximumMemory: 4 << 20 });
    const sids = Array.from({ length: 1000 }, (_, i) => `S-1-5-21-1-2-3-4-5-6-7-8-9-10-11-${i}`);
    const source = AccessToken.create({ user: "S-1-5-18", groups: sids, restrictedSids: sids });
    for (let i = 0; i < 60; i++) {
      const asking = { sidsToDisable: sids.slice(i * 10, i * 10 + 10), restrictedSids: sids.slice(0, 100 + i) };
      expect(small.filterToken(source.with({}), asking).toJSON()).toEqual(engine.filterToken(source, asking).toJSON());
    }
  });
});
