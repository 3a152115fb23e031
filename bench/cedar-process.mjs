/**
 * cedar-wasm in a process of its own: prepares a workload, answers it, times itself. bench/cedar.mjs starts it and asks.
 *
 * A message is `{ ask, … }`, the answer `{ said }` or `{ failed }`. Encoding: a policy per ACE, `principal in Group`,
 * preparsed as one set per object; sets of groups as attributes of the resource are slower.
 */
import { createRequire } from "node:module";
import { do_not_optimize, measure } from "mitata";
import { principals } from "./principals.mjs";

// Its documentation has Node load this build with `require`.
const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");

/** Answers one question of the workload prepared last; of which the first `asked` are timed. */
let one = (_index) => false;
let asked = [];

function prepare({ token, descriptors, draws }) {
  descriptors.forEach((aces, index) => {
    const staticPolicies = aces
      .map(({ allow, sid }) => `${allow ? "permit" : "forbid"}(principal in Group::"${sid}", action, resource);`)
      .join("\n");
    const { type } = cedar.preparsePolicySet(String(index), { staticPolicies });
    if (type !== "success") throw new Error(`cedar refused the policies of descriptor ${index}`);
  });
  const calls = principals(token).map(({ name: id, sids }) => ({
    principal: { type: "User", id },
    action: { type: "Action", id: "read" },
    context: {},
    entities: [{ uid: { type: "User", id }, attrs: {}, parents: sids.map((sid) => ({ type: "Group", id: sid })) }],
  }));
  asked = draws;
  one = (index) =>
    calls.every((call) => {
      const resource = { type: "Object", id: String(index) };
      const answer = cedar.statefulIsAuthorized({ ...call, resource, preparsedPolicySetId: String(index) });
      return answer.response.decision === "allow";
    });
  return descriptors.map((_, index) => one(index));
}

async function time(milliseconds) {
  const run = () => {
    let granted = 0;
    for (const index of asked) granted += one(index) ? 1 : 0;
    do_not_optimize(granted);
  };
  const { p50 } = await measure(run, { min_cpu_time: milliseconds * 1e6, min_samples: 5 });
  return p50 / asked.length;
}

process.on("message", async ({ ask, workload, milliseconds }) => {
  try {
    process.send({ said: ask === "prepare" ? prepare(workload) : await time(milliseconds) });
  } catch (error) {
    process.send({ failed: error.message });
  }
});
