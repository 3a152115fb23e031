/**
 * Bytes broken at random: the kernel must take what the library's decoders take, refuse what they refuse, and name the
 * same place.
 *
 * Does not know access rules.
 */
import { LOAD_CONDITION } from "../../assembly/shared/abi.ts";
import { decodeCondition } from "../../src/binary/condition-decode.ts";
import { encodeCondition } from "../../src/binary/condition-encode.ts";
import { decodeDescriptor } from "../../src/binary/decode.ts";
import { encodeDescriptor } from "../../src/binary/encode.ts";
import { Condition } from "../../src/condition.ts";
import { FormatError } from "../../src/errors.ts";
import { Session } from "../../src/wasm/session.ts";
import { expression } from "../../tests/differential/generate-condition.ts";
import { descriptor } from "../../tests/differential/generate-descriptor.ts";
import { EVERYTHING } from "../../tests/differential/generator.ts";
import { conditionTo, descriptorTo } from "../../tests/differential/to-values.ts";

const sessions = new WeakMap();

/** The session beside the engines, for what only it can load. */
function sessionOf(engines) {
  let session = sessions.get(engines);
  if (session === undefined) {
    session = new Session(engines.module, 16 << 20, () => 7);
    sessions.set(engines, session);
  }
  return session;
}

/** `count` cases over broken descriptors and conditions. */
export function byteCases(random, count) {
  return random.times(count, () => (random.chance(60) ? descriptorCases(random) : [conditionCase(random)])).flat();
}

/** One to three bytes changed, a word replaced by an extreme, or the end cut off. */
function broken(random, bytes) {
  const copy = Uint8Array.from(bytes);
  if (copy.length === 0 || random.chance(10)) return copy;
  if (random.chance(15)) return copy.slice(0, random.below(copy.length + 1));
  for (let i = 1 + random.below(3); i > 0; i--) {
    const at = random.below(copy.length);
    copy[at] = random.pick([
      0,
      1,
      2,
      3,
      4,
      5,
      7,
      8,
      9,
      15,
      16,
      17,
      0x50,
      0x51,
      0x7f,
      0x80,
      0xff,
      copy[at] + 1,
      copy[at] - 1,
      copy[at] + 4,
      copy[at] - 4,
      random.below(256),
    ]);
  }
  return copy;
}

/** Where the decoder refuses; null when it does not. */
function refusal(decode, bytes) {
  try {
    decode(bytes);
    return null;
  } catch (error) {
    if (error instanceof FormatError) return error.offset;
    throw error;
  }
}

/** Where several things are wrong the readers may name different places: the place is a case of its own. */
function descriptorCases(random) {
  const bytes = broken(random, encodeDescriptor(descriptorTo(descriptor(random, EVERYTHING))));
  const offset = refusal(decodeDescriptor, bytes);
  return [
    {
      kind: "descriptor bytes",
      expected: JSON.stringify(offset === null),
      run: ({ usual }) => attempt(() => usual.probeDescriptor(bytes).offset === null),
    },
    {
      kind: "place of a fault",
      mayDiffer: true,
      expected: JSON.stringify(offset),
      run: ({ usual }) => attempt(() => usual.probeDescriptor(bytes).offset),
    },
  ];
}

function conditionCase(random) {
  const made = conditionTo(random.chance(90) ? expression(random) : "malformed");
  const whole = made instanceof Condition ? encodeCondition(made) : made;
  const bytes = broken(random, whole);
  const expected = JSON.stringify(refusal(decodeCondition, bytes) === null);
  const run = (engines) =>
    attempt(() => {
      const session = sessionOf(engines);
      let handle = session.tryLoad(LOAD_CONDITION, bytes);
      if (handle === 0 && session.status() !== 0) {
        session.reset();
        handle = session.tryLoad(LOAD_CONDITION, bytes);
      }
      return handle !== 0;
    });
  return { kind: "condition bytes", expected, run };
}

function attempt(body) {
  try {
    return JSON.stringify(body());
  } catch (error) {
    return String(error);
  }
}
