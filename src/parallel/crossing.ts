/**
 * Requests as plain data, for the way to another thread: values become text and bytes, and values again over there.
 *
 * What decides no mask (names, ids, default and staged DACLs) stays behind. Does not know threads, memory or any access rule.
 */
import type { AccessOptions, CheckedRequest, RequestMembers } from "../access-request.js";
import { AccessToken } from "../access-token.js";
import { decodeCondition } from "../binary/condition-decode.js";
import { encodeCondition } from "../binary/condition-encode.js";
import { encodeTokenImage } from "../binary/token-image.js";
import type { CentralPolicy, PolicyRule } from "../central-policy.js";
import type { GenericMappingFields } from "../generic-mapping.js";
import { SecurityDescriptor } from "../security-descriptor.js";
import { Sid } from "../sid.js";
import type { TokenInput } from "../token-fields.js";
import type { TokenAnswer } from "../token-output.js";

/** Options of a request whose members were read and judged: nothing in them can change any more. */
export type SettledOptions = Omit<AccessOptions, "principalSelf" | "policies"> & {
  readonly principalSelf?: Sid;
  readonly policies?: readonly CentralPolicy[];
};

/** A rule of a policy: condition and DACL as bytes. A staged DACL changes no mask. */
interface CrossingRule {
  readonly appliesTo: Uint8Array | null;
  readonly dacl: Uint8Array;
}

/** Everything of a request but its tokens and descriptors. */
export type CrossingOptions = Pick<
  AccessOptions,
  "desired" | "call" | "objectTypes" | "previouslyGranted" | "aceGenericRights"
> & {
  readonly mapping: GenericMappingFields;
  readonly principalSelf?: string;
  readonly primaryToken?: TokenAnswer;
  readonly policies?: readonly { readonly sid: string; readonly rules: readonly CrossingRule[] }[];
};

export interface Crossing {
  readonly tokens: readonly TokenAnswer[];
  readonly options: CrossingOptions;
}

/** The options of a judged request, as values that are nobody else's. */
export function settledOptions(asked: RequestMembers, checked: CheckedRequest): SettledOptions {
  return {
    token: checked.token,
    desired: checked.desired,
    mapping: checked.mapping,
    call: asked.call,
    objectTypes: asked.objectTypes === undefined ? undefined : checked.objectTypes,
    principalSelf: checked.principalSelf ?? undefined,
    previouslyGranted: asked.previouslyGranted === undefined ? undefined : checked.previouslyGranted,
    primaryToken: checked.primaryToken ?? undefined,
    policies: checked.policies ?? undefined,
    aceGenericRights: checked.raw ? "raw" : "mapped",
  };
}

/** `options` for `tokens` as plain data; null for what would not arrive as it is: a SID without sub-authorities, say. */
export function crossingOf(tokens: readonly AccessToken[], options: SettledOptions): Crossing | null {
  const { desired, call, objectTypes, previouslyGranted, aceGenericRights } = options;
  const { read, write, execute, all } = options.mapping as GenericMappingFields;
  try {
    const crossing: Crossing = {
      tokens: tokens.map(tokenAcross),
      options: {
        ...{ desired, call, objectTypes, previouslyGranted, aceGenericRights },
        mapping: { read, write, execute, all },
        principalSelf: options.principalSelf?.toString(),
        primaryToken: options.primaryToken && tokenAcross(options.primaryToken),
        policies: options.policies?.map(({ sid, rules }) => ({ sid: sid.toString(), rules: rules.map(ruleAcross) })),
      },
    };
    landed(crossing);
    return crossing;
  } catch {
    return null;
  }
}

/** Tokens and options again. @throws when the crossing is none of `crossingOf` */
export function landed({ tokens, options }: Crossing): {
  readonly tokens: readonly AccessToken[];
  readonly options: Omit<SettledOptions, "token">;
} {
  const { principalSelf, primaryToken, policies } = options;
  return {
    tokens: tokens.map(tokenHere),
    options: {
      ...options,
      principalSelf: principalSelf === undefined ? undefined : Sid.parse(principalSelf),
      primaryToken: primaryToken && tokenHere(primaryToken),
      policies: policies?.map(({ sid, rules }) => ({ sid: Sid.parse(sid), rules: rules.map(ruleHere) })),
    },
  };
}

/** @throws when the token that arrives would not be the same to the kernel */
function tokenAcross(token: AccessToken): TokenAnswer {
  const answer = (token.defaultDacl === null ? token : token.with({ defaultDacl: undefined })).toJSON();
  const [sent, arrives] = [token, tokenHere(answer)].map(encodeTokenImage);
  if (sent.length !== arrives.length || sent.some((byte, i) => byte !== arrives[i])) throw new Error("not the same");
  return answer;
}

function tokenHere(token: TokenAnswer): AccessToken {
  return AccessToken.create(token as TokenInput);
}

function ruleAcross({ appliesTo, dacl: { control, dacl } }: PolicyRule): CrossingRule {
  return {
    appliesTo: appliesTo === null ? null : encodeCondition(appliesTo),
    dacl: SecurityDescriptor.of({ control, dacl }).toBytes(),
  };
}

function ruleHere({ appliesTo, dacl }: CrossingRule): PolicyRule {
  return {
    appliesTo: appliesTo === null ? null : decodeCondition(appliesTo),
    dacl: SecurityDescriptor.fromBytes(dacl),
    stagedDacl: null,
  };
}
