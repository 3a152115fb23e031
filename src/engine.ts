/**
 * The engine: verdicts, and also explanations, filtering, batches and conditions.
 *
 * Puts checked requests to the kernel and its numbers into words. Does not know byte layouts, and decides nothing.
 */
import { LOAD_DESCRIPTOR } from "../assembly/shared/abi.js";
import { FALSE, PURPOSE_ALLOW, PURPOSE_AUDIT, PURPOSE_DENY, TRUE } from "../assembly/shared/condition.js";
import { STATUS_INVALID_SECURITY_DESCR } from "../assembly/shared/ntstatus.js";
import { parseMask } from "./access-mask.js";
import {
  type AccessCheckRequest,
  checkedDescriptor,
  checkedDescriptors,
  checkedScan,
  checkedSet,
  checkedToken,
  checkedTokens,
  type MatrixRequest,
  reading,
  type ScanRequest,
  type SetAccessChecksRequest,
  type StreamRequest,
  takeMatrix,
  takeRequest,
} from "./access-request.js";
import type { AccessToken } from "./access-token.js";
import { nameOf, verdictOf } from "./answer.js";
import { masksFor } from "./batch-input.js";
import { Condition } from "./condition.js";
import { DescriptorSet } from "./descriptor-set.js";
import { answerStream } from "./descriptor-stream.js";
import { ArgumentError, EngineError } from "./errors.js";
import { Explanation } from "./explanation.js";
import { checkedFilter, type FilterOptions } from "./filter-request.js";
import type { NtStatus } from "./ntstatus.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import type { ScanFault, StreamBatch } from "./verdict.js";
import { type EngineOptions, VerdictEngine } from "./verdict-engine.js";
import { runCheck, withRoom } from "./wasm/access-check.js";
import { runCondition } from "./wasm/condition.js";
import { runFilter } from "./wasm/filter.js";
import { compileKernel } from "./wasm/kernel-bytes.js";
import { runCheckMany } from "./wasm/many.js";
import { runScan } from "./wasm/scan.js";
import { FULL } from "./wasm/session.js";
import { runCheckSet } from "./wasm/set.js";
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

/** Verdicts, the reasons of each bit, filtered tokens, conditions, and many questions at once. */
export class Engine extends VerdictEngine {
  /** With the kernel that ships with the package. Synchronous on every runtime that compiles WebAssembly. */
  constructor(options: EngineOptions = {}, module: WebAssembly.Module = compileKernel()) {
    super(options, module, parseMask);
    // The kernel of a Checker is of this version too, and would fail at the first scan.
    if (VerdictEngine.sessionOf(this).kernel.scan === undefined)
      throw new EngineError("the module is a checker's kernel");
  }

  /** An engine around a kernel compiled elsewhere: `sallyport/kernel.wasm`, imported as a module. A bundle has the inlined one too. */
  static from(module: WebAssembly.Module, options: EngineOptions = {}): Engine {
    return new Engine(options, module);
  }

  /** As a checker's, also over a prepared set: its distinct descriptors are decided once. */
  override checkMany(request: SetAccessChecksRequest): Uint32Array {
    const { checked } = VerdictEngine.judge(this, request, takeRequest(request as unknown as AccessCheckRequest));
    const { descriptors, into } = reading(() => ({ descriptors: request.descriptors, into: request.into }));
    const session = VerdictEngine.sessionOf(this);
    if (DescriptorSet.is(descriptors)) {
      const masks = masksFor(into, descriptors.size);
      runCheckSet(session, checked, descriptors, masks);
      return masks;
    }
    const list = reading(() => checkedDescriptors(descriptors));
    const masks = masksFor(into, list.length);
    runCheckMany(session, checked, list, masks);
    return masks;
  }

  /**
   * The granted masks of many tokens for many descriptors, token by token: mask `t * descriptors + d`. The verdicts of
   * `check`.
   *
   * @throws as `check`
   */
  checkMatrix(request: MatrixRequest): Uint32Array {
    const { tokens, descriptors, into } = takeMatrix(request);
    const asked = takeRequest(request as unknown as AccessCheckRequest);
    const list = reading(() => checkedTokens(tokens));
    const set = reading(() => checkedSet(descriptors));
    const rows = list.map((token) => VerdictEngine.judge(this, request, { ...asked, token }).checked);
    const masks = reading(() => masksFor(into, list.length * set.size));
    rows.forEach((checked, row) => {
      runCheckSet(VerdictEngine.sessionOf(this), checked, set, masks.subarray(row * set.size, (row + 1) * set.size));
    });
    return masks;
  }

  /**
   * The granted masks of one token for self-relative descriptors in foreign bytes, without a value for each of them.
   * `access` has 0 where denied, and where the bytes are no descriptor: those are named in `faults`. The verdicts of
   * `check`.
   *
   * @throws as `check`; ArgumentError ERR_ARGUMENT for offsets that descend or leave `bytes`, and for `into` over them
   */
  scanBytes(request: ScanRequest): { readonly access: Uint32Array; readonly faults: readonly ScanFault[] } {
    const { checked } = VerdictEngine.judge(this, request, takeRequest(request as unknown as AccessCheckRequest));
    const { view, fences, access } = checkedScan(request);
    return { access, faults: runScan(VerdictEngine.sessionOf(this), checked, view, fences, access) };
  }

  /**
   * The granted masks of one token for descriptors that come one by one, in memory that does not grow with their
   * number. A batch is at most 1,024 of them and 1 MiB; the next one is made when it is asked for. Bytes that are no
   * descriptor, or more than 1 MiB, are denied and named in `faults`. The verdicts of `check`.
   *
   * What the source throws passes through; when the caller stops early, the source's iterator is closed.
   *
   * @throws as `check`, at once; when it is reached, ArgumentError ERR_ARGUMENT for what is neither descriptor nor bytes
   */
  checkStream(request: StreamRequest): AsyncGenerator<StreamBatch, void, undefined> {
    const { checked } = VerdictEngine.judge(this, request, takeRequest(request as unknown as AccessCheckRequest));
    const descriptors = reading(() => iterable(request.descriptors));
    return answerStream(VerdictEngine.sessionOf(this), checked, descriptors);
  }

  /**
   * Why: the same check with the trace on. For every requested bit and each pass, what decided it.
   *
   * @throws as `check`
   */
  explain(request: AccessCheckRequest): Explanation {
    const asked = takeRequest(request);
    const { checked, audit } = VerdictEngine.judge(this, request, asked);
    const descriptor = checkedDescriptor(asked.descriptor, ["descriptor"]);
    const answer = runCheck(VerdictEngine.sessionOf(this), checked, descriptor, { trace: true, audit });
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
    checkedToken(token, ["token"]);
    const { status, parts } = runFilter(
      VerdictEngine.sessionOf(this),
      token,
      reading(() => checkedFilter(options)),
    );
    return { status: nameOf(status), token: parts === null ? null : token.filtered(parts) };
  }

  /** The truth of a condition for a token. access-check.md 11 */
  evaluateCondition(request: ConditionRequest): Truth {
    const { condition, token, descriptor, purpose = "allow" } = request;
    if (!Condition.is(condition)) throw new ArgumentError("ERR_ARGUMENT", ["condition"], "expected a Condition");
    checkedToken(token, ["token"]);
    const code = purposes.get(purpose);
    if (code === undefined) throw new ArgumentError("ERR_ARGUMENT", ["purpose"], "expected allow, deny or audit");
    const resources = descriptor === undefined ? null : checkedDescriptor(descriptor, ["descriptor"]);
    const truth = runCondition(VerdictEngine.sessionOf(this), condition, token, resources, code);
    return truth === TRUE ? "TRUE" : truth === FALSE ? "FALSE" : "UNKNOWN";
  }

  /**
   * Whether the kernel takes these bytes for a descriptor, and where they are wrong: `{ offset: null }` when it does.
   *
   * @internal for the law that both readers accept the same bytes
   */
  probeDescriptor(bytes: Uint8Array): { readonly offset: number | null } {
    const session = VerdictEngine.sessionOf(this);
    return withRoom(session, () => {
      const handle = session.tryLoad(LOAD_DESCRIPTOR, bytes);
      if (handle !== FULL) return { offset: null };
      return session.status() === STATUS_INVALID_SECURITY_DESCR ? { offset: session.faultOffset() } : FULL;
    });
  }
}

/** @throws ArgumentError ERR_ARGUMENT */
function iterable(descriptors: StreamRequest["descriptors"]): StreamRequest["descriptors"] {
  const can = typeof descriptors === "object" && descriptors !== null && !(descriptors instanceof Uint8Array);
  if (can && (Symbol.asyncIterator in descriptors || Symbol.iterator in descriptors)) return descriptors;
  throw new ArgumentError("ERR_ARGUMENT", ["descriptors"], "expected an iterable or async iterable of descriptors");
}
