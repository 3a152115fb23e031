/**
 * cedar-wasm as a contender, in a process of its own.
 *
 * Node 20 ends the process when it undoes an optimised call into a module whose functions return references, as cedar's
 * do. There the calls are compiled apart, which costs nanoseconds of many microseconds. Knows messages, no policies.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL("cedar-process.mjs", import.meta.url));
const execArgv = ["--no-turbo-inline-js-wasm-calls"];
/** Questions that are timed: the first ones, as for other slow contenders. */
const TIMED = 500;
const WARM_UP_MILLISECONDS = 300;

async function answer(child, question) {
  child.send(question);
  const [reply] = await Promise.race([once(child, "message"), once(child, "exit")]);
  if (typeof reply !== "object" || reply === null) throw new Error(`cedar's process ended with status ${reply}`);
  if (reply.failed !== undefined) throw new Error(reply.failed);
  return reply.said;
}

export async function cedarWasm({ token, descriptors, draws }) {
  const child = fork(script, { execArgv });
  const workload = { token, descriptors, draws: draws.slice(0, TIMED) };
  const granted = await answer(child, { ask: "prepare", workload });
  await answer(child, { ask: "time", milliseconds: WARM_UP_MILLISECONDS });
  return {
    all: () => draws.map((index) => granted[index]),
    nanoseconds: (milliseconds) => answer(child, { ask: "time", milliseconds }),
    close: () => child.disconnect(),
  };
}
