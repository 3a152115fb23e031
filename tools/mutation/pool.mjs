/**
 * The threads that try mutants, and the watch over them: a mutant that keeps its thread too long is killed with it.
 *
 * Does not know what a mutant is.
 */
import { Worker } from "node:worker_threads";

/** A mutant's loops burn fuel, so that this is for loops outside the kernel. */
const PATIENCE = 150_000;

/**
 * Tries every mutant on `threads` workers. `found({ id, by, reached })` is called for each; `by` is null for a survivor.
 * `say(text)` is told how a thread gets on.
 * Resolves with what the first worker said when it was ready.
 */
export async function tryAll(mutants, { threads, workerData, found, say }) {
  const queue = [...mutants];
  let ready;
  const file = new URL("./worker.mjs", import.meta.url);

  const serve = () =>
    new Promise((resolve, reject) => {
      const worker = new Worker(file, { workerData });
      let current;
      let alarm;
      const stop = async (then) => {
        clearTimeout(alarm);
        worker.removeAllListeners();
        await worker.terminate();
        then();
      };
      const next = () => {
        current = queue.shift();
        if (current === undefined) return stop(resolve);
        alarm = setTimeout(() => {
          found({ id: current.id, by: "time", reached: true });
          // A fresh thread takes the rest.
          stop(() => serve().then(resolve, reject));
        }, PATIENCE);
        worker.postMessage(current);
      };
      worker.on("message", (message) => {
        if (message.progress !== undefined) return say(message.progress);
        clearTimeout(alarm);
        if (message.ready) ready ??= message;
        else found(message);
        next();
      });
      worker.on("error", (error) => {
        if (current === undefined) return stop(() => reject(error));
        found({ id: current.id, by: `the thread ended: ${error.message}`, reached: true });
        stop(() => serve().then(resolve, reject));
      });
    });

  await Promise.all(Array.from({ length: Math.min(threads, Math.max(1, queue.length)) }, serve));
  return ready;
}
