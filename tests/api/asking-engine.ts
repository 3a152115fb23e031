/** An engine for the tests of the interchange: it says yes, and keeps what it was asked. */

import type { AccessCheckRequest } from "../../src/access-request.js";
import type { ConditionRequest } from "../../src/engine.js";
import type { Explanation } from "../../src/explanation.js";
import type { FilterOptions } from "../../src/filter-request.js";
import { answer } from "../../src/interchange/answer.js";
import type { InterchangeEngine } from "../../src/interchange/engine-face.js";

export interface Asked {
  check?: AccessCheckRequest;
  filter?: FilterOptions;
  condition?: ConditionRequest;
}

export function askingEngine(seen: Asked = {}): InterchangeEngine {
  return {
    check: (request) => {
      seen.check = request;
      return { granted: true, access: 1, status: "STATUS_SUCCESS", privilegesUsed: [], auditEvents: [] };
    },
    explain: () => ({ because: "so" }) as unknown as Explanation,
    tryFilterToken: (token, options) => {
      seen.filter = options;
      const refused = options?.flags === 0x10;
      return refused ? { status: "STATUS_INVALID_PARAMETER", token: null } : { status: "STATUS_SUCCESS", token };
    },
    evaluateCondition: (request) => {
      seen.condition = request;
      return "UNKNOWN";
    },
  };
}

/** The answer to a request, or to a raw line. */
// biome-ignore lint/suspicious/noExplicitAny: answers are read member by member
export function ask(request: unknown, engine = askingEngine()): any {
  return JSON.parse(answer(typeof request === "string" ? request : JSON.stringify(request), engine));
}

/** The error code of the answer, or "ok". */
export function codeOf(request: unknown): string {
  return ask(request).error?.code ?? "ok";
}

export const USER = "S-1-5-21-1-2-3-1001";

/** A check that nothing is wrong with. */
export const goodCheck = {
  op: "check",
  token: { user: USER },
  descriptor: "O:BAG:BAD:(A;;FA;;;BA)",
  desired: 1,
  mapping: "file",
};
