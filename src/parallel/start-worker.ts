/**
 * Starts workers: those of `node:worker_threads` where the runtime has them, else the web's.
 *
 * Apart from what runs in a worker, for bundlers follow the address in here. Does not know what is said to a worker.
 */
import { type NodeThreads, nodeThreads } from "./runtime.js";

/** What a worker says, and that it ended. */
export interface Hearing {
  heard(message: unknown): void;
  ended(cause: unknown): void;
}

/** A running worker, of whichever kind. */
export interface Port {
  post(message: unknown, transfer: readonly ArrayBuffer[]): void;
  /** Whether the worker keeps the process from ending. */
  hold(wanted: boolean): void;
  end(): void;
}

/** Starts a worker; null where there are none. May throw where there is one that cannot be had. */
export type PortStarter = (hearing: Hearing) => Port | null;

/** A worker over the file beside this one; in tests, over another. */
export function startWorker(hearing: Hearing, file = new URL("./parallel-worker.js", import.meta.url)): Port | null {
  const { Worker: NodeWorker } = nodeThreads();
  // The flags of the process are for its own script; some of them keep a worker from starting.
  if (NodeWorker !== undefined) return nodePort(new NodeWorker(file, { execArgv: [] }), hearing);
  if (typeof Worker !== "function") return null;
  // Bundlers look for exactly this form.
  return webPort(new Worker(new URL("./parallel-worker.js", import.meta.url), { type: "module" }), hearing);
}

function nodePort(worker: InstanceType<NonNullable<NodeThreads["Worker"]>>, hearing: Hearing): Port {
  worker.on("message", (message) => hearing.heard(message));
  for (const event of ["messageerror", "error", "exit"] as const) worker.on(event, (cause) => hearing.ended(cause));
  return {
    post: (message, transfer) => worker.postMessage(message, transfer),
    hold: (wanted) => (wanted ? worker.ref() : worker.unref()),
    end: () => void worker.terminate(),
  };
}

function webPort(worker: Worker, hearing: Hearing): Port {
  worker.onmessage = ({ data }) => hearing.heard(data);
  worker.onmessageerror = () => hearing.ended("a message could not be read");
  worker.onerror = (event) => {
    event.preventDefault();
    hearing.ended(event.message);
  };
  return {
    post: (message, transfer) => worker.postMessage(message, [...transfer]),
    hold: () => {},
    end: () => worker.terminate(),
  };
}
