/**
 * Bytes from strangers: read or refused with one of our errors, and what was read is written and read again the same.
 * Both readers, the kernel's and the library's, take the same bytes. formats.md 3 to 6
 */

import { describe, expect, it } from "vitest";
import { LOAD_CONDITION, LOAD_TOKEN } from "../../assembly/shared/abi.js";
import { IMAGE_SIZE, IMAGE_USER_CLAIM_COUNT } from "../../assembly/shared/token-image.js";
import { decodeClaim } from "../../src/binary/claim-decode.js";
import { encodeClaim } from "../../src/binary/claim-encode.js";
import { decodeCondition } from "../../src/binary/condition-decode.js";
import { encodeCondition } from "../../src/binary/condition-encode.js";
import { bytesFromHex } from "../../src/binary/text-encoding.js";
import { Engine, SecurityDescriptor } from "../../src/index.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";
import { Session } from "../../src/wasm/session.js";
import { law } from "../laws/law.js";
import { answerOf, changedBytes, seedsOf } from "./hostile.js";
import { TOKEN_PLAIN, tokens } from "./scene.js";

const RUNS = 3000;
const engine = new Engine();
const session = new Session(compileKernel(), 64 << 20, () => 1);

/** Whether the kernel takes `bytes`; an arena that is full is emptied first. */
function loads(kind: number, bytes: Uint8Array): boolean {
  if (session.kernel.generation() > 0 && session.stage(kind, bytes, 0) === 0) session.reset();
  return session.tryLoad(kind, bytes) !== 0;
}

/** The image of a token that has one claim, these bytes. */
function tokenWith(claim: Uint8Array): Uint8Array {
  const plain = tokens[TOKEN_PLAIN];
  const image = new Uint8Array(plain.length + 4 + ((claim.length + 3) & ~3));
  image.set(plain);
  image.set(claim, plain.length + 4);
  const view = new DataView(image.buffer);
  view.setUint32(plain.length, claim.length, true);
  view.setUint32(IMAGE_SIZE, image.length, true);
  view.setUint32(IMAGE_USER_CLAIM_COUNT, 1, true);
  return image;
}

describe("descriptors from strangers", () => {
  const bytes = changedBytes(seedsOf("descriptor"));

  it("are refused inside themselves, also where object flags announce GUIDs that are not there", () => {
    // Found by fuzzing: header, ACL of one ACE, OBJECT_ALLOWED of 16 bytes that announces both GUIDs.
    const given = bytesFromHex(
      "0100048000000000000000000000000014000000040018000100000005001000010000000300000000000000",
    );
    expect(engine.probeDescriptor(given).offset).toBe(36);
    expect(answerOf(() => SecurityDescriptor.fromBytes(given), given.length)).toBeUndefined();
  });

  law(
    "are read by both readers, or by none",
    bytes,
    (given) => {
      const read = answerOf(() => SecurityDescriptor.fromBytes(given), given.length);
      const { offset } = engine.probeDescriptor(given);
      expect(offset === null).toBe(read !== undefined);
      expect(offset === null || (offset >= 0 && offset <= given.length)).toBe(true);
    },
    RUNS,
  );

  law(
    "once read, are written and read again the same",
    bytes,
    (given) => {
      const read = answerOf(() => SecurityDescriptor.fromBytes(given), given.length);
      if (read === undefined) return;
      const written = SecurityDescriptor.of(read).toBytes();
      const again = SecurityDescriptor.fromBytes(written);
      expect(SecurityDescriptor.of(again).toBytes()).toEqual(written);
      expect(engine.probeDescriptor(written).offset).toBeNull();
    },
    RUNS,
  );

  law(
    "print, or say why not; and what prints reads back to the same text",
    bytes,
    (given) => {
      const read = answerOf(() => SecurityDescriptor.fromBytes(given), given.length);
      const text = read === undefined ? undefined : answerOf(() => read.toString(), given.length);
      if (text === undefined) return;
      const again = answerOf(() => SecurityDescriptor.parse(text), text.length);
      if (again !== undefined) expect(again.toString()).toBe(text);
    },
    RUNS,
  );
});

describe("conditions from strangers", () => {
  const bytes = changedBytes(seedsOf("condition"));

  law(
    "are read by both readers, or by none",
    bytes,
    (given) => {
      const read = answerOf(() => decodeCondition(given), given.length);
      expect(loads(LOAD_CONDITION, given)).toBe(read !== undefined);
    },
    RUNS,
  );

  law(
    "once read, are written and read again the same",
    bytes,
    (given) => {
      const read = answerOf(() => decodeCondition(given), given.length);
      if (read === undefined) return;
      const written = encodeCondition(read);
      const again = decodeCondition(written);
      expect(again.tokens).toEqual(read.tokens);
      expect(encodeCondition(again)).toEqual(written);
    },
    RUNS,
  );
});

describe("claims from strangers", () => {
  const bytes = changedBytes(seedsOf("claim"));

  law(
    "are read by both readers, or by none",
    bytes,
    (given) => {
      const read = answerOf(() => decodeClaim(given), given.length);
      expect(loads(LOAD_TOKEN, tokenWith(given))).toBe(read !== undefined);
    },
    RUNS,
  );

  law(
    "once read, are written and read again the same",
    bytes,
    (given) => {
      const read = answerOf(() => decodeClaim(given), given.length);
      if (read === undefined) return;
      const written = encodeClaim(read);
      expect(decodeClaim(written)).toEqual(read);
    },
    RUNS,
  );
});
