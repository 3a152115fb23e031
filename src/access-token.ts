/**
 * An access token: who asks, with what groups, privileges, level and restrictions. tokens.md 1
 *
 * An immutable value with two doors, `create` and `toJSON`. What a token may do, the engine decides; what filtering
 * leaves of it, too: `filtered` only takes that answer over.
 */

import type { Claim } from "./claim.js";
import { ArgumentError, isSallyportError } from "./errors.js";
import { take } from "./member-shape.js";
import { formatLuid, type Privilege } from "./privilege.js";
import type { SecurityDescriptor } from "./security-descriptor.js";
import type { Sid } from "./sid.js";
import { type TokenFields, type TokenInput, tokenShape } from "./token-fields.js";
import { readToken } from "./token-input.js";
import { type TokenAnswer, tokenAnswer } from "./token-output.js";
import type {
  AppContainer,
  ElevationType,
  FilteredParts,
  ImpersonationLevel,
  SidAndAttributes,
  TokenImageParts,
  TokenSource,
  TokenType,
} from "./token-parts.js";
import type { SidContext } from "./well-known-sids.js";

const NONE: readonly never[] = /* @__PURE__ */ Object.freeze([]);

export class AccessToken implements TokenImageParts {
  /** What the WASM side keeps about this token. Private: neither a copy's property nor a proxy can stand for it. */
  #residency: unknown = undefined;
  readonly #fields: TokenFields;
  readonly #everFiltered: boolean;

  private constructor(fields: TokenFields, everFiltered: boolean) {
    this.#fields = fields;
    this.#everFiltered = everFiltered;
    // Nothing of a caller's runs while the engine reads it.
    Object.freeze(this);
  }

  /** @internal Whether this class made `value`: a proxy of one, or an object of its prototype alone, passes `instanceof`. */
  static is(value: unknown): value is AccessToken {
    return typeof value === "object" && value !== null && #fields in value;
  }

  /** @internal What `keepResidency` was given last; undefined for what is no token. For wasm/residency alone. */
  static residencyOf(value: unknown): unknown {
    return typeof value === "object" && value !== null && #residency in value ? value.#residency : undefined;
  }

  /** @internal */
  static keepResidency(token: AccessToken, residency: unknown): void {
    token.#residency = residency;
  }

  /**
   * A token from its interchange form. Every property of `input` is read once, own enumerable members only; unknown
   * members are refused before anything else, the others judged in the order of interchange.md.
   *
   * @param context the SIDs that aliases such as `DA` need
   * @throws ArgumentError with `path`: ERR_UNKNOWN_MEMBER, ERR_TOKEN, ERR_SID, ERR_SDDL_ALIAS, ERR_CLAIM, ERR_LIMIT
   * @throws SddlError where the default DACL is wrong, `position` inside its text
   */
  static create(input: TokenInput, context?: SidContext): AccessToken {
    return new AccessToken(
      readOnce(() => input, context),
      false,
    );
  }

  get user(): SidAndAttributes {
    return this.#fields.user;
  }

  get groups(): readonly SidAndAttributes[] {
    return this.#fields.groups;
  }

  /** null: not restricted. Empty: restricted to nothing. */
  get restrictedSids(): readonly Sid[] | null {
    return this.#fields.restrictedSids;
  }

  /** The restricting list counts for write access only; false without a list. */
  get writeRestricted(): boolean {
    return this.#fields.writeRestricted;
  }

  get privileges(): readonly Privilege[] {
    return this.#fields.privileges;
  }

  /** RID of the integrity level, 0…4294967295. */
  get integrity(): number {
    return this.#fields.integrity;
  }

  /** NO_WRITE_UP 1, NEW_PROCESS_MIN 2. */
  get mandatoryPolicy(): number {
    return this.#fields.mandatoryPolicy;
  }

  /** null: the user. */
  get owner(): Sid | null {
    return this.#fields.owner ?? null;
  }

  get primaryGroup(): Sid | null {
    return this.#fields.primaryGroup ?? null;
  }

  get defaultDacl(): SecurityDescriptor | null {
    return this.#fields.defaultDacl ?? null;
  }

  get type(): TokenType {
    return this.#fields.type;
  }

  get impersonationLevel(): ImpersonationLevel {
    return this.#fields.impersonationLevel ?? "Impersonation";
  }

  get appContainer(): AppContainer | null {
    return this.#fields.appContainer ?? null;
  }

  get trustLevel(): Sid | null {
    return this.#fields.trustLevel ?? null;
  }

  get userClaims(): readonly Claim[] {
    return this.#fields.userClaims ?? NONE;
  }

  get deviceClaims(): readonly Claim[] {
    return this.#fields.deviceClaims ?? NONE;
  }

  get localClaims(): readonly Claim[] {
    return this.#fields.localClaims ?? NONE;
  }

  get deviceGroups(): readonly SidAndAttributes[] {
    return this.#fields.deviceGroups ?? NONE;
  }

  get sandboxInert(): boolean {
    return this.#fields.sandboxInert;
  }

  /** This and the following are null where the source did not say. */
  get uiAccess(): boolean | null {
    return this.#fields.uiAccess ?? null;
  }

  get sessionId(): number | null {
    return this.#fields.sessionId ?? null;
  }

  get elevation(): ElevationType | null {
    return this.#fields.elevation ?? null;
  }

  get tokenId(): bigint | null {
    return this.#fields.tokenId ?? null;
  }

  get modifiedId(): bigint | null {
    return this.#fields.modifiedId ?? null;
  }

  get parentTokenId(): bigint | null {
    return this.#fields.parentTokenId ?? null;
  }

  get authenticationId(): bigint | null {
    return this.#fields.authenticationId ?? null;
  }

  get origin(): bigint | null {
    return this.#fields.origin ?? null;
  }

  /** 100 ns since 1601; null: never, or not said. */
  get expiration(): bigint | null {
    return this.#fields.expiration ?? null;
  }

  get source(): TokenSource | null {
    return this.#fields.source ?? null;
  }

  /** It has a restricting list, possibly empty. SeTokenIsRestricted. tokens.md 2.7 */
  get isRestricted(): boolean {
    return this.#fields.restrictedSids !== null;
  }

  /** Restricted, for write access only. SeTokenIsWriteRestricted. tokens.md 2.7 */
  get isWriteRestricted(): boolean {
    return this.#fields.writeRestricted;
  }

  /** It came out of a filtering, even one that changed nothing. TokenHasRestrictions. tokens.md 2.7 */
  get hasRestrictions(): boolean {
    return this.#everFiltered;
  }

  /** The form of answers: what the interchange prints, and `create` reads back. "Ever filtered" is not printed. */
  toJSON(): TokenAnswer {
    return tokenAnswer(this.#fields);
  }

  /**
   * This token with other members. `undefined` takes a member away.
   *
   * @throws as `create`
   */
  with(changes: Partial<TokenInput>, context?: SidContext): AccessToken {
    return new AccessToken(
      readOnce(() => ({ ...this.#toInput(), ...changes }), context),
      this.#everFiltered,
    );
  }

  /**
   * This token as filtering left it: what cannot change is carried over, the token is new. tokens.md 2.2
   *
   * Ids: the parent is this token; new ids follow the largest this token carries, as far as it carries any.
   *
   * @internal
   */
  filtered(parts: FilteredParts): AccessToken {
    const source = this.#fields;
    const { user, groups, restrictedSids, writeRestricted, sandboxInert, privileges } = parts;
    const owner = source.owner === undefined ? undefined : (parts.owner ?? user.sid);
    const last = max(source.tokenId ?? 0n, source.modifiedId ?? 0n);
    const fields: TokenFields = {
      ...source,
      ...{ user, groups, restrictedSids, writeRestricted, sandboxInert, privileges, owner },
      tokenId: source.tokenId === undefined ? undefined : following(last, 1n),
      modifiedId: source.modifiedId === undefined ? undefined : following(last, 2n),
      parentTokenId: source.tokenId,
    };
    return new AccessToken(Object.freeze(fields), true);
  }

  #toInput(): TokenInput {
    const { restrictedSids, privileges, source, appContainer, ...same } = this.#fields;
    return {
      ...same,
      restrictedSids,
      privileges: privileges.map(({ luid, attributes }) => ({
        luid: formatLuid(luid),
        attributes,
      })),
      ...(source && { source: { name: source.name ?? undefined, id: source.id ?? undefined } }),
      ...(appContainer && { appContainer: { ...appContainer, number: appContainer.number ?? undefined } }),
    };
  }
}

/** What a caller's getter or proxy throws is our error, with theirs as its cause. */
function readOnce(input: () => unknown, context: SidContext | undefined): TokenFields {
  try {
    return readToken(take(input(), tokenShape, [], true), context);
  } catch (error) {
    if (isSallyportError(error)) throw error;
    throw Object.assign(new ArgumentError("ERR_TOKEN", [], "the token could not be read"), { cause: error });
  }
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

/** The id `step` after `last`; ids are 64 bits wide. */
function following(last: bigint, step: bigint): bigint {
  return BigInt.asUintN(64, last + step);
}
