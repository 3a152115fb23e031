/**
 * A piece of work and its answer, as they go between threads; and the one function that does such work.
 *
 * Does not know where it runs.
 */
import { DescriptorSet } from "../descriptor-set.js";
import type { Engine } from "../engine.js";
import { ArgumentError, EngineError, type ErrorCode, FormatError } from "../errors.js";
import type { ScanFault } from "../verdict.js";
import type { EngineOptions } from "../verdict-engine.js";
import { type Crossing, landed } from "./crossing.js";

/** The first message to a thread. Its answer is `true`. */
export interface Greeting {
  readonly module: WebAssembly.Module;
  readonly options: EngineOptions;
}

/** Some of a request's descriptors. A scan has one token; a matrix answers token by token. */
export interface Task {
  readonly kind: "scan" | "matrix";
  readonly crossing: Crossing;
  /** Given away with the task, unless they are in shared memory. */
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array<ArrayBuffer>;
}

/** Places in `faults` are those of the task. */
export interface Done {
  readonly access: Uint32Array<ArrayBuffer>;
  readonly faults: readonly ScanFault[];
}

/** An error of ours as plain data; what is no error of ours is the engine's failure. */
export interface Failed {
  readonly failed: {
    readonly name: string;
    readonly code: ErrorCode;
    readonly message: string;
    readonly path: readonly (string | number)[];
    readonly offset: number;
  };
}

export type Answer = Done | Failed;

/** Does `task`. Never throws. */
export function perform(engine: Engine, { kind, crossing, bytes, offsets }: Task): Answer {
  try {
    const { tokens, options } = landed(crossing);
    const access = new Uint32Array(tokens.length * (offsets.length - 1));
    if (kind === "scan") {
      const { faults } = engine.scanBytes({ ...options, token: tokens[0], bytes, offsets, into: access });
      return { access, faults };
    }
    const descriptors = DescriptorSet.fromBytes(bytes, offsets);
    engine.checkMatrix({ ...options, tokens, descriptors, into: access });
    return { access, faults: [] };
  } catch (error) {
    return failedBy(error);
  }
}

function failedBy(error: unknown): Failed {
  const plain = { name: "EngineError", code: "ERR_ENGINE", message: String(error), path: [], offset: 0 } as const;
  if (error instanceof EngineError) return { failed: { ...plain, message: error.message } };
  if (error instanceof ArgumentError) {
    const { name, code, message, path } = error;
    return { failed: { ...plain, name, code, message, path } };
  }
  if (error instanceof FormatError) {
    const { name, code, message, offset } = error;
    return { failed: { ...plain, name, code, message, offset } };
  }
  return { failed: plain };
}

/** The error that was thrown on the other side. */
export function errorOf({ failed: { name, code, message, path, offset } }: Failed): Error {
  const error =
    name === "ArgumentError"
      ? new ArgumentError(code, path, "")
      : name === "FormatError"
        ? new FormatError(code, offset, "")
        : new EngineError("");
  // Constructors add the place to a message; this one has it already.
  error.message = message;
  return error;
}
