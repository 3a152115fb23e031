/**
 * Requests for the differential test: adversarial, repeatable, and of every call. access-check.md, whole.
 *
 * Generates model values only; `to-values.ts` makes library values of them.
 */

import { GENERIC_BITS } from "../../assembly/shared/access-mask.js";
import type {
  ModelAce,
  ModelAcl,
  ModelCall,
  ModelMapping,
  ModelObjectType,
  ModelPolicy,
  ModelRequest,
  ModelRule,
} from "../model/types.js";
import { expression, knownTo } from "./generate-condition.js";
import {
  auditAce,
  conditionalAce,
  dacl,
  descriptor,
  generousAce,
  mask,
  policyAce,
  resourceAce,
  typedAce,
} from "./generate-descriptor.js";
import { token } from "./generate-token.js";
import type { Random } from "./random.js";
import { BITS, CAPABILITIES, GENERIC, GUIDS, MAPPINGS, ODD_MAPPINGS, PACKAGE, SUBJECT_SIDS } from "./universe.js";

/** Parts of the specification that a run may leave out. */
export interface Features {
  readonly restricted: boolean;
  readonly packages: boolean;
  readonly conditions: boolean;
  readonly objects: boolean;
  /** Labels, trust labels, access filters. */
  readonly mandatory: boolean;
  readonly policies: boolean;
  readonly audit: boolean;
}

export const EVERYTHING: Features = {
  restricted: true,
  packages: true,
  conditions: true,
  objects: true,
  mandatory: true,
  policies: true,
  audit: true,
};

const CALLS: readonly ModelCall[] = ["AccessCheck", "AccessCheckByType", "AccessCheckByTypeResultList"];
const MAXIMUM = 0x02000000;

/** What a request dwells on, so that rare rules are reached often. */
type Theme = "any" | "objects" | "conditions" | "policies" | "audit" | "generous";

export function request(random: Random, features: Features): ModelRequest {
  const theme = random.pick<Theme>([
    "any",
    "any",
    "any",
    "objects",
    "conditions",
    "conditions",
    "policies",
    "audit",
    "generous",
  ]);
  const call = callFor(random, theme, features);
  const byType = call === "AccessCheckByType" || call === "AccessCheckByTypeResultList";
  const mapping: ModelMapping = random.chance(85) ? random.pick(MAPPINGS) : random.pick(ODD_MAPPINGS);
  const made: ModelRequest = {
    token: token(
      random,
      theme === "objects" && random.chance(60) ? quiet(features) : features,
      call !== "SeAccessCheck",
    ),
    descriptor: descriptor(random, theme === "objects" && random.chance(60) ? quiet(features) : features),
    desired: desired(random, call),
    mapping,
    call,
    objectTypes: byType ? objectTypes(random, call, features) : null,
    principalSelf: random.chance(30) ? random.pick(SELVES) : null,
    previouslyGranted: call === "SeAccessCheck" && random.chance(15) ? mask(random) : 0,
    primaryToken:
      call === "SeAccessCheck" && random.chance(10) ? token(random, { ...features, conditions: false }, false) : null,
    policies: features.policies && random.chance(25) ? policies(random, features) : null,
    aceGenericRights: random.chance(75) ? "mapped" : "raw",
    audit: features.audit && random.chance(35),
  };
  return themed(random, features, theme, made);
}

/** Without what refuses everything at once. */
function quiet(features: Features): Features {
  return { ...features, restricted: false, packages: false, mandatory: false };
}

const SELVES: readonly string[] = [...SUBJECT_SIDS, PACKAGE, CAPABILITIES[0]];

function callFor(random: Random, theme: Theme, features: Features): ModelCall {
  if (theme === "objects" && features.objects)
    return random.pick(["AccessCheckByType", "AccessCheckByTypeResultList", "AccessCheckByTypeResultList"]);
  return random.chance(60) ? "SeAccessCheck" : random.pick(CALLS);
}

function themed(random: Random, features: Features, theme: Theme, made: ModelRequest): ModelRequest {
  const { descriptor: old } = made;
  switch (theme) {
    case "objects":
      return features.objects
        ? { ...made, descriptor: { ...old, dacl: withAces(random, old.dacl, () => typedAce(random, features)) } }
        : made;
    case "conditions":
      return features.conditions ? conditionsOnly(random, features, made) : made;
    case "audit":
      return features.audit
        ? {
            ...made,
            audit: true,
            descriptor: { ...old, sacl: withAces(random, old.sacl, () => auditAce(random, features)) },
          }
        : made;
    case "policies": {
      if (!features.policies) return made;
      const dacl = withAces(random, old.dacl, () => generousAce(random));
      const sacl = withAces(random, old.sacl, () => policyAce(random, features));
      return { ...made, policies: policies(random, features), descriptor: { ...old, dacl, sacl } };
    }
    case "generous":
      return { ...made, descriptor: { ...old, dacl: withAces(random, old.dacl, () => generousAce(random)) } };
    default:
      return made;
  }
}

/** Little but conditions, so that the verdict tells their truth. */
function conditionsOnly(random: Random, features: Features, made: ModelRequest): ModelRequest {
  const plain = token(random, { ...features, packages: false, mandatory: false }, made.call !== "SeAccessCheck");
  const everyone = { ...plain, integrity: 0x3000, groups: [...plain.groups, { sid: "S-1-1-0", attributes: 7 }] };
  const sacl = random.times(random.below(4), () => resourceAce(random));
  const known = knownTo(everyone, sacl);
  const dacl = random.times(1 + random.below(2), () => conditionalAce(random, known));
  const behind = random.chance(50) ? [{ ...generousAce(random), sid: "S-1-1-0" }] : [];
  return {
    ...made,
    token: everyone,
    desired: random.pick([1, 2, MAXIMUM]),
    descriptor: { ...made.descriptor, dacl: [...dacl, ...behind], sacl },
  };
}

/** One to three more ACEs, each somewhere. */
function withAces(random: Random, acl: ModelAcl, make: () => ModelAce): ModelAcl {
  const list = acl === "absent" || acl === null ? [] : acl;
  const more = random.times(1 + random.below(3), make);
  return more.reduce<readonly ModelAce[]>((aces, ace) => aces.toSpliced(random.below(aces.length + 1), 0, ace), list);
}

function desired(random: Random, call: ModelCall): number {
  if (random.chance(2)) return 0;
  const asked = random.chance(18) ? 0 : random.chance(60) ? random.pick(BITS) : mask(random);
  if (call !== "SeAccessCheck" && random.chance(2)) return (asked | random.pick(GENERIC)) >>> 0;
  const specific = call === "SeAccessCheck" ? asked : asked & ~GENERIC_BITS;
  const extra = random.chance(4) ? 0x01000000 : 0;
  return (specific | extra | (random.chance(30) || asked === 0 ? MAXIMUM : 0)) >>> 0;
}

function objectTypes(random: Random, call: ModelCall, features: Features): ModelObjectType[] {
  if (!features.objects || random.chance(call === "AccessCheckByType" ? 12 : 3)) return [];
  let level = 0;
  const list = GUIDS.slice(0, 1 + random.below(7)).map((guid, index) => {
    level = index === 0 ? 0 : 1 + random.below(Math.min(level + 1, 4));
    return { level, guid };
  });
  if (random.chance(96)) return list;
  return list.with(random.below(list.length), { level: random.below(6), guid: random.pick(GUIDS) });
}

function policies(random: Random, features: Features): ModelPolicy[] {
  return random.some(["S-1-17-1", "S-1-17-2", "S-1-17-9"], 70).map((sid) => ({
    sid,
    rules: random.times(random.below(3), () => rule(random, features)),
  }));
}

function rule(random: Random, features: Features): ModelRule {
  return {
    appliesTo: features.conditions && random.chance(35) ? wellFormed(random) : null,
    dacl: ruleDacl(random, features),
    stagedDacl: random.chance(40) ? ruleDacl(random, features) : undefined,
  };
}

/** Most rules grant much, or all policies would only refuse. A rule has a DACL: the engine refuses one without. */
function ruleDacl(random: Random, features: Features): ModelRule["dacl"] {
  const drawn = dacl(random, features);
  const made = drawn === "absent" ? null : drawn;
  return random.chance(40) ? made : withAces(random, made, () => generousAce(random));
}

function wellFormed(random: Random): ModelRule["appliesTo"] {
  const made = expression(random);
  return made === "none" || made === "malformed" ? null : made;
}
