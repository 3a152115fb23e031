/** Workers over the built file, and what was said to them: sources cannot run in a worker. */

import { ParallelEngine, type ParallelOptions } from "../../src/parallel/index.js";
import { type Hearing, type Port, startWorker } from "../../src/parallel/start-worker.js";
import { compileKernel } from "../../src/wasm/kernel-bytes.js";

const built = new URL("../../build/parallel-worker.js", import.meta.url);

export interface Started {
  readonly port: Port;
  readonly hearing: Hearing;
  /** Every message, the greeting first. */
  readonly said: unknown[];
}

/** An engine over workers, and those it has started so far. */
export function overWorkers(options: ParallelOptions, file: URL = built) {
  const started: Started[] = [];
  const parallel = new ParallelEngine(options, compileKernel(), (hearing) => {
    const port = startWorker(hearing, file);
    if (port === null) return null;
    const said: unknown[] = [];
    started.push({ port, hearing, said });
    return {
      ...port,
      post(message, transfer) {
        said.push(message);
        port.post(message, transfer);
      },
    };
  });
  return { parallel, started };
}
