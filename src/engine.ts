/**
 * The engine: check, explain, filter. One `Engine` is one WASM instance; there is no state beside it.
 *
 * Puts checked requests to the kernel and its numbers into words. Does not know byte layouts, and decides nothing.
 */
import {
  CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST,
  LOAD_DESCRIPTOR,
  RESULT_ACCESS,
  RESULT_GRANTED,
  RESULT_PRIVILEGES_USED,
  RESULT_STATUS,
  USED_RELABEL,
  USED_SECURITY,
  USED_TAKE_OWNERSHIP,
} from "../assembly/shared/abi.js";
import { FALSE, PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY, TRUE } from "../assembly/shared/condition.js";
import {
  STATUS_ACCESS_DENIED,
  STATUS_INVALID_HANDLE,
  STATUS_INVALID_SECURITY_DESCR,
  STATUS_SUCCESS,
} from "../assembly/shared/ntstatus.js";
import {
  type AccessCheckRequest,
  type CheckedRequest,
  checkedDescriptor,
  checkedRequest,
  isPlain,
  type ManyAccessChecksRequest,
  reading,
  refuseUnknownMembers,
  takeRequest,
} from "./access-request.js";
import { AccessToken } from "./access-token.js";
import { Condition } from "./condition.js";
import { ArgumentError, EngineError } from "./errors.js";
import { auditEventsOf, Explanation } from "./explanation.js";
import { checkedFilter, type FilterOptions } from "./filter-request.js";
import { GenericMapping, type MappingName } from "./generic-mapping.js";
import { type NtStatus, statusName } from "./ntstatus.js";
import { listOf } from "./policy-request.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import type { ObjectTypeVerdict, Verdict } from "./verdict.js";
import { type RawAnswer, runCheck, runCheckMany, runResident, withRoom } from "./wasm/access-check.js";
import { runCondition } from "./wasm/condition.js";
import { runFilter } from "./wasm/filter.js";
import { compileKernel } from "./wasm/kernel-bytes.js";
import { FULL, Session } from "./wasm/session.js";
import { readTrace } from "./wasm/trace.js";

/** How large and how seeded an engine is. */
export interface EngineOptions {
  /** Most memory of the engine in bytes, 4 MiB…256 MiB; default 256 MiB. Beyond it the arena is emptied and refilled. */
  readonly maximumMemory?: number;
  /** Seeds the hash tables; default random. Never changes a verdict. */
  readonly seed?: number;
}

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

const LEAST_MEMORY = 4 << 20;
const MOST_MEMORY = 256 << 20;
const NONE_USED: readonly string[] = Object.freeze([]);
const purposes: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map([
  ["allow", PURPOSE_ALLOW],
  ["deny", PURPOSE_DENY],
  ["audit", PURPOSE_AUDIT],
]);

export class Engine {
  readonly #session: Session;
  #mapping: GenericMapping = GenericMapping.of("file");
  #mappingName: MappingName = "file";

  /** An engine with the kernel that ships with the package. Synchronous on every runtime that compiles WebAssembly. */
  constructor(options: EngineOptions = {}, module: WebAssembly.Module = compileKernel()) {
    const { maximumMemory = MOST_MEMORY, seed } = options;
    if (!Number.isInteger(maximumMemory) || maximumMemory < LEAST_MEMORY || maximumMemory > MOST_MEMORY) {
      throw new ArgumentError("ERR_ARGUMENT", ["maximumMemory"], "expected 4 MiB to 256 MiB in bytes");
    }
    const seeds = seed === undefined ? () => Math.floor(Math.random() * 0x100000000) : () => seed >>> 0;
    this.#session = new Session(module, maximumMemory, seeds);
  }

  /** An engine around a kernel compiled elsewhere: `sallyport/kernel.wasm`, imported as a module. */
  static from(module: WebAssembly.Module, options: EngineOptions = {}): Engine {
    return new Engine(options, module);
  }

  /**
   * May this token do that to this object?
   *
   * @throws ArgumentError for wrong arguments, ERR_LIMIT for values larger than the engine; EngineError
   */
  check(request: AccessCheckRequest): Verdict {
    const asked = takeRequest(request);
    const { token, descriptor, desired, mapping } = asked;
    if (isPlain(request, asked) && typeof desired === "number" && desired >>> 0 === desired) {
      const session = this.#session;
      // A look-up by name costs as much as the check; most callers ask by one name again and again.
      if (typeof mapping === "string" && mapping !== this.#mappingName) {
        this.#mapping = GenericMapping.of(mapping, ["mapping"]);
        this.#mappingName = mapping;
      }
      const generic =
        typeof mapping === "string" ? this.#mapping : reading(() => GenericMapping.of(mapping, ["mapping"]));
      if (runResident(session, token, descriptor, desired, generic)) return plainVerdict(session);
    }
    const { checked, audit } = this.#judge(request, asked);
    const answer = runCheck(this.#session, checked, checkedDescriptor(descriptor, ["descriptor"]), {
      trace: false,
      audit,
    });
    return verdictOf(checked, answer, audit);
  }

  #judge(request: object, asked: AccessCheckRequest): { readonly checked: CheckedRequest; readonly audit: boolean } {
    return reading(() => {
      refuseUnknownMembers(request);
      const checked = checkedRequest(asked);
      const { audit } = asked;
      if (audit !== undefined && typeof audit !== "boolean") {
        throw new ArgumentError("ERR_ARGUMENT", ["audit"], "expected true or false");
      }
      return { checked, audit: audit === true };
    });
  }

  /**
   * The granted mask of one token for many descriptors, in their order; 0 where denied. The verdicts of `check`.
   *
   * @throws as `check`
   */
  checkMany(request: ManyAccessChecksRequest): Uint32Array {
    const asked = takeRequest(request as unknown as AccessCheckRequest);
    const { checked } = this.#judge(request, asked);
    const list = reading(() =>
      listOf(request.descriptors, Number.MAX_SAFE_INTEGER, ["descriptors"], checkedDescriptor),
    );
    return runCheckMany(this.#session, checked, list);
  }

  /**
   * Why: the same check with the trace on. For every requested bit and each pass, what decided it.
   *
   * @throws as `check`
   */
  explain(request: AccessCheckRequest): Explanation {
    const asked = takeRequest(request);
    const { checked, audit } = this.#judge(request, asked);
    const descriptor = checkedDescriptor(asked.descriptor, ["descriptor"]);
    const answer = runCheck(this.#session, checked, descriptor, { trace: true, audit });
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
      this.#session,
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
    const truth = runCondition(this.#session, condition, token, resources, code);
    return truth === TRUE ? "TRUE" : truth === FALSE ? "FALSE" : "UNKNOWN";
  }

  /**
   * Whether the kernel takes these bytes for a descriptor, and where they are wrong: `{ offset: null }` when it does.
   *
   * @internal for the law that both readers accept the same bytes
   */
  probeDescriptor(bytes: Uint8Array): { readonly offset: number | null } {
    const session = this.#session;
    return withRoom(session, () => {
      const handle = session.tryLoad(LOAD_DESCRIPTOR, bytes);
      if (handle !== FULL) return { offset: null };
      return session.status() === STATUS_INVALID_SECURITY_DESCR ? { offset: session.faultOffset() } : FULL;
    });
  }

  /** @internal Drops what the arena holds; no verdict changes. */
  reset(): void {
    if (this.#session.busy) throw new EngineError("the engine was called by a value that it was reading");
    this.#session.reset();
  }
}

/** The verdict of a plain request, straight from the words of the result. */
function plainVerdict(session: Session): Verdict {
  const { words, result: at } = session;
  const used = words[at + (RESULT_PRIVILEGES_USED >>> 2)];
  if (words[at + (RESULT_STATUS >>> 2)] === STATUS_INVALID_HANDLE)
    throw session.die(new EngineError("a handle went stale"));
  return {
    granted: words[at + (RESULT_GRANTED >>> 2)] === 1,
    access: words[at + (RESULT_ACCESS >>> 2)],
    status: nameOf(words[at + (RESULT_STATUS >>> 2)]),
    privilegesUsed: used === 0 ? NONE_USED : privilegesOf(used),
  };
}

function verdictOf(request: CheckedRequest, answer: RawAnswer, audit: boolean): Verdict {
  const status = nameOf(answer.status);
  const verdict = {
    granted: answer.granted,
    access: answer.access,
    status,
    privilegesUsed: answer.privilegesUsed === 0 ? NONE_USED : privilegesOf(answer.privilegesUsed),
  };
  if (answer.callFailed) return { ...verdict, callFailed: true };
  if (answer.nodes.length === 0 && !audit && answer.staged === null) return verdict;
  const list = request.call === CALL_ACCESS_CHECK_BY_TYPE_RESULT_LIST ? nodesOf(request, answer) : undefined;
  return {
    ...verdict,
    ...(list && { objectTypes: list }),
    ...(audit && { auditEvents: auditEventsOf(readTrace(answer.events)) }),
    ...(answer.staged && {
      staged: {
        granted: answer.staged.status === STATUS_SUCCESS,
        status: nameOf(answer.staged.status),
        access: answer.staged.access,
        ...(list && { objectTypes: answer.nodes.map((node) => node.stagedAccess) }),
      },
    }),
  };
}

function nodesOf(request: CheckedRequest, answer: RawAnswer): readonly ObjectTypeVerdict[] {
  return request.objectTypes.map(({ level, guid }, index) => {
    const { status, access } = answer.nodes[index];
    return { level, guid, status: nameOf(status), access };
  });
}

function privilegesOf(used: number): readonly string[] {
  const names: string[] = [];
  if ((used & USED_SECURITY) !== 0) names.push("SeSecurityPrivilege");
  if ((used & USED_TAKE_OWNERSHIP) !== 0) names.push("SeTakeOwnershipPrivilege");
  if ((used & USED_RELABEL) !== 0) names.push("SeRelabelPrivilege");
  return Object.freeze(names);
}

function nameOf(status: number): NtStatus {
  if (status === STATUS_SUCCESS) return "STATUS_SUCCESS";
  if (status === STATUS_ACCESS_DENIED) return "STATUS_ACCESS_DENIED";
  const name = statusName(status);
  if (name === undefined) throw new EngineError(`the kernel answered 0x${status.toString(16)}`);
  return name;
}
