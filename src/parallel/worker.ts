/**
 * What runs in a thread: an engine of its own around the kernel it is sent, and one answer for every message.
 *
 * Does not know who asks, nor how many threads there are.
 */
import { Engine } from "../engine.js";
import { parentPort } from "./runtime.js";
import { type Greeting, perform, type Task } from "./task.js";

const port = parentPort();
port.onmessage = ({ data }) => {
  const { module, options } = data as Greeting;
  const engine = new Engine(options, module);
  port.onmessage = ({ data: task }) => {
    const answer = perform(engine, task as Task);
    port.postMessage(answer, "failed" in answer ? [] : [answer.access.buffer]);
  };
  port.postMessage(true, []);
};
