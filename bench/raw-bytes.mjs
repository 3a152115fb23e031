/**
 * Workloads as raw self-relative descriptors, end to end in one buffer, and the native contender for them.
 *
 * Knows SIDs as bytes and the file format of native/raw-bytes.c; reads no descriptor itself.
 */
import { sallyport } from "./library.mjs";
import { NATIVE, nativeContender } from "./native.mjs";
import { HOLD_ALLOW, HOLD_DENY, HOLD_RESTRICT_ALLOW, HOLD_RESTRICT_DENY } from "./numbered.mjs";
import { Descriptors } from "./ours.mjs";

/** `workload` as bytes; each draw is a descriptor of its own, `offsets` has one fence post more. */
export function asBytes({ name, what, token, descriptors, draws, desired }) {
  const encoded = [...new Descriptors().each(descriptors)].map((descriptor) => descriptor.toBytes());
  const offsets = new Uint32Array(draws.length + 1);
  draws.forEach((index, at) => {
    offsets[at + 1] = offsets[at] + encoded[index].length;
  });
  const bytes = new Uint8Array(offsets[draws.length]);
  draws.forEach((index, at) => {
    bytes.set(encoded[index], offsets[at]);
  });
  return { name: `raw bytes ${name}`, what, token, desired, bytes, offsets, draws: draws.map((_, at) => at) };
}

/** S-R-I-S… as bytes. [MS-DTYP] 2.4.2.2 */
function sidBytes(text) {
  const [, revision, authority, ...rest] = text.split("-").map(Number);
  const bytes = new Uint8Array(8 + 4 * rest.length);
  const view = new DataView(bytes.buffer);
  bytes.set([revision, rest.length]);
  view.setUint32(4, authority);
  rest.forEach((part, index) => {
    view.setUint32(8 + 4 * index, part, true);
  });
  return bytes;
}

function* chunksOf({ token: { user, groups, restricting }, desired, bytes, offsets }) {
  const held = new Map();
  const hold = (sids, bits) => {
    for (const sid of sids) held.set(sid, (held.get(sid) ?? 0) | bits);
  };
  hold([user, ...groups], HOLD_ALLOW | HOLD_DENY);
  hold(restricting ?? [], HOLD_RESTRICT_ALLOW | HOLD_RESTRICT_DENY);
  const { read, write, execute, all } = sallyport.GenericMapping.of("file");
  const counts = [desired, Number(restricting !== null), held.size, offsets.length - 1];
  const words = (...values) => new Uint8Array(Uint32Array.from(values).buffer);
  yield words(...counts, read, write, execute, all);
  for (const [sid, bits] of held) {
    const encoded = sidBytes(sid);
    yield words(bits, encoded.length);
    yield encoded;
  }
  yield new Uint8Array(offsets.buffer);
  yield bytes;
}

/** Bytes read, checked and walked in C. */
export const nativeRawBytes = (native) =>
  nativeContender(native, { name: NATIVE, program: "raw-bytes", mode: "scan", chunksOf });
