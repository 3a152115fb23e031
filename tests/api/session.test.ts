/** One kernel and its memory: stale handles, views after growth, and death after a trap. */

import { describe, expect, it } from "vitest";
import {
  LOAD_CONDITION,
  LOAD_DESCRIPTOR,
  LOAD_SID,
  LOAD_TOKEN,
  RESULT_STATUS,
  STAGE_FILTER,
} from "../../assembly/shared/abi.js";
import { PURPOSE_ALLOW } from "../../assembly/shared/condition.js";
import {
  STATUS_INVALID_HANDLE,
  STATUS_INVALID_SECURITY_DESCR,
  STATUS_NO_MEMORY,
  STATUS_SUCCESS,
} from "../../assembly/shared/ntstatus.js";
import { encodeSid } from "../../src/binary/sid.js";
import { encodeTokenImage } from "../../src/binary/token-image.js";
import { Engine, EngineError, SecurityDescriptor } from "../../src/index.js";
import { Sid } from "../../src/sid.js";
import { filterLoaded } from "../../src/wasm/filter.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import { descriptorHandle, Residence, residentHandle, tokenHandle } from "../../src/wasm/residency.js";
import { FULL, Session } from "../../src/wasm/session.js";
import { ask, READ, sd, thrownBy, token } from "./questions.js";

const module = compileKernel();
const MIB = 1 << 20;

function open(limit = 16 * MIB): Session {
  return new Session(module, limit, () => 7);
}

/** The session behind an engine: a value it has met remembers where it lies. */
function residenceOf(value: SecurityDescriptor): Residence {
  const slot = SecurityDescriptor.residencyOf(value);
  expect(slot).toBeInstanceOf(Residence);
  return slot as Residence;
}

describe("loading", () => {
  it("gives a handle, and takes the same bytes again for a new one", () => {
    const session = open();
    const bytes = encodeTokenImage(token());
    const first = session.load(LOAD_TOKEN, bytes);
    expect(first).toBeGreaterThan(0);
    expect(session.load(LOAD_TOKEN, bytes)).not.toBe(first);
    expect(session.status()).toBe(STATUS_SUCCESS);
  });

  it("refused bytes are FULL with a status and an offset; of our own bytes they are an error", () => {
    const session = open();
    expect(session.tryLoad(LOAD_DESCRIPTOR, Uint8Array.of(2, 0, 4, 0x80))).toBe(FULL);
    expect(session.status()).toBe(STATUS_INVALID_SECURITY_DESCR);
    expect(session.faultOffset()).toBeLessThanOrEqual(4);
    expect(() => session.load(LOAD_DESCRIPTOR, Uint8Array.of(2, 0, 4, 0x80))).toThrow(EngineError);
    expect(session.load(LOAD_SID, encodeSid(Sid.parse("S-1-1-0")))).toBeGreaterThan(0);
  });

  it("does not begin without room", () => {
    const session = open(4 * MIB);
    expect(session.tryLoad(LOAD_TOKEN, new Uint8Array(8 * MIB))).toBe(FULL);
    expect(session.status()).toBe(STATUS_NO_MEMORY);
    expect(session.load(LOAD_TOKEN, encodeTokenImage(token()))).toBeGreaterThan(0);
  });

  it("a filter staged for no token is refused", () => {
    const session = open();
    expect(session.stage(STAGE_FILTER, new Uint8Array(64), 12345)).toBe(0);
    expect(session.status()).toBe(STATUS_INVALID_HANDLE);
    expect(filterLoaded(session, 12345, new Uint8Array(64))).toEqual({ status: STATUS_INVALID_HANDLE, image: null });
  });
});

describe("views of memory", () => {
  it("are renewed when memory has grown, and what was loaded is still there", () => {
    const session = open(64 * MIB);
    const held = token();
    const handle = tokenHandle(session, held);
    const old = session.words;
    const header = session.words[handle >>> 2];
    const big = sd(`D:${"(A;;FA;;;S-1-5-21-1-2-3-4)".repeat(1800)}`).toBytes();
    for (let i = 0; i < 40; i++) expect(session.load(LOAD_DESCRIPTOR, big)).toBeGreaterThan(0);
    expect(old.length).toBe(0);
    expect(session.words.buffer).toBe(session.kernel.memory.buffer);
    expect(session.bytes.buffer).toBe(session.kernel.memory.buffer);
    expect(session.words[handle >>> 2]).toBe(header);
    expect(tokenHandle(session, held)).toBe(handle);
  });

  it("an answer read after growth is the answer", () => {
    const engine = new Engine();
    const small = sd("D:(A;;FR;;;WD)");
    expect(engine.check(ask(small, READ)).granted).toBe(true);
    const big = sd(`D:${"(D;;FA;;;S-1-5-21-1-2-3-4)".repeat(1800)}(A;;FR;;;WD)`);
    for (let i = 0; i < 40; i++) expect(engine.check(ask(big.with({}), READ)).access).toBe(READ);
    expect(engine.explain(ask(small, READ)).verdict.access).toBe(READ);
    expect(engine.check(ask(small, 2)).granted).toBe(false);
  });
});

describe("residence", () => {
  it("holds for one session and one generation", () => {
    const [one, two] = [open(), open()];
    const descriptor = sd("D:(A;;FA;;;WD)");
    const first = descriptorHandle(one, descriptor);
    expect(residentHandle(SecurityDescriptor.residencyOf(descriptor), one)).toBe(first);
    expect(residentHandle(SecurityDescriptor.residencyOf(descriptor), two)).toBe(0);
    descriptorHandle(two, descriptor);
    expect(residentHandle(SecurityDescriptor.residencyOf(descriptor), one)).toBe(0);
    two.reset();
    expect(residentHandle(SecurityDescriptor.residencyOf(descriptor), two)).toBe(0);
  });

  it.each([undefined, null, 8, { session: 1, generation: 1, handle: 8 }])("%s is none", (slot) => {
    expect(residentHandle(slot, open())).toBe(0);
  });

  it("a reset moves the generation", () => {
    const session = open();
    const before = session.generation;
    session.reset();
    expect(session.generation).toBe(before + 1);
    expect(session.kernel.generation() >>> 0).toBe(session.generation);
  });

  it("the kernel knows a stale handle for what it is", () => {
    const session = open();
    const held = tokenHandle(session, token());
    const filter = new Uint8Array(64);
    session.reset();
    expect(session.stage(STAGE_FILTER, filter, held)).toBe(0);
    expect(session.status()).toBe(STATUS_INVALID_HANDLE);
    session.words.fill(0, session.request, session.request + 15);
    session.words[session.request + 1] = held;
    expect(session.kernel.check() >>> 0).toBe(STATUS_INVALID_HANDLE);
    expect(session.words[session.result + (RESULT_STATUS >>> 2)]).toBe(STATUS_INVALID_HANDLE);
  });

  it("a record of another generation, or another kind, is no record", () => {
    for (const [word, change] of [
      [1, 1],
      [0, 1],
    ]) {
      const session = open();
      const [who, what] = [tokenHandle(session, token()), descriptorHandle(session, sd("D:(A;;FA;;;WD)"))];
      session.words.fill(0, session.request, session.request + 15);
      session.words.set([what, who, READ], session.request);
      expect(session.kernel.check() >>> 0).toBe(STATUS_SUCCESS);
      session.words[(what >>> 2) + word] ^= change;
      expect(session.kernel.check() >>> 0).toBe(STATUS_INVALID_HANDLE);
      session.words[(what >>> 2) + word] ^= change;
      session.words[(who >>> 2) + word] ^= change;
      expect(session.kernel.check() >>> 0).toBe(STATUS_INVALID_HANDLE);
    }
  });

  it.each([1, 4, 7, 12, 0xfffffff0, 0x7ffffff8])("%s is no handle", (handle) => {
    const session = open();
    session.words[session.request + 1] = handle;
    session.words[session.request] = handle;
    expect(session.kernel.check() >>> 0).toBe(STATUS_INVALID_HANDLE);
  });
});

describe("after a trap", () => {
  it("the session is dead, and says why", () => {
    const session = open();
    const error = thrownBy(() => session.call(() => session.kernel.condition(8, 8, 0, PURPOSE_ALLOW)));
    expect(error).toBeInstanceOf(EngineError);
    expect(error.cause).toBeInstanceOf(WebAssembly.RuntimeError);
    for (const use of [
      () => session.reset(),
      () => session.load(LOAD_CONDITION, new Uint8Array(8)),
      () => session.checkMany(new Uint32Array(1)),
      () => filterLoaded(session, 8, new Uint8Array(8)),
      () => session.assertAlive(),
    ]) {
      const later = thrownBy(use);
      expect(later).toBeInstanceOf(EngineError);
      expect(later.code).toBe("ERR_ENGINE");
      expect(later.cause).toBe(error.cause);
    }
  });

  it("the engine answers nothing any more, and others are not touched", () => {
    const [engine, other] = [new Engine(), new Engine()];
    const request = ask("D:(A;;FA;;;WD)", READ);
    expect(engine.check(request).granted).toBe(true);
    const { session, handle } = residenceOf(request.descriptor);
    // Everything behind the record's kind and generation points nowhere.
    session.words.fill(0xfffffffc, (handle >>> 2) + 2, (handle >>> 2) + 12);
    expect(thrownBy(() => engine.check(request))).toBeInstanceOf(EngineError);
    const fresh = ask("D:(A;;FA;;;WD)", READ);
    for (const use of [
      () => engine.check(fresh),
      () => engine.explain(fresh),
      () => engine.checkMany({ token: fresh.token, desired: 1, mapping: "file", descriptors: [fresh.descriptor] }),
      () =>
        engine.checkMany({
          token: fresh.token,
          desired: 1,
          mapping: "file",
          descriptors: [fresh.descriptor, sd("D:")],
        }),
      () => engine.filterToken(fresh.token),
      () => engine.probeDescriptor(new Uint8Array(20)),
      () => engine.reset(),
    ]) {
      expect(thrownBy(use)).toBeInstanceOf(EngineError);
    }
    expect(other.check(request).granted).toBe(true);
    expect(other.check(fresh).granted).toBe(true);
  });

  it("a handle that lies is never granted anything", () => {
    const engine = new Engine();
    const request = ask("D:(A;;FA;;;WD)", READ);
    expect(engine.check(request).granted).toBe(true);
    residenceOf(request.descriptor).handle += 8;
    expect(refuses(() => engine.check(request))).toBe(true);
    const { descriptor, ...rest } = request;
    expect(refuses(() => engine.explain(request).verdict)).toBe(true);
    expect(refuses(() => ({ granted: engine.checkMany({ ...rest, descriptors: [descriptor] })[0] !== 0 }))).toBe(true);
  });

  /** A refusal, or an engine that says it is dead. */
  function refuses(check: () => { readonly granted: boolean }): boolean {
    try {
      return !check().granted;
    } catch (error) {
      expect(error).toBeInstanceOf(EngineError);
      return true;
    }
  }
});
