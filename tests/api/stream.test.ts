/** Streams of descriptors: what is read when, what is closed, what passes through. */

import { describe, expect, it } from "vitest";
import { Engine, SecurityDescriptor, type StreamBatch, type StreamRequest } from "../../src/index.js";
import { sd, thrownBy, token } from "./questions.js";

const engine = new Engine();
const open = sd("D:(A;;FR;;;WD)");
const shut = sd("D:");

function stream(descriptors: unknown, changes: object = {}) {
  const request = { token: token(), desired: 1, mapping: "file", ...changes } as const;
  return engine.checkStream({ ...request, descriptors: descriptors as StreamRequest["descriptors"] });
}

async function all<T>(batches: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

/** A source that says how far it was read, and whether it was closed. */
function watched(count: number, of: SecurityDescriptor | Uint8Array = open) {
  const seen = { read: 0, closed: 0 };
  function* source() {
    try {
      for (; seen.read < count; seen.read++) yield of;
    } finally {
      seen.closed++;
    }
  }
  return { seen, source: source() };
}

describe("a stream", () => {
  it("answers in order, from lists, generators and async ones", async () => {
    async function* slowly() {
      yield open;
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield shut.toBytes();
    }
    for (const descriptors of [[open, shut.toBytes()], new Set([open, shut]), slowly()]) {
      const batches = await all(stream(descriptors));
      expect(batches).toEqual([{ first: 0, access: Uint32Array.of(1, 0), faults: [] }]);
    }
    expect(await all(stream([]))).toEqual([]);
  });

  it("reads no further than it is asked, and closes its source when it is left", async () => {
    const { seen, source } = watched(1e9);
    for await (const { first, access } of stream(source)) {
      expect([first, access.length, seen.read]).toEqual([0, 1024, 1023]);
      expect(seen.closed).toBe(0);
      break;
    }
    expect(seen).toEqual({ read: 1023, closed: 1 });
  });

  it("ends a batch before a mebibyte, and keeps no memory of its source", async () => {
    const large = sd(`D:${"(A;;FR;;;WD)".repeat(3000)}`).toBytes();
    const scratch = large.slice();
    function* reusing() {
      for (let i = 0; i < 40; i++) {
        scratch.set(large);
        yield scratch;
        scratch.fill(0);
      }
    }
    const batches: StreamBatch[] = [];
    for await (const batch of stream(reusing())) {
      batches.push(batch);
      scratch.fill(0);
    }
    const most = Math.floor((1 << 20) / large.length);
    expect(batches.map(({ first }) => first)).toEqual([0, most, 2 * most]);
    expect(batches.flatMap(({ access }) => [...access])).toEqual(Array(40).fill(1));
    expect(batches.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it("tells of broken bytes by their place in the stream", async () => {
    const broken = open.toBytes();
    broken[0] = 9;
    function* source() {
      for (let i = 0; i < 1024; i++) yield open;
      yield* [broken, new Uint8Array(0), new Uint8Array((1 << 20) + 1), open];
    }
    const batches = await all(stream(source()));
    expect(batches[1]).toEqual({
      first: 1024,
      access: Uint32Array.of(0, 0, 0, 1),
      faults: [
        { index: 1024, offset: 0 },
        { index: 1025, offset: 0 },
        { index: 1026, offset: 1 << 20 },
      ],
    });
  });

  it("passes on what its source throws", async () => {
    const wrong = new Error("the disk is gone");
    function* failing() {
      yield open;
      throw wrong;
    }
    await expect(stream(failing()).next()).rejects.toBe(wrong);
  });

  it("refuses what is neither descriptor nor bytes, and closes its source", async () => {
    for (const member of ["D:", null, new Uint16Array(4), Object.create(SecurityDescriptor.prototype)]) {
      const { seen, source } = watched(3, member);
      await expect(stream(source).next()).rejects.toMatchObject({ code: "ERR_ARGUMENT" });
      expect(seen.closed).toBe(1);
    }
    await expect(stream([open, 7]).next()).rejects.toMatchObject({ path: ["descriptors", 1] });
  });

  it("judges the request when it is made", () => {
    expect(thrownBy(() => stream([], { desired: "NO_SUCH" }))).toMatchObject({ path: ["desired"] });
    expect(thrownBy(() => stream([], { polices: [] }))).toMatchObject({ code: "ERR_UNKNOWN_MEMBER" });
    for (const descriptors of [undefined, null, {}, 5, "D:", open.toBytes()]) {
      expect(thrownBy(() => stream(descriptors))).toMatchObject({ code: "ERR_ARGUMENT", path: ["descriptors"] });
    }
  });

  it("reads a member of the request once", async () => {
    let reads = 0;
    const request = {
      token: token(),
      desired: 1,
      mapping: "file",
      get descriptors() {
        reads++;
        return [open];
      },
    } as const;
    await all(engine.checkStream(request));
    expect(reads).toBe(1);
  });

  it("lets other questions be asked between two batches, of a source too", async () => {
    function* asking() {
      for (let i = 0; i < 3000; i++) {
        if (i % 1000 === 0) engine.reset();
        expect(engine.check({ token: token(), descriptor: shut, desired: 1, mapping: "file" }).granted).toBe(false);
        yield open;
      }
    }
    const batches = await all(stream(asking()));
    expect(batches.map(({ access }) => access.length)).toEqual([1024, 1024, 952]);
    expect(batches.every(({ access }) => access.every((mask) => mask === 1))).toBe(true);
  });
});
