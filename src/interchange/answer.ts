/**
 * One line in, one line out: the interchange's door. interchange.md "Operations"
 *
 * It never throws. What is wrong with the input is an answer with an `error`, and so is what is wrong with us.
 */

import { ArgumentError, FormatError, isSallyportError, JsonError, SddlError } from "../errors.js";
import { isTaken, type Taken, take } from "../member-shape.js";
import { kindOf } from "../sid-input.js";
import type { InterchangeEngine } from "./engine-face.js";
import { parseLine, positionOf } from "./json.js";
import { check } from "./operations/check.js";
import { condition } from "./operations/condition.js";
import { filter } from "./operations/filter.js";
import { inherit } from "./operations/inherit.js";
import { binaryToSddl, sddlToBinary } from "./operations/sddl.js";
import { argumentError } from "./read.js";
import { anyRequestShape, requestShapes } from "./shapes.js";

/** The version of the interchange that a request may carry as `"sallyport"`. */
export const INTERCHANGE_VERSION = 1;

type Operation = (request: Taken, engine: InterchangeEngine) => object;

const operations = {
  check,
  filter,
  sddl_to_binary: sddlToBinary,
  binary_to_sddl: binaryToSddl,
  condition,
  inherit,
} as const satisfies Readonly<Record<string, Operation>>;

/** The names that `op` may have. */
export const operationNames: readonly string[] = /* @__PURE__ */ Object.freeze(Object.keys(operations));

/**
 * Answers one request line with one line of JSON, without a line break. Never throws.
 *
 * `id` comes back as it came, whenever the line is JSON. An error carries `position` (UTF-16 units from 0: in the
 * line, or in the SDDL or condition at fault) or `offset` (bytes from 0).
 */
export function answer(line: string, engine: InterchangeEngine): string {
  let id: string | undefined;
  let text: string;
  try {
    const parsed = parseLine(line);
    id = parsed.id;
    if (parsed.fault !== undefined) throw parsed.fault;
    text = JSON.stringify(perform(parsed.value, engine));
  } catch (error) {
    text = JSON.stringify({ error: describe(error, line) });
  }
  return id === undefined ? text : `{"id":${id}${text === "{}" ? "" : ","}${text.slice(1)}`;
}

/**
 * Answers a request that is a value already.
 *
 * @throws one of ours for wrong input, as `answer` describes it
 */
export function perform(value: unknown, engine: InterchangeEngine): object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw argumentError([], `a request is an object, found ${kindOf(value)}`);
  }
  const op = Object.hasOwn(value, "op") ? (value as { op: unknown }).op : undefined;
  if (op === undefined) {
    // A mistyped `op` is named as what it is.
    take(value, anyRequestShape, [], false);
    throw argumentError([], "`op` is missing");
  }
  if (typeof op !== "string" || !Object.hasOwn(operations, op)) {
    throw argumentError(["op"], `expected one of ${operationNames.join(", ")}`);
  }
  const name = op as keyof typeof operations;
  const request = take(value, requestShapes[name], [], false);
  if (!isTaken(request)) throw argumentError([], "a request is an object");
  if (request.sallyport !== undefined && request.sallyport !== INTERCHANGE_VERSION) {
    throw argumentError(["sallyport"], `this is version ${INTERCHANGE_VERSION} of the interchange`);
  }
  return operations[name](request, engine);
}

interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly position?: number;
  readonly offset?: number;
}

function describe(error: unknown, line: string): ErrorAnswer {
  if (!isSallyportError(error)) {
    return { code: "ERR_ENGINE", message: error instanceof Error ? error.message : "the engine failed" };
  }
  const { code, message } = error;
  if (error instanceof SddlError || error instanceof JsonError) return { code, message, position: error.position };
  if (error instanceof FormatError) return { code, message, offset: error.offset };
  if (error instanceof ArgumentError) return { code, message, position: place(line, error) };
  return { code, message };
}

/** A wrong argument is a member of the line. */
function place(line: string, error: ArgumentError): number {
  return positionOf(line, error.path, error.code === "ERR_UNKNOWN_MEMBER");
}
