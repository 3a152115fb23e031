/**
 * `condition`: the truth value of one conditional expression. interchange.md "condition", access-check.md 11
 *
 * Reads the request and writes the answer; the value is the engine's to find.
 */

import { SD_MAX_SIZE } from "../../../assembly/shared/security-descriptor.js";
import { decodeCondition } from "../../binary/condition-decode.js";
import type { Condition } from "../../condition.js";
import { FormatError } from "../../errors.js";
import { fromHex } from "../../hex.js";
import type { Taken } from "../../member-shape.js";
import { parseCondition } from "../../sddl/condition-parse.js";
import type { SidContext } from "../../well-known-sids.js";
import { type InterchangeEngine, purposes } from "../engine-face.js";
import {
  argumentError,
  optional,
  RequestContext,
  readDescriptor,
  readName,
  readText,
  readToken,
  required,
  within,
} from "../read.js";

export function condition(request: Taken, engine: InterchangeEngine): object {
  const context = new RequestContext(request);
  const { sids } = context;
  const expression = context.before(() => readCondition(request, sids));
  const token = context.before(() => readToken(required(request, "token"), ["token"], sids));
  const descriptor = context.before(() =>
    optional(request, "descriptor", (value, path) => readDescriptor(value, path, sids)),
  );
  context.check();
  const purpose = optional(request, "purpose", (value, path) => readName(value, path, purposes)) ?? "allow";
  return { result: engine.evaluateCondition({ condition: expression, token, descriptor, purpose }) };
}

function readCondition(request: Taken, context: SidContext | undefined): Condition {
  if ((request.condition === undefined) === (request.conditionHex === undefined)) {
    throw argumentError([], "an expression is given as `condition` or as `conditionHex`");
  }
  if (request.condition !== undefined) {
    const text = readText(request.condition, ["condition"]);
    return within(["condition"], () => parseCondition(text, context));
  }
  const hex = readText(request.conditionHex, ["conditionHex"]);
  if (hex.length > 2 * SD_MAX_SIZE)
    throw new FormatError("ERR_LIMIT", SD_MAX_SIZE, `at most ${SD_MAX_SIZE} bytes are read`);
  const bytes = fromHex(hex);
  if (bytes === null) throw argumentError(["conditionHex"], "expected pairs of hexadecimal digits");
  return decodeCondition(bytes);
}
