/**
 * Many decisions in one call: prepared sets with and without equal descriptors, a million of each, a matrix, raw bytes.
 *
 * Sharing and scanning are told apart: where descriptors are equal one answer serves all, where they differ each is
 * walked.
 */
import { nanosecondsOf, plainComparison } from "./bars.mjs";
import { NATIVE, nativeLane, nativeMatrix } from "./native.mjs";
import { npmPeers } from "./npm-peers.mjs";
import { check, checkMany, checkManyEach, checkMatrix, checkSet, readAndCheck, scanBytes } from "./ours.mjs";
import { race } from "./race.mjs";
import { asBytes, nativeRawBytes } from "./raw-bytes.mjs";
import { gatheredTypedArrays, typedArrays } from "./typed-arrays.mjs";
import { distinct, drawn, matchAtTheLast, matrixOf } from "./workloads.mjs";

const casl = npmPeers.find(({ name }) => name === "@casl/ability");
const SHARED = `${NATIVE}, walked once and gathered`;
const FLOOR = `${NATIVE}, gather by u32: the memory floor`;
const FLOOR_16 = `${NATIVE}, gather by u16`;
const typed = { name: "typed arrays", prepare: typedArrays };
const typedGather = { name: "typed arrays, walked once and gathered", prepare: gatheredTypedArrays };

/** A section: `workload()` is made when it runs, for some are large. `rowsOf(of, bars)` reads figures by name. */
function section(name, what, workload, contenders, rowsOf) {
  return {
    name,
    what,
    async run(context) {
      const { results, skipped } = await race(workload(), contenders(context), context);
      const of = (contender) => nanosecondsOf(results, contender.name ?? contender);
      const notBuilt = skipped.find(({ why }) => why === "not built yet");
      return { results, skipped, rows: rowsOf(of, context.bars, notBuilt === undefined ? {} : { why: notBuilt.why }) };
    },
  };
}

const thousands = (count) => count.toLocaleString("en");

function preparedSets(quick) {
  const count = quick ? 10_000 : 100_000;
  const shared = drawn("shared", count, 1000);
  return [
    section(
      "shared",
      `W4 in one call: ${shared.what}`,
      () => shared,
      ({ native }) => [
        check,
        checkMany,
        checkSet,
        nativeLane(native),
        nativeLane(native, "shared", SHARED),
        typedGather,
        casl,
      ],
      (of, bars, open) => [
        bars.against("sharedAgainstCasl", {
          name: "checkMany over a DescriptorSet against casl, W4, with sharing",
          workload: "shared",
          ours: of(checkSet),
          theirs: of(casl),
          ...open,
        }),
      ],
    ),
    section(
      "unshared",
      `W4 in one call without equal descriptors: ${thousands(count)} of 5 to 40 ACEs, all different`,
      () => distinct("unshared", count),
      ({ native }) => [nativeLane(native), checkSet, typed, casl],
      (of, bars, open) => [
        bars.against("scanAgainstCasl", {
          name: "checkMany over a DescriptorSet against casl, W4, without sharing",
          workload: "unshared",
          ours: of(checkSet),
          theirs: of(casl),
          ...open,
        }),
      ],
    ),
  ];
}

function millions(quick) {
  const count = quick ? 100_000 : 1_000_000;
  return [
    section(
      "million shared",
      `${thousands(count)} descriptors drawn from 1,000 distinct ones`,
      () => drawn("million shared", count, 1000),
      ({ native }) => [
        checkSet,
        nativeLane(native, "gather32", FLOOR),
        nativeLane(native, "gather16", FLOOR_16),
        nativeLane(native, "shared", SHARED),
        typedGather,
      ],
      (of, bars, open) => [
        bars.against("millionSharedAgainstFloor", {
          name: "a million descriptors with sharing, against the memory floor",
          workload: "million shared",
          ours: of(checkSet),
          theirs: of(FLOOR),
          ...open,
        }),
        plainComparison({
          name: "a million descriptors with sharing, against a gather by u16",
          workload: "million shared",
          ours: of(checkSet),
          theirs: of(FLOOR_16),
          ...open,
        }),
      ],
    ),
    section(
      "million distinct",
      `${thousands(count)} descriptors of 5 to 40 ACEs, all different`,
      () => distinct("million distinct", count),
      ({ native }) => [checkSet, nativeLane(native), typed],
      (of, bars, open) => [
        bars.against("millionDistinctAgainstNative", {
          name: "a million distinct descriptors against native C",
          workload: "million distinct",
          ours: of(checkSet),
          theirs: of(NATIVE),
          ...open,
        }),
      ],
    ),
  ];
}

function matrix(quick) {
  const tokens = quick ? 64 : 1024;
  return section(
    "matrix",
    `${thousands(tokens)} tokens x 1,000 descriptors of 5 to 40 ACEs`,
    () => matrixOf("matrix", tokens, 1000),
    ({ native }) => [checkMatrix, checkManyEach, nativeMatrix(native)],
    (of, _bars, open) => [
      plainComparison({
        name: "checkMatrix against native C's scan",
        workload: "matrix",
        ours: of(checkMatrix),
        theirs: of(`${NATIVE}, scan`),
        ...open,
      }),
    ],
  );
}

function rawBytes(quick) {
  const copies = {
    ...matchAtTheLast("W1", 50, 20),
    what: "1,000 times W1's descriptor",
    draws: new Array(1000).fill(0),
  };
  return [copies, drawn("W4", quick ? 10_000 : 100_000, 1000)].map((workload) =>
    section(
      `raw bytes ${workload.name}`,
      `from self-relative bytes: ${workload.what}`,
      () => asBytes(workload),
      ({ native }) => [scanBytes, readAndCheck, nativeRawBytes(native)],
      (of, bars, open) => [
        bars.against("rawBytesAgainstNative", {
          name: `from raw bytes against native C, ${workload.name}`,
          workload: `raw bytes ${workload.name}`,
          ours: of(scanBytes),
          theirs: of(NATIVE),
          ...open,
        }),
      ],
    ),
  );
}

export const batchSections = ({ quick }) => [
  ...preparedSets(quick),
  ...millions(quick),
  matrix(quick),
  ...rawBytes(quick),
];
