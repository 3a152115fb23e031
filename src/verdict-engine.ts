/**
 * What `Checker` and `Engine` have in common: verdicts. One of them is one WASM instance; there is no state beside it.
 *
 * Puts checked requests to the kernel. Does not know which kernel, byte layouts or explanations, and decides nothing.
 */
import { RESULT_ACCESS, RESULT_GRANTED, RESULT_PRIVILEGES_USED, RESULT_STATUS } from "../assembly/shared/abi.js";
import { STATUS_ACCESS_DENIED, STATUS_INVALID_HANDLE } from "../assembly/shared/ntstatus.js";
import {
  type AccessCheckRequest,
  type CheckedRequest,
  checkedDescriptor,
  checkedDescriptors,
  checkedRequest,
  type ManyAccessChecksRequest,
  type MaskReader,
  namesArePlain,
  type RequestMembers,
  reading,
  refuseUnknownMembers,
  takeRequest,
  unreadable,
} from "./access-request.js";
import { NONE_USED, nameOf, privilegesOf, verdictOf } from "./answer.js";
import { masksFor } from "./batch-input.js";
import { ArgumentError, EngineError, isSallyportError } from "./errors.js";
import { GenericMapping } from "./generic-mapping.js";
import type { Verdict } from "./verdict.js";
import { NOT_RESIDENT, runCheck, runResident } from "./wasm/access-check.js";
import { runCheckMany } from "./wasm/many.js";
import { Session } from "./wasm/session.js";

/** How large and how seeded an engine is. */
export interface EngineOptions {
  /** Most memory of the engine in bytes, 4 MiB…1 GiB; default 256 MiB. Beyond it the arena is emptied and refilled. */
  readonly maximumMemory?: number;
  /** Seeds the hash tables; default random. Never changes a verdict. */
  readonly seed?: number;
}

/** A request whose members were read once and judged once. */
export interface JudgedRequest {
  readonly checked: CheckedRequest;
  readonly audit: boolean;
}

/** What no request can hold as its mapping. */
const NOT_REMEMBERED = Symbol("mapping");
const LEAST_MEMORY = 4 << 20;
const USUAL_MEMORY = 256 << 20;
const MOST_MEMORY = 1 << 30;

/** May this token do that to this object? A `Checker` or an `Engine`. */
export abstract class VerdictEngine {
  readonly #session: Session;
  readonly #readMask: MaskReader;
  #mapping: GenericMapping = GenericMapping.of("file");
  /** The name or instance that `#mapping` was made from. */
  #mappingName: unknown = "file";

  /** What was granted last: verdicts are frozen, and most callers ask for one right again and again. */
  #granted: Verdict = grantedAs(0);

  /** @param readMask what `desired` may be */
  protected constructor(options: EngineOptions, module: WebAssembly.Module, readMask: MaskReader) {
    const { maximumMemory = USUAL_MEMORY, seed } = options;
    if (!Number.isInteger(maximumMemory) || maximumMemory < LEAST_MEMORY || maximumMemory > MOST_MEMORY) {
      throw new ArgumentError("ERR_ARGUMENT", ["maximumMemory"], "expected 4 MiB to 1 GiB in bytes");
    }
    const seeds = seed === undefined ? () => Math.floor(Math.random() * 0x100000000) : () => seed >>> 0;
    this.#session = new Session(module, maximumMemory, seeds);
    this.#readMask = readMask;
  }

  /**
   * May this token do that to this object? `desired` is a number or its digits; an Engine reads names of rights too.
   *
   * @throws ArgumentError for wrong arguments, ERR_LIMIT for values larger than the engine; EngineError
   */
  check(request: AccessCheckRequest): Verdict {
    let asked: RequestMembers;
    try {
      // Each member is read once, into locals: an object for them would cost as much as the check.
      const { token, descriptor, desired, mapping, call, objectTypes, principalSelf, previouslyGranted } = request;
      const { primaryToken, policies, aceGenericRights, audit } = request;
      if (
        call === undefined &&
        objectTypes === undefined &&
        principalSelf === undefined &&
        previouslyGranted === undefined &&
        primaryToken === undefined &&
        policies === undefined &&
        aceGenericRights === undefined &&
        audit === undefined &&
        namesArePlain(request)
      ) {
        const access = this.#plain(token, descriptor, desired, mapping);
        if (access > 0) return access === this.#granted.access ? this.#granted : this.#grants(access);
        if (access === 0) return plainVerdict(this.#session);
      }
      const rest = {
        call,
        objectTypes,
        principalSelf,
        previouslyGranted,
        primaryToken,
        policies,
        aceGenericRights,
        audit,
      };
      asked = { token, descriptor, desired, mapping, ...rest };
    } catch (cause) {
      throw isSallyportError(cause) ? cause : unreadable(cause, request);
    }
    return this.#whole(request, asked);
  }

  /** The granted mask of a plain request; 0: the answer stands at the result; negative: it takes the whole way. */
  #plain(token: unknown, descriptor: unknown, desired: unknown, mapping: RequestMembers["mapping"]): number {
    if (typeof desired !== "number" || desired >>> 0 !== desired) return NOT_RESIDENT;
    // A look-up by name costs as much as the check; most callers ask by one name again and again.
    if (mapping !== this.#mappingName) this.#useMapping(mapping);
    return runResident(this.#session, token, descriptor, desired, this.#mapping);
  }

  #grants(access: number): Verdict {
    this.#granted = grantedAs(access);
    return this.#granted;
  }

  #whole(request: object, asked: RequestMembers): Verdict {
    const { checked, audit } = VerdictEngine.judge(this, request, asked);
    const descriptor = checkedDescriptor(asked.descriptor, ["descriptor"]);
    return verdictOf(checked, runCheck(this.#session, checked, descriptor, { trace: false, audit }), audit);
  }

  /** An object of four masks may change between two calls: only a name or a GenericMapping is remembered. */
  #useMapping(mapping: AccessCheckRequest["mapping"]): void {
    this.#mapping = GenericMapping.of(mapping, ["mapping"]);
    this.#mappingName = typeof mapping === "string" || mapping === this.#mapping ? mapping : NOT_REMEMBERED;
  }

  /**
   * The granted mask of one token for many descriptors, in their order; 0 where denied. The verdicts of `check`.
   *
   * @throws as `check`
   */
  checkMany(request: ManyAccessChecksRequest): Uint32Array {
    const { checked } = VerdictEngine.judge(this, request, takeRequest(request as unknown as AccessCheckRequest));
    const list = reading(() => checkedDescriptors(request.descriptors));
    const masks = reading(() => masksFor(request.into, list.length));
    runCheckMany(this.#session, checked, list, masks);
    return masks;
  }

  /** @internal The session, for those who ask the kernel for more than verdicts. */
  static sessionOf(engine: VerdictEngine): Session {
    return engine.#session;
  }

  /** @internal Judges what was taken from `request`. @throws ArgumentError */
  static judge(engine: VerdictEngine, request: object, asked: AccessCheckRequest): JudgedRequest {
    return reading(() => {
      refuseUnknownMembers(request);
      const checked = checkedRequest(asked, engine.#readMask);
      const { audit } = asked;
      if (audit !== undefined && typeof audit !== "boolean") {
        throw new ArgumentError("ERR_ARGUMENT", ["audit"], "expected true or false");
      }
      return { checked, audit: audit === true };
    });
  }

  /** @internal Drops what the arena holds; no verdict changes. */
  reset(): void {
    this.#session.assertIdle();
    this.#session.reset();
  }
}

/** Granted by the DACL, or the owner's. */
function grantedAs(access: number): Verdict {
  return Object.freeze({ granted: true, access, status: "STATUS_SUCCESS", privilegesUsed: NONE_USED });
}

/** What most denials are. */
const DENIED: Verdict = /* @__PURE__ */ Object.freeze({
  granted: false,
  access: 0,
  status: "STATUS_ACCESS_DENIED",
  privilegesUsed: NONE_USED,
});

/** The verdict of a plain request that was not simply granted, straight from the words of the result. */
function plainVerdict(session: Session): Verdict {
  const { words, result: at } = session;
  const status = words[at + (RESULT_STATUS >>> 2)];
  const access = words[at + (RESULT_ACCESS >>> 2)];
  const used = words[at + (RESULT_PRIVILEGES_USED >>> 2)];
  if (status === STATUS_ACCESS_DENIED && access === 0 && used === 0) return DENIED;
  if (status === STATUS_INVALID_HANDLE) throw session.die(new EngineError("a handle went stale"));
  return Object.freeze({
    granted: words[at + (RESULT_GRANTED >>> 2)] === 1,
    access,
    status: nameOf(status),
    privilegesUsed: used === 0 ? NONE_USED : privilegesOf(used),
  });
}
