/** Laws of the checker: on a kernel of its own, the answers of the engine, to the last member. */

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Checker, Engine, GenericMapping, isSallyportError } from "../../src/index.js";
import { EVERYTHING, request as generate } from "../differential/generator.js";
import { randomFrom } from "../differential/random.js";
import { engineRequest } from "../differential/run.js";

const engine = new Engine({ seed: 1 });
const PLAIN = { ...EVERYTHING, conditions: false, policies: false, mandatory: false };

function answerOf(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    if (!isSallyportError(error)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

describe.each([
  ["everything", EVERYTHING, 4000],
  ["plain lists", PLAIN, 4000],
])("of %s", (_name, features, count) => {
  it.each([
    ["a checker with room", undefined],
    ["one that is emptied again and again", 4 << 20],
  ])("%s answers what the engine answers", (_which, maximumMemory) => {
    const checker = new Checker({ seed: 2, ...(maximumMemory !== undefined && { maximumMemory }) });
    const random = randomFrom(77);
    const seen = new Map<string, number>();
    for (let i = 0; i < count; i++) {
      const asked = engineRequest(generate(random, features));
      const { token, descriptor, desired, mapping } = asked;
      // Four members of values that are resident go the short way; a value is resident with one at a time.
      const [answer, plainly] = [asked, { token, descriptor, desired, mapping }].map((request) =>
        answerOf(() => checker.check(request)),
      );
      expect(answer, `request ${i}`).toEqual(answerOf(() => engine.check(asked)));
      expect(plainly, `request ${i}, plainly`).toEqual(
        answerOf(() => engine.check({ token, descriptor, desired, mapping })),
      );
      const status = typeof answer === "object" ? (answer as { status: string }).status : "refused";
      seen.set(status, (seen.get(status) ?? 0) + 1);
    }
    expect(seen.get("STATUS_SUCCESS")).toBeGreaterThan(count / 50);
    expect(seen.get("STATUS_ACCESS_DENIED")).toBeGreaterThan(count / 50);
  });

  it("a batch is the engine's", () => {
    const checker = new Checker();
    const random = randomFrom(78);
    const asked = Array.from({ length: 300 }, () => engineRequest(generate(random, features)));
    const descriptors = asked.map(({ descriptor }) => descriptor);
    for (const { token, desired, mapping } of asked.slice(0, 40)) {
      const whole = { token, descriptors, desired, mapping };
      expect(checker.checkMany(whole)).toEqual(engine.checkMany(whole));
    }
  });
});

describe("a checker", () => {
  it("has a kernel that cannot filter, scan or evaluate a condition alone", () => {
    const module = new WebAssembly.Module(readFileSync(new URL("../../build/check-kernel.wasm", import.meta.url)));
    const names = WebAssembly.Module.exports(module).map(({ name }) => name);
    expect(() => Engine.from(module)).toThrow("the module is a checker's kernel");
    expect(names).toContain("checkPlain");
    expect(names.filter((name) => ["filter", "filteredImage", "scan", "gather", "condition"].includes(name))).toEqual(
      [],
    );
  });

  it("also runs on the whole kernel, compiled elsewhere", () => {
    const module = new WebAssembly.Module(readFileSync(new URL("../../build/kernel.wasm", import.meta.url)));
    const random = randomFrom(79);
    const checker = Checker.from(module);
    for (let i = 0; i < 50; i++) {
      const asked = engineRequest(generate(random, EVERYTHING));
      expect(answerOf(() => checker.check(asked))).toEqual(answerOf(() => engine.check(asked)));
    }
  });

  it("takes numbers for rights, and says what reads their names", () => {
    const { token, descriptor } = engineRequest(generate(randomFrom(80), PLAIN));
    const asked = { token, descriptor, desired: "FR", mapping: GenericMapping.of("file") };
    expect(() => new Checker().check(asked)).toThrow(/parseMask/);
  });
});
