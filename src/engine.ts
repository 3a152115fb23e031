/**
 * The engine: a checker that also explains, filters and evaluates conditions.
 *
 * Puts checked requests to the kernel and its numbers into words. Does not know byte layouts, and decides nothing.
 */
import { FALSE, PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY, TRUE } from "../assembly/shared/condition.js";
import { type AccessCheckRequest, checkedDescriptor, reading, takeRequest } from "./access-request.js";
import { AccessToken } from "./access-token.js";
import { nameOf, verdictOf } from "./answer.js";
import { Checker, type EngineOptions, judge, sessionOf } from "./checker.js";
import { Condition } from "./condition.js";
import { ArgumentError } from "./errors.js";
import { Explanation } from "./explanation.js";
import { checkedFilter, type FilterOptions } from "./filter-request.js";
import type { NtStatus } from "./ntstatus.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import { runCheck } from "./wasm/access-check.js";
import { runCondition } from "./wasm/condition.js";
import { runFilter } from "./wasm/filter.js";
import { readTrace } from "./wasm/trace.js";

/** What filtering answers: a token, or the status that says why not. tokens.md 2 */
export interface FilterVerdict {
  readonly status: NtStatus;
  /** null unless the status is STATUS_SUCCESS. */
  readonly token: AccessToken | null;
}

/** How a condition is read: `Member_of` sees enabled groups for allow, enabled or deny-only ones otherwise. */
export type ConditionPurpose = "allow" | "deny" | "audit";
export type Truth = "TRUE" | "FALSE" | "UNKNOWN";

export interface ConditionRequest {
  readonly condition: Condition;
  readonly token: AccessToken;
  /** Supplies `@Resource.` attributes. */
  readonly descriptor?: SecurityDescriptor;
  /** Default allow. */
  readonly purpose?: ConditionPurpose;
}

const purposes: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map([
  ["allow", PURPOSE_ALLOW],
  ["deny", PURPOSE_DENY],
  ["audit", PURPOSE_AUDIT],
]);

/** A checker that also explains, filters tokens and evaluates conditions. */
export class Engine extends Checker {
  /** An engine around a kernel compiled elsewhere: `sallyport/kernel.wasm`, imported as a module. */
  static override from(module: WebAssembly.Module, options: EngineOptions = {}): Engine {
    return new Engine(options, module);
  }

  /**
   * Why: the same check with the trace on. For every requested bit and each pass, what decided it.
   *
   * @throws as `check`
   */
  explain(request: AccessCheckRequest): Explanation {
    const asked = takeRequest(request);
    const { checked, audit } = judge(request, asked);
    const descriptor = checkedDescriptor(asked.descriptor, ["descriptor"]);
    const answer = runCheck(sessionOf(this), checked, descriptor, { trace: true, audit });
    return new Explanation({
      verdict: verdictOf(checked, answer, audit),
      want: answer.want,
      request: checked,
      descriptor,
      events: readTrace(answer.events),
      complete: !answer.eventsLost,
    });
  }

  /**
   * A restricted token, as SeFilterToken or CreateRestrictedToken make it. The source is not changed.
   *
   * @throws ArgumentError ERR_ARGUMENT where Windows answers with a status (see `tryFilterToken`), ERR_SID; EngineError
   */
  filterToken(token: AccessToken, options: FilterOptions = {}): AccessToken {
    const answer = this.tryFilterToken(token, options);
    if (answer.token === null) throw new ArgumentError("ERR_ARGUMENT", [], `filtering answers ${answer.status}`);
    return answer.token;
  }

  /** As `filterToken`, but a refusal by the rules is an answer. */
  tryFilterToken(token: AccessToken, options: FilterOptions = {}): FilterVerdict {
    if (!(token instanceof AccessToken)) throw new ArgumentError("ERR_ARGUMENT", ["token"], "expected an AccessToken");
    const { status, parts } = runFilter(
      sessionOf(this),
      token,
      reading(() => checkedFilter(options)),
    );
    return { status: nameOf(status), token: parts === null ? null : token.filtered(parts) };
  }

  /** The truth of a condition for a token. access-check.md 11 */
  evaluateCondition(request: ConditionRequest): Truth {
    const { condition, token, descriptor, purpose = "allow" } = request;
    if (!(condition instanceof Condition))
      throw new ArgumentError("ERR_ARGUMENT", ["condition"], "expected a Condition");
    if (!(token instanceof AccessToken)) throw new ArgumentError("ERR_ARGUMENT", ["token"], "expected an AccessToken");
    const code = purposes.get(purpose);
    if (code === undefined) throw new ArgumentError("ERR_ARGUMENT", ["purpose"], "expected allow, deny or audit");
    const resources = descriptor === undefined ? null : checkedDescriptor(descriptor, ["descriptor"]);
    const truth = runCondition(sessionOf(this), condition, token, resources, code);
    return truth === TRUE ? "TRUE" : truth === FALSE ? "FALSE" : "UNKNOWN";
  }
}
