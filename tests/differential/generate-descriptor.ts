/**
 * Descriptors: every type of ACE in every place, in any order; ACLs that are absent, NULL or empty.
 */

import * as types from "../../assembly/shared/ace.js";
import type { ModelAce, ModelAcl, ModelDescriptor } from "../model/types.js";
import { resourceClaim } from "./generate-claims.js";
import { expression, type Known } from "./generate-condition.js";
import type { Features } from "./generator.js";
import type { Random } from "./random.js";
import {
  ACE_SIDS,
  ALL_PACKAGES,
  ALL_RESTRICTED_PACKAGES,
  BITS,
  BUNDLES,
  GENERIC,
  GUIDS,
  OWNER_RIGHTS,
  POLICY,
  STRANGE_BITS,
  SUBJECT_SIDS,
  USER,
} from "./universe.js";

const ALLOW = types.ACCESS_ALLOWED_ACE_TYPE;
const PLAIN: readonly number[] = [ALLOW, ALLOW, ALLOW, types.ACCESS_DENIED_ACE_TYPE];
const TYPED: readonly number[] = [
  types.ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  types.ACCESS_ALLOWED_OBJECT_ACE_TYPE,
  types.ACCESS_DENIED_OBJECT_ACE_TYPE,
];
const CALLBACK: readonly number[] = [types.ACCESS_ALLOWED_CALLBACK_ACE_TYPE, types.ACCESS_DENIED_CALLBACK_ACE_TYPE];
const TYPED_CALLBACK: readonly number[] = [
  types.ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE,
  types.ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE,
];
const AUDIT: readonly number[] = [
  types.SYSTEM_AUDIT_ACE_TYPE,
  types.SYSTEM_AUDIT_OBJECT_ACE_TYPE,
  types.SYSTEM_AUDIT_CALLBACK_ACE_TYPE,
  types.SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE,
];
const OBJECT_TYPES: ReadonlySet<number> = new Set([5, 6, 7, 8, 0x0b, 0x0c, 0x0f, 0x10]);
const CONDITIONAL_TYPES: ReadonlySet<number> = new Set([9, 0x0a, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x15]);
const FLAGS: readonly number[] = [0, 0, 0, 0, 0, 0, 3, 0x10, 8, 0x0b];
const LABELS: readonly string[] = [
  "S-1-16-0",
  "S-1-16-4096",
  "S-1-16-8192",
  "S-1-16-8208",
  "S-1-16-12288",
  "S-1-16-16384",
  "S-1-1-0",
  "S-1-16-1-2",
];
const TRUST_LABELS: readonly string[] = [
  "S-1-19-512-1024",
  "S-1-19-512-4096",
  "S-1-19-1024-1024",
  "S-1-19-0-0",
  "S-1-19-512",
  "S-1-1-0",
];
const POLICY_SIDS: readonly string[] = [POLICY, POLICY, POLICY, "S-1-17-2", "S-1-1-0"];

export function descriptor(random: Random, features: Features): ModelDescriptor {
  return {
    owner: random.chance(95) ? (random.chance(40) ? USER : random.pick(SUBJECT_SIDS)) : null,
    group: random.chance(97) ? random.pick(SUBJECT_SIDS) : null,
    dacl: dacl(random, features),
    sacl: sacl(random, features),
  };
}

export function dacl(random: Random, features: Features): ModelAcl {
  const draw = random.below(100);
  if (draw < 3) return "absent";
  if (draw < 6) return null;
  if (draw < 8) return [];
  return random.times(1 + random.below(random.chance(70) ? 4 : 9), () => daclAce(random, features));
}

/** What an ACE speaks of: few bits, so that ACEs meet, or a bundle, so that somebody is granted something. */
export function mask(random: Random): number {
  if (random.chance(45)) return random.pick(BUNDLES);
  if (random.chance(12)) return (random.pick(GENERIC) | (random.chance(50) ? random.pick(BITS) : 0)) >>> 0;
  if (random.chance(3)) return 0;
  const bits = random.times(1 + random.below(4), () => random.pick(BITS)).reduce((all, bit) => all | bit, 0);
  return (random.chance(5) ? bits | random.pick(STRANGE_BITS) : bits) >>> 0;
}

function daclAce(random: Random, features: Features): ModelAce {
  return ace(random, features, daclType(random, features));
}

function daclType(random: Random, features: Features): number {
  const draw = random.below(100);
  if (features.conditions && draw < 18) return random.pick(CALLBACK);
  if (features.objects && draw < 34) return random.pick(TYPED);
  if (features.objects && features.conditions && draw < 38) return random.pick(TYPED_CALLBACK);
  if (draw < 40) return types.ACCESS_ALLOWED_COMPOUND_ACE_TYPE;
  if (draw < 43) return random.below(0x1a);
  return random.pick(PLAIN);
}

/** Every part the type has room for. */
function ace(random: Random, features: Features, type: number): ModelAce {
  const known = type <= types.LAST_KNOWN_ACE_TYPE;
  const isObject = OBJECT_TYPES.has(type);
  return {
    type,
    flags: random.pick(FLAGS),
    mask: known ? mask(random) : 0,
    sid: known ? random.pick(ACE_SIDS) : null,
    objectType: isObject && random.chance(75) ? random.pick(GUIDS) : null,
    inheritedObjectType: isObject && random.chance(25) ? random.pick(GUIDS) : null,
    serverSid: type === types.ACCESS_ALLOWED_COMPOUND_ACE_TYPE ? random.pick(SUBJECT_SIDS) : null,
    condition: CONDITIONAL_TYPES.has(type) ? (features.conditions ? expression(random) : "none") : "none",
    claim:
      type === types.SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE
        ? random.chance(6)
          ? "malformed"
          : resourceClaim(random)
        : null,
  };
}

/** For the user's side and the package's, and for lists that name everyone. */
export function generousAce(random: Random): ModelAce {
  const sid = random.pick([
    USER,
    USER,
    "S-1-1-0",
    "S-1-1-0",
    "S-1-5-12",
    OWNER_RIGHTS,
    ALL_PACKAGES,
    ALL_RESTRICTED_PACKAGES,
  ]);
  return {
    ...plain(types.ACCESS_ALLOWED_ACE_TYPE),
    sid,
    mask: random.pick([0x1f01ff, 0x1f01ff, 0x1fffff, 0x10000000]),
  };
}

export function typedAce(random: Random, features: Features): ModelAce {
  const made = ace(random, features, random.pick(TYPED));
  return {
    ...made,
    flags: 0,
    objectType: random.pick(GUIDS.slice(0, 5)),
    sid: random.pick([USER, "S-1-1-0", made.sid]),
  };
}

/** An ACE whose condition is all that matters, for everyone. */
export function conditionalAce(random: Random, known: readonly Known[]): ModelAce {
  return {
    ...plain(random.pick(CALLBACK)),
    sid: "S-1-1-0",
    mask: random.pick([0x1f01ff, 0x1ff, 0x1, 0x3]),
    condition: expression(random, known),
  };
}

export function resourceAce(random: Random): ModelAce {
  return { ...plain(types.SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE), sid: "S-1-1-0", claim: resourceClaim(random) };
}

export function policyAce(random: Random, features: Features): ModelAce {
  return { ...ace(random, features, types.SYSTEM_SCOPED_POLICY_ID_ACE_TYPE), sid: random.pick(POLICY_SIDS) };
}

export function auditAce(random: Random, features: Features): ModelAce {
  const made = ace(random, features, random.pick(AUDIT));
  return { ...made, flags: made.flags | random.pick([0, 0x40, 0x80, 0xc0, 0xc0]) };
}

function plain(type: number): ModelAce {
  return {
    type,
    flags: 0,
    mask: 0,
    sid: null,
    objectType: null,
    inheritedObjectType: null,
    serverSid: null,
    condition: "none",
    claim: null,
  };
}

function sacl(random: Random, features: Features): ModelAcl {
  const draw = random.below(100);
  if (draw < 25) return "absent";
  if (draw < 28) return null;
  return random.times(random.below(6), () => saclAce(random, features));
}

function saclAce(random: Random, features: Features): ModelAce {
  const draw = random.below(100);
  if (draw < 24 && features.mandatory)
    return {
      ...ace(random, features, types.SYSTEM_MANDATORY_LABEL_ACE_TYPE),
      sid: random.pick(LABELS),
      mask: random.chance(50) ? 1 : random.below(8),
    };
  if (draw < 30 && features.mandatory)
    return { ...ace(random, features, types.SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE), sid: random.pick(TRUST_LABELS) };
  if (draw < 36 && features.mandatory) return ace(random, features, types.SYSTEM_ACCESS_FILTER_ACE_TYPE);
  if (draw < 60 && features.conditions)
    return { ...ace(random, features, types.SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE), sid: "S-1-1-0" };
  if (draw < 72 && features.policies) return policyAce(random, features);
  if (draw < 96) return auditAce(random, features);
  return ace(random, features, random.below(0x1a));
}
