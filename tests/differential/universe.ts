/**
 * The small world the generated cases live in: few SIDs, few bits, few names, so that things meet.
 */

import type { ModelMapping } from "../model/types.js";

export const USER = "S-1-5-21-1-2-3-1001";
export const ADMINISTRATORS = "S-1-5-32-544";
export const LOCAL_SYSTEM = "S-1-5-18";
export const OWNER_RIGHTS = "S-1-3-4";
export const PRINCIPAL_SELF = "S-1-5-10";
export const PACKAGE = "S-1-15-2-1-2-3-4-5-6-7";
export const ALL_PACKAGES = "S-1-15-2-1";
export const ALL_RESTRICTED_PACKAGES = "S-1-15-2-2";
export const CAPABILITIES: readonly string[] = ["S-1-15-3-1", "S-1-15-3-3"];
export const POLICY = "S-1-17-1";

/** What a token's lists are drawn from. */
export const SUBJECT_SIDS: readonly string[] = [
  USER,
  "S-1-5-21-1-2-3-1002",
  "S-1-1-0",
  "S-1-5-11",
  "S-1-5-12",
  "S-1-5-32-545",
  ADMINISTRATORS,
  "S-1-5-21-1-2-3-2001",
  LOCAL_SYSTEM,
];

/** What may stand in a token by accident and means something elsewhere. */
export const ODD_SUBJECT_SIDS: readonly string[] = [
  OWNER_RIGHTS,
  PRINCIPAL_SELF,
  "S-1-3-0",
  PACKAGE,
  ALL_PACKAGES,
  CAPABILITIES[0],
  "S-1-16-8192",
];

/** What ACEs name. */
export const ACE_SIDS: readonly string[] = [
  ...SUBJECT_SIDS,
  ...SUBJECT_SIDS,
  USER,
  USER,
  OWNER_RIGHTS,
  OWNER_RIGHTS,
  PRINCIPAL_SELF,
  PRINCIPAL_SELF,
  "S-1-3-0",
  PACKAGE,
  PACKAGE,
  "S-1-15-2-9-9-9-9-9-9-9",
  ALL_PACKAGES,
  ALL_PACKAGES,
  ALL_RESTRICTED_PACKAGES,
  ...CAPABILITIES,
  "S-1-16-8192",
  "S-1-5-21-9-9-9-9",
];

export const GUIDS: readonly string[] = [1, 2, 3, 4, 5, 6, 7, 8].map(
  (digit) => `${digit}0000000-0000-4000-8000-00000000000${digit}`,
);

const mapping = (read: number, write: number, execute: number, all: number): ModelMapping => ({
  read,
  write,
  execute,
  all,
});

export const MAPPINGS: readonly ModelMapping[] = [
  mapping(0x120089, 0x120116, 0x1200a0, 0x1f01ff),
  mapping(0x120089, 0x120116, 0x1200a0, 0x1f01ff),
  mapping(0x20019, 0x20006, 0x20019, 0xf003f),
  mapping(0x2008d, 0x20002, 0x20170, 0xf01ff),
  mapping(0x20410, 0x20bea, 0x121001, 0x1fffff),
  mapping(0x20001, 0x20000, 0x120000, 0x1f0001),
  mapping(0x20094, 0x20028, 0x20004, 0xf01ff),
];

export const ODD_MAPPINGS: readonly ModelMapping[] = [
  mapping(1, 2, 4, 7),
  mapping(0, 0, 0, 0),
  mapping(0, 0x20116, 0, 0xf01ff),
  mapping(0x3, 0x6, 0xc, 0x1000f),
  mapping(0x1f01ff, 0x1f01ff, 0x1f01ff, 0x1f01ff),
  mapping(0x20001, 0x01040002, 0x100004, 0x011f0007),
  mapping(0x0c000001, 0x00e00002, 0x00100004, 0x0c1f0007),
];

/** Single bits and bundles that masks are made of. */
export const BITS: readonly number[] = [
  0x1, 0x1, 0x2, 0x2, 0x4, 0x8, 0x10, 0x20, 0x40, 0x80, 0x100, 0x10000, 0x20000, 0x20000, 0x40000, 0x40000, 0x80000,
  0x80000, 0x100000,
];
export const BUNDLES: readonly number[] = [0x1f01ff, 0x120089, 0x120116, 0x1200a0, 0x60000, 0x1ff, 0xf0000];
export const GENERIC: readonly number[] = [0x10000000, 0x20000000, 0x40000000, 0x80000000];
export const STRANGE_BITS: readonly number[] = [0x01000000, 0x02000000, 0x04000000, 0x200000];

/** Names of claims; the second half are the first half in other letters. */
export const CLAIM_NAMES: readonly string[] = ["a", "dept", "größe", "ⱦ/x", "A", "Dept", "GRÖSSE", "GRÖßE", "Ⱦ/X"];
