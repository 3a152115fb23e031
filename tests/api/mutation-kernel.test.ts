/**
 * The kernel itself, asked with numbers: what no caller of the library can ask, and what only a full arena shows.
 * assembly/index.ts, assembly/shared/abi.ts
 */

import { describe, expect, it } from "vitest";
import * as abi from "../../assembly/shared/abi.js";
import { STATUS_ACCESS_DENIED, STATUS_NO_MEMORY, STATUS_SUCCESS } from "../../assembly/shared/ntstatus.js";
import { encodeTokenImage } from "../../src/binary/token-image.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import { Session } from "../../src/wasm/session.js";
import { READ, sd, token } from "./questions.js";

const module = compileKernel();

function open(limit = 16 << 20): Session {
  return new Session(module, limit, () => 7);
}

/** Writes a plain request and runs it with more words set: `[offset, value]`. */
function check(session: Session, words: readonly (readonly [number, number])[]): number {
  session.words.fill(0, session.request, session.request + (abi.REQUEST_SIZE >>> 2));
  for (const [offset, value] of words) session.words[session.request + (offset >>> 2)] = value;
  const status = session.kernel.check() >>> 0;
  session.refresh();
  expect(result(session, abi.RESULT_STATUS)).toBe(status);
  return status;
}

function result(session: Session, offset: number): number {
  return session.words[session.result + (offset >>> 2)];
}

const open5 = sd("D:(A;;FA;;;WD)").toBytes();
const impersonation = { type: "impersonation", impersonationLevel: "Impersonation" } as const;

describe("a full arena", () => {
  /** Loads tokens until no more fits; the handle of the first one. */
  function fill(session: Session): number {
    const image = encodeTokenImage(token());
    const first = session.load(abi.LOAD_TOKEN, image);
    while (session.tryLoad(abi.LOAD_TOKEN, image) !== 0);
    expect(session.status()).toBe(STATUS_NO_MEMORY);
    return first;
  }

  it("has no room for a trace: the check is refused as such, and nothing is granted", () => {
    const session = open(4 << 20);
    const descriptor = session.load(abi.LOAD_DESCRIPTOR, open5);
    const who = fill(session);
    const asked = [
      [abi.REQUEST_DESCRIPTOR, descriptor],
      [abi.REQUEST_TOKEN, who],
      [abi.REQUEST_DESIRED, READ],
    ] as const;
    expect(check(session, asked)).toBe(STATUS_SUCCESS);
    expect(check(session, [...asked, [abi.REQUEST_FLAGS, abi.CHECK_TRACE]])).toBe(STATUS_NO_MEMORY);
    for (const offset of [abi.RESULT_GRANTED, abi.RESULT_ACCESS, abi.RESULT_TRACE_COUNT, abi.RESULT_CALL_FAILED]) {
      expect(result(session, offset)).toBe(0);
    }
    expect(check(session, asked)).toBe(STATUS_SUCCESS);
  });
});

describe("AccessCheck", () => {
  it("takes no object types: what stands in their place is not looked at", () => {
    const session = open();
    const descriptor = session.load(abi.LOAD_DESCRIPTOR, sd("D:(A;;FR;;;WD)").toBytes());
    const who = session.load(abi.LOAD_TOKEN, encodeTokenImage(token(impersonation)));
    const asked = [
      [abi.REQUEST_DESCRIPTOR, descriptor],
      [abi.REQUEST_TOKEN, who],
      [abi.REQUEST_DESIRED, READ],
    ] as const;
    for (const call of [abi.CALL_SE_ACCESS_CHECK, abi.CALL_ACCESS_CHECK]) {
      expect(check(session, [...asked, [abi.REQUEST_CALL, call], [abi.REQUEST_OBJECT_TYPE_COUNT, 3]])).toBe(
        STATUS_SUCCESS,
      );
      expect(result(session, abi.RESULT_ACCESS)).toBe(READ);
    }
    const denied = check(session, [...asked, [abi.REQUEST_DESIRED, 2], [abi.REQUEST_CALL, abi.CALL_ACCESS_CHECK]]);
    expect(denied).toBe(STATUS_ACCESS_DENIED);
  });
});
