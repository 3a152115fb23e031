/** Threads: how they start, fail and end, and that errors arrive as what they were. */

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  DescriptorSet,
  Engine,
  EngineError,
  FormatError,
  type ScanRequest,
  SecurityDescriptor,
} from "../../src/index.js";
import { crossingOf } from "../../src/parallel/crossing.js";
import { ParallelEngine } from "../../src/parallel/index.js";
import type { Hearing } from "../../src/parallel/start-worker.js";
import { type Answer, errorOf, perform, type Task } from "../../src/parallel/task.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import { concatenated } from "../laws/foreign-bytes.js";
import { overWorkers } from "./built-worker.js";
import { sd, thrownBy, token } from "./questions.js";

const engine = new Engine();
const parts = Array.from({ length: 4000 }, (_, i) =>
  sd(`D:(${i % 3 === 0 ? "A" : "D"};;FR;;;WD)(A;;FW;;;SY)`).toBytes(),
);
const request = { token: token(), desired: 1, mapping: "file", ...concatenated(parts) } as const;
const whole = engine.scanBytes(request);

/** What a promise is rejected with; fails when it is not. */
// biome-ignore lint/suspicious/noExplicitAny: errors are read member by member
const rejection = (promise: Promise<unknown>): Promise<any> =>
  promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error) => error,
  );

/** An engine over ports that are no workers: `reply` says what each message is answered with; undefined: nothing. */
function overPorts(threads: number, reply: (message: unknown, hearing: Hearing) => unknown) {
  const ended: number[] = [];
  let started = 0;
  const parallel = new ParallelEngine({ threads }, compileKernel(), (hearing) => {
    const number = started++;
    return {
      post(message) {
        const answer = reply(message, hearing);
        if (answer !== undefined) queueMicrotask(() => hearing.heard(answer));
      },
      hold() {},
      end: () => void ended.push(number),
    };
  });
  return { parallel, ended };
}

const greeted = (message: unknown): true | undefined => ("module" in (message as object) ? true : undefined);

describe("threads", () => {
  it("run what they are asked to: as many as wanted, pieces of it each", async () => {
    const { parallel, started } = overWorkers({ threads: 2 });
    expect(await parallel.threads()).toBe(2);
    expect(await parallel.scanBytes(request)).toEqual(whole);
    const tasks = started.flatMap(({ said }) => said.slice(1)) as Task[];
    expect(tasks.length).toBeGreaterThan(2);
    expect(started.every(({ said }) => said.length > 1)).toBe(true);
    // The bytes were given away.
    expect(tasks.every(({ bytes }) => bytes.length === 0)).toBe(true);
    await parallel.close();
  });

  it("read shared memory where it is", async () => {
    const { parallel, started } = overWorkers({ threads: 2 });
    const bytes = new Uint8Array(new SharedArrayBuffer(request.bytes.length));
    bytes.set(request.bytes);
    expect(await parallel.scanBytes({ ...request, bytes })).toEqual(whole);
    const tasks = started.flatMap(({ said }) => said.slice(1)) as Task[];
    expect(tasks.every((task) => task.bytes.buffer === bytes.buffer)).toBe(true);
    await parallel.close();
  });

  it("take the request as it was when it was made", async () => {
    const { parallel } = overWorkers({ threads: 2 });
    const bytes = request.bytes.slice();
    const offsets = request.offsets.slice();
    const answer = parallel.scanBytes({ ...request, bytes, offsets });
    bytes.fill(0);
    offsets.fill(0);
    expect(await answer).toEqual(whole);
    await parallel.close();
  });

  it("read each member of a matrix once, wherever it comes from, as one engine does", async () => {
    const members = { tokens: [token()], descriptors: [sd("D:(A;;FR;;;WD)")], desired: 1, mapping: "file" } as const;
    const reads = async (ask: (request: typeof members) => unknown) => {
      const counted: Record<string, number> = {};
      const inherited = {};
      for (const [name, value] of Object.entries(members)) {
        const get = () => {
          counted[name] = (counted[name] ?? 0) + 1;
          return value;
        };
        Object.defineProperty(inherited, name, { get });
      }
      expect(await ask(Object.create(inherited))).toEqual(Uint32Array.of(1));
      return counted;
    };
    const parallel = new ParallelEngine({ threads: 0 });
    expect(await reads((asked) => parallel.checkMatrix(asked))).toEqual({
      tokens: 1,
      descriptors: 1,
      desired: 1,
      mapping: 1,
    });
    expect(await reads((asked) => engine.checkMatrix(asked))).toEqual({
      tokens: 1,
      descriptors: 1,
      desired: 1,
      mapping: 1,
    });
  });

  it("write where they are told", async () => {
    const { parallel } = overWorkers({ threads: 1 });
    const into = new Uint32Array(parts.length + 1).fill(9);
    const { access } = await parallel.scanBytes({ ...request, into });
    expect(access.buffer).toBe(into.buffer);
    expect([...into]).toEqual([...whole.access, 9]);
    await parallel.close();
  });
});

describe("in process", () => {
  const nowhere = new URL("file:///no/such/worker.js");
  it.each([
    ["where none are wanted", () => new ParallelEngine({ threads: 0 })],
    ["where there are no workers", () => new ParallelEngine({ threads: 2 }, compileKernel(), () => null)],
    ["where workers do not start", () => overWorkers({ threads: 2 }, nowhere).parallel],
    [
      "where starting one throws",
      () =>
        new ParallelEngine({ threads: 2 }, compileKernel(), () => {
          throw new Error("not allowed");
        }),
    ],
  ])("the same calls run %s", async (_where, make) => {
    const parallel = make();
    expect(await parallel.threads()).toBe(0);
    expect(await parallel.scanBytes(request)).toEqual(whole);
    const set = DescriptorSet.fromBytes(request.bytes, request.offsets);
    const { token: who, desired, mapping } = request;
    expect(await parallel.checkMany({ token: who, desired, mapping, descriptors: set })).toEqual(whole.access);
    const wrong = await rejection(parallel.scanBytes({ ...request, desired: "NONSENSE" }));
    expect(wrong).toMatchObject({ code: "ERR_ARGUMENT", path: ["desired"] });
    await parallel.close();
    expect(await rejection(parallel.scanBytes(request))).toBeInstanceOf(EngineError);
  });

  it("what does not cross is decided, as any request is", async () => {
    const { parallel, started } = overWorkers({ threads: 1 });
    // S-1-5 without sub-authorities: there is no text that reads back to it.
    const header = Uint8Array.of(1, 0, 0, 128, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 5);
    const { owner } = SecurityDescriptor.fromBytes(header);
    if (owner === null) throw new Error("no owner");
    expect(await parallel.scanBytes({ ...request, principalSelf: owner })).toEqual(whole);
    const strange = token({ groups: [owner] });
    const { access } = engine.scanBytes({ ...request, token: strange });
    expect((await parallel.scanBytes({ ...request, token: strange })).access).toEqual(access);
    await parallel.threads();
    expect(started[0].said).toHaveLength(1);
    await parallel.close();
  });
});

describe("errors", () => {
  it("of arguments are those of one engine, and name the same", async () => {
    const { parallel, started } = overWorkers({ threads: 1 });
    const { bytes, offsets, ...options } = request;
    const different = distinct().map((descriptor) => descriptor.toBytes());
    const broken = concatenated([...different, new Uint8Array(30), ...parts]);
    const descriptors = DescriptorSet.fromBytes(broken.bytes, broken.offsets);
    const scans: Partial<Record<keyof ScanRequest | "typo", unknown>>[] = [
      { token: {} },
      { desired: -1 },
      { mapping: "nothing" },
      { typo: 1 },
      { bytes: [] },
      { offsets: Uint32Array.of(4, 0) },
      { offsets: new Uint32Array(0) },
      { into: new Uint32Array(1) },
      { policies: [{ sid: 1, rules: [] }] },
    ];
    for (const change of scans) {
      const asked = { ...request, ...change } as ScanRequest;
      expect(await rejection(parallel.scanBytes(asked))).toEqual(thrownBy(() => engine.scanBytes(asked)));
    }
    for (const change of [{ descriptors }, { descriptors: [1] }, { descriptors: 5 }, { descriptors: [], into: [] }]) {
      const asked = { ...options, ...change } as Parameters<Engine["checkMany"]>[0];
      expect(await rejection(parallel.checkMany(asked))).toEqual(thrownBy(() => engine.checkMany(asked)));
      const { token: who, ...others } = asked;
      const matrix = { ...others, tokens: [who] };
      expect(await rejection(parallel.checkMatrix(matrix))).toEqual(thrownBy(() => engine.checkMatrix(matrix)));
    }
    expect(started[0].said.length).toBeGreaterThan(4);
    const matrix = { ...options, token: undefined, tokens: [options.token, 1 as never], descriptors: [] };
    expect(await rejection(parallel.checkMatrix(matrix))).toMatchObject({ path: ["tokens", 1] });
    // None of these is a failure of the engine.
    expect(await parallel.scanBytes(request)).toEqual(whole);
    await parallel.close();
  });

  it("of a thread arrive as what they were", () => {
    const thrown = [
      new ArgumentError("ERR_LIMIT", ["policies", 3], "too many"),
      new ArgumentError("ERR_LIMIT", [], "too large"),
      new FormatError("ERR_DESCRIPTOR", 12, "no ACL"),
      new EngineError("the kernel trapped"),
    ];
    const crossing = crossingOf([request.token], { ...request, mapping: { read: 0, write: 0, execute: 0, all: 0 } });
    if (crossing === null) throw new Error("it does not cross");
    const task: Task = { kind: "scan", crossing, bytes: new Uint8Array(0), offsets: Uint32Array.of(0) };
    for (const error of thrown) {
      const answer = perform(throwing(error), task);
      if (!("failed" in answer)) throw new Error("it did not fail");
      const arrived = errorOf(structuredClone(answer));
      expect(arrived).toEqual(error);
      expect(arrived.constructor).toBe(error.constructor);
      expect({ ...arrived, message: arrived.message }).toEqual({ ...error, message: error.message });
    }
    const answer = perform(throwing(new RangeError("out of memory")), task);
    expect("failed" in answer && errorOf(answer)).toBeInstanceOf(EngineError);
  });

  it("refuses wrong numbers of threads", () => {
    for (const threads of [-1, 1.5, 65, "2" as never, null as never]) {
      expect(thrownBy(() => new ParallelEngine({ threads }))).toMatchObject({
        code: "ERR_ARGUMENT",
        path: ["threads"],
      });
    }
    expect(thrownBy(() => new ParallelEngine({ threads: 0, maximumMemory: 1 }))).toMatchObject({
      path: ["maximumMemory"],
    });
  });
});

describe("an end", () => {
  it("of a thread rejects what waits and what comes, and takes the other threads along", async () => {
    const hearings: Hearing[] = [];
    const { parallel, ended } = overPorts(3, (message, hearing) => {
      if (!("module" in (message as object)) && hearings.push(hearing) === 1) {
        queueMicrotask(() => hearing.ended(new Error("killed")));
      }
      return greeted(message);
    });
    const both = await Promise.all([
      rejection(parallel.scanBytes(request)),
      rejection(parallel.checkMany({ token: request.token, desired: 1, mapping: "file", descriptors: distinct() })),
    ]);
    for (const error of both) {
      expect(error).toBeInstanceOf(EngineError);
      expect(error.cause).toEqual(new Error("killed"));
    }
    expect(ended.toSorted()).toEqual([0, 1, 2]);
    expect(await rejection(parallel.scanBytes(request))).toBe(both[0]);
  });

  it("of a real thread does so too", async () => {
    const { parallel, started } = overWorkers({ threads: 2 });
    await parallel.threads();
    const answer = rejection(parallel.scanBytes(request));
    started[0].port.end();
    expect(await answer).toBeInstanceOf(EngineError);
  });

  it("is a thread whose engine failed", async () => {
    const failed: Answer = {
      failed: { name: "EngineError", code: "ERR_ENGINE", message: "the kernel trapped", path: [], offset: 0 },
    };
    const { parallel, ended } = overPorts(2, (message) => greeted(message) ?? failed);
    const error = await rejection(parallel.scanBytes(request));
    expect(error).toEqual(new EngineError("the kernel trapped"));
    expect(ended).toHaveLength(2);
    expect(await rejection(parallel.scanBytes(request))).toBe(error);
  });

  it("by close rejects what waits and what comes, once and for all", async () => {
    const { parallel, ended } = overPorts(2, greeted);
    await parallel.threads();
    const answer = rejection(parallel.scanBytes(request));
    await Promise.resolve();
    await parallel[Symbol.asyncDispose]();
    await parallel.close();
    expect(await answer).toEqual(new EngineError("this engine was closed"));
    expect(ended.toSorted()).toEqual([0, 1]);
    for (const late of [
      parallel.scanBytes(request),
      parallel.checkMatrix({ ...request, tokens: [], descriptors: [] }),
    ]) {
      expect(await rejection(late)).toBeInstanceOf(EngineError);
    }
  });

  it.each([
    ["left alone", "console.log(await engine.threads());", "2\n"],
    ["asked, and left alone", "console.log((await engine.scanBytes(request)).access.length);", "4096\n"],
    ["asked and not waited for", "engine.scanBytes(request).then(() => console.log('answered'));", "answered\n"],
  ])("of the process does not wait for threads that are %s", async (_how, lines, printed) => {
    const script = `
      import { AccessToken, SecurityDescriptor } from "sallyport";
      import { ParallelEngine } from "sallyport/parallel";
      const engine = new ParallelEngine({ threads: 2 });
      const one = SecurityDescriptor.parse("D:(A;;FR;;;WD)").toBytes();
      const bytes = new Uint8Array(one.length * 4096);
      for (let i = 0; i < 4096; i++) bytes.set(one, i * one.length);
      const offsets = Uint32Array.from({ length: 4097 }, (_, i) => i * one.length);
      const request = { token: AccessToken.create({ user: "S-1-5-18" }), desired: 1, mapping: "file", bytes, offsets };
      ${lines}`;
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const args = ["--input-type=module", "--eval", script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd, timeout: 20_000 });
    expect(stdout).toBe(printed);
  });
});

/** An engine that does nothing but throw, whatever it is asked. */
function throwing(error: Error): Engine {
  return new Proxy(engine, {
    get: () => () => {
      throw error;
    },
  });
}

/** As many distinct descriptors as make several pieces. */
function distinct(): SecurityDescriptor[] {
  return Array.from({ length: 2000 }, (_, i) => sd(`D:(A;;FR;;;S-1-5-21-1-2-3-${i})`));
}
