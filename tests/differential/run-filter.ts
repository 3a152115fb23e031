/**
 * Filtering by the engine against filtering by the model, on generated tokens.
 */

import type { AccessToken } from "../../src/access-token.js";
import type { FilterOptions } from "../../src/filter-request.js";
import { formatLuid, privilegeName } from "../../src/privilege.js";
import { type FilterRequest, filter } from "../model/filter.js";
import { tokenFrom } from "../model/from-values.js";
import type { ModelToken } from "../model/types.js";
import { filterRequest } from "./generate-filter.js";
import { randomFrom } from "./random.js";
import { shrink } from "./shrink.js";
import { tokenInput, tokenTo } from "./to-values.js";

/** What this test needs of an engine. */
export interface FilteringEngine {
  tryFilterToken(
    token: AccessToken,
    options: FilterOptions,
  ): { readonly status: string; readonly token: AccessToken | null };
}

/** The differences found, each as a vector line of its shrunken request; at most `limit`. */
export function compareFilter(
  engine: FilteringEngine,
  { count, seed, limit = 5 }: { count: number; seed: number; limit?: number },
): string[] {
  const random = randomFrom(seed);
  const lines: string[] = [];
  for (let index = 0; index < count && lines.length < limit; index++) {
    const request = filterRequest(random);
    if (!differs(engine, request)) continue;
    const smallest = shrink(request, (candidate) => differsStill(engine, candidate));
    lines.push(
      JSON.stringify({
        request: interchangeFilter(smallest),
        expected: byModel(smallest),
        actual: byEngine(engine, smallest),
      }),
    );
  }
  return lines;
}

/** Shrinking makes requests that are none, such as a claim without values: those do not count. */
function differsStill(engine: FilteringEngine, candidate: FilterRequest): boolean {
  try {
    return differs(engine, candidate);
  } catch {
    return false;
  }
}

function differs(engine: FilteringEngine, request: FilterRequest): boolean {
  return JSON.stringify(byModel(request)) !== JSON.stringify(byEngine(engine, request));
}

function byModel(request: FilterRequest): unknown {
  const answer = filter(request);
  return { status: answer.status, token: answer.token && comparable(answer.token) };
}

function byEngine(engine: FilteringEngine, request: FilterRequest): unknown {
  const answer = engine.tryFilterToken(tokenTo(request.token), filterOptions(request));
  return { status: answer.status, token: answer.token && comparable(tokenFrom(answer.token)) };
}

/** JSON has no bigints, and a token without an owner is owned by its user. */
function comparable(token: ModelToken): unknown {
  return { ...tokenInput(token), owner: token.owner ?? token.user.sid };
}

function filterOptions(request: FilterRequest): FilterOptions {
  return {
    flags: request.flags,
    sidsToDisable: request.sidsToDisable,
    privilegesToDelete: request.privilegesToDelete.map((luid) => {
      const name = privilegeName(luid);
      return name === undefined ? { luid: formatLuid(luid) } : { name };
    }),
    restrictedSids: request.restrictedSids,
    call: request.call,
    ...(request.call === "CreateRestrictedToken" ? { callerIsTcb: request.callerIsTcb } : {}),
  };
}

function interchangeFilter(request: FilterRequest): unknown {
  return { op: "filter", token: tokenInput(request.token), ...filterOptions(request) };
}
