/**
 * The race itself: verdicts compared first, then every lane timed in turn, several times; the median counts.
 *
 * A contender is `{ name, prepare(workload) }`; what `prepare` returns answers one draw's descriptor (`one(index)`), all
 * draws at once (`all()`, an array of granted masks or booleans), or says why it can't (`skip`). It is timed on that, on
 * work of its own (`timed`, `{ run, decisions }`), or times itself (`nanoseconds(milliseconds)`, per decision).
 * Knows no contender and no bar.
 */

/** What a slow contender is timed on: the first draws, the same for all. */
const SLOW_DRAWS = 500;

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Masks are compared as masks; an engine that only says yes or no is believed as far as it goes. */
const differ = (a, b) => (typeof a === "number" && typeof b === "number" ? a !== b : Boolean(a) !== Boolean(b));

/**
 * Asks every contender every question, once as single questions and once all together; the first one is the measure.
 *
 * @throws Error at the first verdict that differs, naming workload, contender and descriptor
 */
export async function compareVerdicts({ name: workload, draws }, prepared) {
  const expected = [];
  const asked = draws.length === 1 ? draws : [...new Set(draws)];
  const judge = (name, index, said) => {
    expected[index] ??= said;
    if (!differ(expected[index], said)) return;
    const first = `${prepared[0].name} says ${expected[index]}`;
    throw new Error(`${workload}, descriptor ${index}: ${first}, ${name} says ${said}`);
  };
  for (const { name, answers } of prepared) {
    if (answers.one !== undefined) for (const index of asked) judge(name, index, await answers.one(index));
    if (answers.all === undefined) continue;
    const said = await answers.all();
    for (let at = 0; at < draws.length; at++) judge(name, draws[at], said[at]);
  }
}

/** A function of its own for each lane, as it would be in a program: one that lanes shared would be compiled for none. */
function ownFunction(source, names) {
  return new Function(...Object.keys(names), `return ${source};`)(...Object.values(names));
}

/** What one timed call of a lane does, and how many decisions that is. */
function timedWork({ draws }, { slow }, { one, all, timed }, keep) {
  if (timed !== undefined) return { ...timed, run: ownFunction("() => keep(run())", { run: timed.run, keep }) };
  if (all !== undefined) return { run: ownFunction("() => keep(all())", { all, keep }), decisions: draws.length };
  const asked = slow ? draws.slice(0, SLOW_DRAWS) : draws;
  const [asynchronous, awaiting] = one(asked[0]) instanceof Promise ? ["async ", "await "] : ["", ""];
  if (asked.length === 1) {
    const source = `${asynchronous}() => keep(${awaiting}one(index))`;
    return { run: ownFunction(source, { one, index: asked[0], keep }), decisions: 1 };
  }
  const source = `${asynchronous}() => {
    let granted = 0;
    for (const index of asked) granted += (${awaiting}one(index)) ? 1 : 0;
    keep(granted);
  }`;
  return { run: ownFunction(source, { one, asked, keep }), decisions: asked.length };
}

/** Until no lane is still being compiled when it is timed, even where another process has the other core. */
async function warmUp(run, milliseconds) {
  const end = performance.now() + milliseconds;
  do await run();
  while (performance.now() < end);
}

async function laneOf(workload, { name, engine, slow, answers }, { mitata, milliseconds, warmUpMilliseconds }) {
  const lane = { name, engine, times: [] };
  if (answers.nanoseconds !== undefined) return { ...lane, time: () => answers.nanoseconds(milliseconds) };
  const { measure, do_not_optimize } = mitata;
  const { run, decisions } = timedWork(workload, { slow }, answers, do_not_optimize);
  await warmUp(run, warmUpMilliseconds);
  const options = { min_cpu_time: milliseconds * 1e6, min_samples: 5 };
  return { ...lane, time: async () => (await measure(run, options)).p50 / decisions };
}

/**
 * Races `contenders` over `workload`.
 *
 * @returns `results` in their order, `{ name, nanoseconds, engine }`, and `skipped`, `{ name, why }`
 */
export async function race(workload, contenders, context) {
  const prepared = [];
  const skipped = [];
  for (const contender of contenders) {
    context.progress(`${workload.name}: ${contender.name} prepares`);
    const answers = await contender.prepare(workload);
    if (answers.skip !== undefined) skipped.push({ name: contender.name, why: answers.skip });
    else prepared.push({ ...contender, answers });
  }
  context.progress(`${workload.name}: verdicts`);
  await compareVerdicts(workload, prepared);
  const lanes = [];
  for (const contender of prepared) {
    context.progress(`${workload.name}: ${contender.name} warms up`);
    lanes.push(await laneOf(workload, contender, context));
  }
  for (let round = 1; round <= context.rounds; round++) {
    for (const lane of lanes) {
      context.progress(`${workload.name}: round ${round} of ${context.rounds}, ${lane.name}`);
      lane.times.push(await lane.time());
    }
  }
  for (const { answers } of prepared) answers.close?.();
  return {
    results: lanes.map(({ name, engine, times }) => ({ name, engine: engine === true, nanoseconds: median(times) })),
    skipped,
  };
}
