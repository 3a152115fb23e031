/**
 * What the runtime at hand has beside the language, as far as threads need it. Knows runtimes by what they have, never by
 * name.
 */

/** What is used of `node:worker_threads`. */
export interface NodeThreads {
  readonly Worker?: new (
    file: URL,
    options: { readonly execArgv: readonly string[] },
  ) => {
    postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
    on(event: "message" | "messageerror" | "error" | "exit", listener: (value: unknown) => void): void;
    ref(): void;
    unref(): void;
    terminate(): unknown;
  };
  readonly parentPort?: ParentPort | null;
}

/** The side of a worker that talks to whoever started it. */
export interface ParentPort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer: readonly ArrayBuffer[]): void;
}

/** A module of Node's own where the runtime has it; an import would break what bundles for the web. */
function nodeModule(name: string): unknown {
  const runtime = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } };
  return runtime.process?.getBuiltinModule?.(name) ?? {};
}

/** `node:worker_threads` in Node, Bun and Deno; nothing of it elsewhere. */
export function nodeThreads(): NodeThreads {
  return nodeModule("node:worker_threads") as NodeThreads;
}

/** How many threads can run at once, as far as the runtime tells; 1 where it does not. */
export function availableThreads(): number {
  const { availableParallelism } = nodeModule("node:os") as { availableParallelism?: () => number };
  const known = availableParallelism?.() ?? (globalThis.navigator as Navigator | undefined)?.hardwareConcurrency;
  return known ?? 1;
}

/** In a worker: the port to whoever started it. */
export function parentPort(): ParentPort {
  return nodeThreads().parentPort ?? (globalThis as unknown as ParentPort);
}
