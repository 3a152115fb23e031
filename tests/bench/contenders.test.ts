/**
 * The contenders of the benchmark answer the same questions the same way, and one that does not is caught. Nothing is
 * timed here, and no peer from npm is needed.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { kernelAlone, openInternals } from "../../bench/kernel-alone.mjs";
import { Native, nativeLane, nativeMatrix } from "../../bench/native.mjs";
import { check, checkMany, checkManyEach, checkMatrix, checkSet, readAndCheck, scanBytes } from "../../bench/ours.mjs";
import { compareVerdicts, race } from "../../bench/race.mjs";
import { asBytes, nativeRawBytes } from "../../bench/raw-bytes.mjs";
import { accessCheck, FILE_MAPPING, minimalLoop, thirtyLines } from "../../bench/set-loop.mjs";
import { compileSpecialised, specialisedLoop } from "../../bench/specialised.mjs";
import { gatheredTypedArrays, typedArrays } from "../../bench/typed-arrays.mjs";
import { coreWorkloads, distinct, drawn, everyThird, matrixOf, maximumAllowed } from "../../bench/workloads.mjs";
import { AccessToken, Ace, Acl, Engine, SecurityDescriptor, Sid } from "../../src/index.js";

interface Contender {
  readonly name: string;
  prepare(workload: unknown): object;
}

const folder = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
const native = new Native(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const loops: Contender[] = [
  { name: "thirty lines", prepare: thirtyLines },
  { name: "minimal", prepare: minimalLoop },
  { name: "typed arrays", prepare: typedArrays },
];

/** Has each contender answer; those that name a reason not to are left out. */
function compare(workload: { name: string; draws: ArrayLike<number> }, contenders: readonly Contender[]) {
  const prepared = contenders
    .map(({ name, prepare }) => ({ name, answers: prepare(workload) }))
    .filter(({ answers }) => !("skip" in answers));
  return compareVerdicts(workload, prepared);
}

describe("the contenders agree on", () => {
  for (const workload of [...coreWorkloads(200), everyThird]) {
    it(workload.name, () => compare(workload, [check, checkMany, checkSet, ...loops, nativeLane(native)]));
  }

  it("W1 to W4, the kernel alone and the loop that knows plain ACEs only", async () => {
    const kernels = kernelAlone(await openInternals(folder));
    const loop = specialisedLoop(await compileSpecialised(folder));
    for (const workload of [...coreWorkloads(2000), everyThird]) {
      // A driver that no longer knows the kernel's boundary would leave itself out.
      for (const { prepare } of kernels) expect(prepare(workload)).not.toHaveProperty("skip");
      await compare(workload, [check, ...kernels, loop]);
    }
  }, 120_000);

  it("everything that is allowed", () => compare(maximumAllowed, [check, checkMany, nativeLane(native)]));

  it("descriptors of which many are equal", () => {
    const gathered = { name: "gathered", prepare: gatheredTypedArrays };
    return compare(drawn("shared", 300, 40), [check, checkSet, gathered, nativeLane(native, "shared")]);
  });

  it("descriptors that exist one at a time", () =>
    compare(distinct("distinct", 300), [...loops.slice(2), checkSet, nativeLane(native)]));

  it("a matrix", () => compare(matrixOf("matrix", 5, 40), [checkManyEach, checkMatrix, nativeMatrix(native)]));

  it("raw bytes", () => compare(asBytes(drawn("W4", 100, 40)), [readAndCheck, scanBytes, nativeRawBytes(native)]));

  it("some granted and some refused", () => {
    const { one } = check.prepare(drawn("W4", 100, 100));
    const granted = Array.from({ length: 100 }, (_, index) => one(index)).filter((access) => access !== 0);
    expect(granted.length).toBeGreaterThan(20);
    expect(granted.length).toBeLessThan(80);
  });
});

describe("a contender that says otherwise is named", () => {
  const workload = { name: "W", draws: [0, 1, 0] };
  const measure = { name: "first", answers: { one: (index: number) => index === 0 } };
  const against = (answers: object) => compareVerdicts(workload, [measure, { name: "other", answers }]);

  it("for a single question", async () => {
    await expect(against({ one: () => true })).rejects.toThrow("W, descriptor 1: first says false, other says true");
    await expect(against({ one: async (index: number) => index === 0 })).resolves.toBeUndefined();
  });

  it("for all at once", async () => {
    await expect(against({ all: () => [1, 0, 0] })).rejects.toThrow("W, descriptor 0: first says true, other says 0");
    await expect(against({ all: () => [1, 0, 1] })).resolves.toBeUndefined();
  });
});

it("a race tells a figure for each contender, and why there is none", async () => {
  const measured = { name: "timed", prepare: () => ({ all: () => [1, 1], timed: { run: () => 0, decisions: 2 } }) };
  const itself = { name: "times itself", prepare: () => ({ all: () => [1, 1], nanoseconds: () => 7 }) };
  const absent = { name: "absent", prepare: () => ({ skip: "no masks" }) };
  const context = {
    rounds: 1,
    milliseconds: 1,
    warmUpMilliseconds: 0,
    progress: () => {},
    mitata: { measure: async () => ({ p50: 10 }), do_not_optimize: () => {} },
  };
  const outcome = await race({ name: "W", draws: [0, 0] }, [measured, itself, absent], context);
  expect(outcome.results.map(({ name, nanoseconds }) => [name, nanoseconds])).toEqual([
    ["timed", 5],
    ["times itself", 7],
  ]);
  expect(outcome.skipped).toEqual([{ name: "absent", why: "no masks" }]);
});

describe("the thirty lines", () => {
  const engine = new Engine();
  const sids = ["S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1002", "S-1-5-32-545", "S-1-5-11", "S-1-5-12"];
  const masks = [0x1, 0x2, 0x20000, 0x40000, 0x60003, 0x80000000, 0x40000000, 0x20000000, 0x10000000];

  it("say what the engine says of plain descriptors", () => {
    let state = 1;
    const pick = <T>(from: readonly T[]): T => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return from[Math.floor((state / 2 ** 32) * from.length)];
    };
    const verdicts = new Set<boolean>();
    for (let round = 0; round < 3000; round++) {
      const aces = Array.from({ length: pick([0, 1, 2, 4]) }, () => ({
        type: pick(["allow", "allow", "deny"]),
        flags: pick([0, 0, 0, 0x0b]),
        mask: pick(masks),
        sid: pick(sids),
      }));
      const restricting = pick([null, null, sids.slice(2), sids.slice(0, 2)]);
      const owner = pick(sids);
      const desired = pick(masks);
      const granted = accessCheck(
        { enabled: new Set([sids[0], sids[2]]), denyOnly: new Set([sids[1]]), restricting: setOf(restricting) },
        { owner, dacl: aces },
        desired,
        FILE_MAPPING,
      );
      const token = AccessToken.create({
        user: sids[0],
        groups: [sids[2], { sid: sids[1], attributes: 0x10 }],
        restrictedSids: restricting,
      });
      const dacl = Acl.of(aces.map(aceOf));
      const descriptor = SecurityDescriptor.of({ owner: Sid.parse(owner), group: Sid.parse(owner), dacl });
      const { access } = engine.check({ token, descriptor, desired, mapping: "file" });
      expect(granted >>> 0, JSON.stringify({ aces, restricting, owner, desired })).toBe(access);
      verdicts.add(access !== 0);
    }
    expect(verdicts.size).toBe(2);
  });
});

const setOf = (sids: readonly string[] | null) => (sids === null ? null : new Set(sids));

const aceOf = ({ type, flags, mask, sid }: { type: string; flags: number; mask: number; sid: string }): Ace =>
  (type === "allow" ? Ace.allow : Ace.deny)(mask, Sid.parse(sid), flags);
