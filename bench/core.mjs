/**
 * W1 to W4 against everyone: the public `check()`, the kernel alone, native C, plain JavaScript and the npm engines.
 */
import { nanosecondsOf, plainRow, quotient } from "./bars.mjs";
import { kernelAlone } from "./kernel-alone.mjs";
import { NATIVE, nativeLane } from "./native.mjs";
import { npmPeers } from "./npm-peers.mjs";
import { check } from "./ours.mjs";
import { race } from "./race.mjs";
import { minimalLoop, thirtyLines } from "./set-loop.mjs";
import { specialisedLoop } from "./specialised.mjs";
import { typedArrays } from "./typed-arrays.mjs";
import { coreWorkloads, everyThird, maximumAllowed } from "./workloads.mjs";

const OURS = "sallyport";
const KERNEL = "kernel alone";
const SPECIALISED = "specialised loop";
const SET_LOOP = "Set loop, thirty lines";
const MINIMAL = "Set loop, minimal";

function contenders({ native, internals, specialised }, peers) {
  return [
    check,
    ...kernelAlone(internals),
    specialisedLoop(specialised),
    nativeLane(native),
    { name: "typed arrays", prepare: typedArrays },
    { name: SET_LOOP, prepare: thirtyLines },
    { name: MINIMAL, prepare: minimalLoop },
    ...peers,
  ];
}

/** The engine of npm that was fastest in this run. */
const fastestEngine = (results) =>
  results.filter(({ engine }) => engine).sort((a, b) => a.nanoseconds - b.nanoseconds)[0];

function rowsOf({ name: workload }, results, bars) {
  const of = (name) => nanosecondsOf(results, name);
  const engine = fastestEngine(results);
  const kernel = [
    bars.against("kernelAgainstNative", {
      name: `kernel alone against native C, ${workload}`,
      workload,
      ours: of(KERNEL),
      theirs: of(NATIVE),
    }),
    bars.against("kernelAgainstSpecialised", {
      name: `kernel alone against the specialised loop, ${workload}`,
      workload,
      ours: of(KERNEL),
      theirs: of(SPECIALISED),
    }),
  ];
  if (workload !== "W1") return kernel;
  const ours = of(OURS);
  return [
    bars.against("checkAgainstEngine", {
      name: "check() against the fastest npm policy engine, W1",
      workload,
      engine: engine.name,
      ours,
      theirs: engine.nanoseconds,
    }),
    bars.against("checkAgainstSetLoop", {
      name: "check() against the Set loop of thirty lines, W1",
      workload,
      ours,
      theirs: of(SET_LOOP),
    }),
    plainRow({
      name: "check() against the minimal Set loop, W1",
      workload,
      ratio: quotient(of(MINIMAL), ours),
      ours,
      theirs: of(MINIMAL),
    }),
    bars.against("checkAgainstNative", { name: "check() against native C, W1", workload, ours, theirs: of(NATIVE) }),
    ...kernel,
  ];
}

function section(workload) {
  return {
    name: workload.name,
    what: workload.what,
    async run(context) {
      const outcome = await race(workload, contenders(context, npmPeers), context);
      return { ...outcome, rows: rowsOf(workload, outcome.results, context.bars) };
    },
  };
}

/** A workload that the engines of npm can't express. */
async function withoutEngines(workload, contenders_, why, context) {
  const { results, skipped } = await race(workload, contenders_, context);
  return { results, skipped: [...skipped, ...why.map(([name, reason]) => ({ name, why: reason }))] };
}

const engineNames = npmPeers.map(({ name }) => name);

const everyThirdSection = {
  name: everyThird.name,
  what: everyThird.what,
  async run(context) {
    const why = engineNames.map((name) => [name, "answers one right at a time"]);
    const outcome = await withoutEngines(everyThird, contenders(context, []), why, context);
    const of = (name) => nanosecondsOf(outcome.results, name);
    const row = context.bars.against("kernelAgainstSpecialisedEveryThird", {
      name: "kernel alone against the specialised loop, every third ACE matching",
      workload: everyThird.name,
      ours: of(KERNEL),
      theirs: of(SPECIALISED),
    });
    return { ...outcome, rows: [row] };
  },
};

const maximumSection = {
  name: maximumAllowed.name,
  what: maximumAllowed.what,
  async run(context) {
    const asked = [check, ...kernelAlone(context.internals), nativeLane(context.native)];
    const others = [SPECIALISED, "typed arrays", SET_LOOP, MINIMAL, ...engineNames];
    const why = others.map((name) => [name, "answers a wanted mask, not what is allowed"]);
    return { ...(await withoutEngines(maximumAllowed, asked, why, context)), rows: [] };
  },
};

export const coreSections = ({ quick }) => [
  ...coreWorkloads(quick ? 10_000 : 100_000).map(section),
  everyThirdSection,
  maximumSection,
];
