/**
 * What a decision costs as tokens and DACLs grow: nothing for groups, a straight line for ACEs.
 */
import { nanosecondsOf, plainRow, quotient } from "./bars.mjs";
import { npmPeers } from "./npm-peers.mjs";
import { check } from "./ours.mjs";
import { race } from "./race.mjs";
import { thirtyLines } from "./set-loop.mjs";
import { matchAtTheLast } from "./workloads.mjs";

const GROUPS = [50, 200, 1000];
const ACES = [10, 20, 50, 100, 200, 500, 1000];
const casl = npmPeers.find(({ name }) => name === "@casl/ability");

/** One contender on several workloads is several lanes of one race: all of them grant. */
const lanes = (contender, sizes, label, workloadOf) =>
  sizes.map((size) => ({ name: label(contender.name, size), prepare: () => contender.prepare(workloadOf(size)) }));

const ofGroups = (name, count) => `${name}, ${count.toLocaleString("en")} groups`;
const ofAces = (name, count) => `${name}, ${count.toLocaleString("en")} ACEs`;

const groups = {
  name: "groups",
  what: "20 ACEs, match at the last; more and more groups",
  async run(context) {
    const workloadOf = (count) => matchAtTheLast("groups", count, 20);
    const contenders = [check, { name: "Set loop, thirty lines", prepare: thirtyLines }, casl];
    const outcome = await race(
      { name: "groups", draws: [0] },
      contenders.flatMap((contender) => lanes(contender, GROUPS, ofGroups, workloadOf)),
      context,
    );
    const [few, , many] = GROUPS.map((count) => nanosecondsOf(outcome.results, ofGroups(check.name, count)));
    const row = context.bars.row("groupScaling", {
      name: "cost of 1,000 groups against that of 50",
      workload: "groups",
      ratio: many / few,
    });
    return { ...outcome, rows: [row] };
  },
};

/** The slope of the straight line closest to `points`, `[x, y]` each. */
function slopeOf(points) {
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return above / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

const aces = {
  name: "ACEs",
  what: "50 groups, match at the last; more and more ACEs",
  async run(context) {
    const workloadOf = (count) => matchAtTheLast("ACEs", 50, count);
    const outcome = await race({ name: "ACEs", draws: [0] }, lanes(check, ACES, ofAces, workloadOf), context);
    const points = ACES.map((count) => [count, nanosecondsOf(outcome.results, ofAces(check.name, count))]);
    const middle = points.findIndex(([count]) => count >= 200);
    const rows = [
      context.bars.row("costPerAce", { name: "cost of an ACE", workload: "ACEs", ratio: slopeOf(points) }),
      plainRow({
        name: "cost of an ACE beyond 200 of them, against that below",
        workload: "ACEs",
        ratio: quotient(slopeOf(points.slice(middle)), slopeOf(points.slice(0, middle + 1))),
      }),
    ];
    return { ...outcome, rows };
  },
};

export const scalingSections = () => [groups, aces];
