/**
 * Tokens of every shape: deny-only users, groups with both bits, duplicates, lists of every kind, packages, trust.
 */

import type { ModelClaim, ModelPrivilege, ModelToken, SidAndAttributes } from "../model/types.js";
import { claims } from "./generate-claims.js";
import type { Features } from "./generator.js";
import type { Random } from "./random.js";
import { CAPABILITIES, ODD_SUBJECT_SIDS, PACKAGE, SUBJECT_SIDS, USER } from "./universe.js";

const GROUP_ATTRIBUTES: readonly number[] = [
  7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 4, 0, 3, 0x10, 0x11, 0x14, 0x17, 0x0f, 0x20000007, 0xc0000007, 0x60, 0x64,
];
const USER_ATTRIBUTES: readonly number[] = [0, 0, 0, 0, 4, 7, 0x10, 0x14];
const PRIVILEGES: readonly number[] = [8, 9, 32, 17, 18, 23, 19, 36];
const LEVELS: readonly number[] = [
  0, 0x1000, 0x1000, 0x2000, 0x2000, 0x2000, 0x2010, 0x2100, 0x3000, 0x4000, 0x5000, 0xffffffff,
];
const TRUST: readonly string[] = [
  "S-1-19-0-0",
  "S-1-19-512-1024",
  "S-1-19-512-4096",
  "S-1-19-1024-1024",
  "S-1-19-1024-8192",
];

export function token(random: Random, features: Features, impersonating: boolean): ModelToken {
  const restricted = features.restricted && random.chance(45);
  return {
    user: { sid: random.chance(90) ? USER : random.pick(SUBJECT_SIDS), attributes: random.pick(USER_ATTRIBUTES) },
    groups: entries(random),
    restrictedSids: restricted ? restrictingList(random) : null,
    writeRestricted: restricted && random.chance(45),
    privileges: random.some(PRIVILEGES, 30).map((luid) => privilege(random, luid)),
    integrity: random.pick(LEVELS),
    mandatoryPolicy: random.pick([1, 1, 1, 3, 0, 2]),
    owner: random.chance(80) ? USER : null,
    type: random.chance(impersonating ? 97 : 20) ? "impersonation" : "primary",
    impersonationLevel: random.chance(93)
      ? "Impersonation"
      : random.pick(["Anonymous", "Identification", "Delegation"] as const),
    package: features.packages && random.chance(25) ? appContainer(random) : null,
    trustLevel: features.mandatory && random.chance(30) ? random.pick(TRUST) : null,
    userClaims: tokenClaims(random, features),
    deviceClaims: tokenClaims(random, features),
    localClaims: tokenClaims(random, features),
    deviceGroups: features.conditions && random.chance(30) ? entries(random) : [],
    sandboxInert: random.chance(10),
  };
}

function entries(random: Random): SidAndAttributes[] {
  const some = random.some(SUBJECT_SIDS, 55);
  const odd = random.chance(12) ? random.some(ODD_SUBJECT_SIDS, 30) : [];
  const again = random.chance(12) ? random.some(some, 40) : [];
  return [...some, ...odd, ...again].map((sid) => ({ sid, attributes: random.pick(GROUP_ATTRIBUTES) }));
}

function restrictingList(random: Random): string[] {
  if (random.chance(6)) return [];
  const some = random.some([...SUBJECT_SIDS, "S-1-5-12", "S-1-5-33"], 55);
  const odd = random.chance(10) ? random.some(ODD_SUBJECT_SIDS, 30) : [];
  return [...some, ...odd];
}

function privilege(random: Random, luid: number): ModelPrivilege {
  return { luid: BigInt(luid), attributes: random.pick([0, 1, 2, 3, 2, 3]) };
}

function appContainer(random: Random): NonNullable<ModelToken["package"]> {
  const capabilities = random
    .some(CAPABILITIES, 60)
    .map((sid) => ({ sid, attributes: random.pick([4, 4, 7, 0, 0x10, 0x14]) }));
  return { sid: PACKAGE, capabilities, lowPrivilege: random.chance(40) };
}

function tokenClaims(random: Random, features: Features): ModelClaim[] {
  return features.conditions && random.chance(45) ? claims(random) : [];
}
