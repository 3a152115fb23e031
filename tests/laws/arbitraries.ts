/**
 * What the laws are tried on: tokens, descriptors and requests from a world so small that things meet.
 *
 * Generates and never judges. A law that does not hold for everything says by its `World` what it leaves out.
 */

import fc from "fast-check";
import { SE_DACL_PRESENT, SE_SACL_PRESENT } from "../../assembly/shared/security-descriptor.js";
import type { AccessCheckRequest } from "../../src/access-request.js";
import {
  AccessToken,
  Ace,
  Acl,
  type CentralPolicy,
  type FilterOptions,
  parseCondition,
  SecurityDescriptor,
  Sid,
  type TokenInput,
} from "../../src/index.js";

export const USER = "S-1-5-21-1-2-3-1001";
export const GROUPS = [USER, "S-1-1-0", "S-1-5-11", "S-1-5-32-545", "S-1-5-32-544", "S-1-5-21-1-2-3-513"];
/** What restricting lists are drawn from; the first three are no groups. */
export const LISTED = ["S-1-5-12", "S-1-5-33", "S-1-5-80-1", USER, "S-1-1-0", "S-1-5-32-545"];
export const PACKAGE = "S-1-15-2-1-2-3-4-5-6-7";
export const PACKAGE_SIDS = [PACKAGE, "S-1-15-3-1", "S-1-15-2-1", "S-1-15-2-2"];
export const OWNER_RIGHTS = "S-1-3-4";
export const PRINCIPAL_SELF = "S-1-5-10";
const STRANGER = "S-1-5-21-9-9-9-9";
export const GUIDS = [1, 2, 3, 4].map((digit) => `${digit}0000000-0000-4000-8000-00000000000${digit}`);

export const MAXIMUM = 0x02000000;
export const OWNER_MASK = 0x60000;
export const FILE_ALL = 0x1f01ff;
/** Bits that no ACE can give: ACCESS_SYSTEM_SECURITY and MAXIMUM_ALLOWED. access-check.md 2.2 */
export const NEVER_FROM_ACE = 0x03000000;

/** What a world has beside users, groups and plain ACEs. */
export interface World {
  readonly restricted?: boolean;
  readonly writeRestricted?: boolean;
  readonly packages?: boolean;
  readonly privileges?: boolean;
  readonly labels?: boolean;
  /** Conditions on claims. */
  readonly conditions?: boolean;
  /** Conditions on membership. */
  readonly membership?: boolean;
  readonly objects?: boolean;
  readonly policies?: boolean;
  /** SIDs that deny ACEs name; default every one. */
  readonly denied?: readonly string[];
}

export const EVERYTHING: World = {
  restricted: true,
  writeRestricted: true,
  packages: true,
  privileges: true,
  labels: true,
  conditions: true,
  membership: true,
  objects: true,
  policies: true,
};

const BITS = [1, 2, 4, 8, 0x20, 0x40, 0x80, 0x100, 0x10000, 0x20000, 0x40000, 0x80000, 0x100000];
const BUNDLES = [FILE_ALL, 0x120089, 0x120116, 0x1200a0, OWNER_MASK];
export const GENERIC = [0x10000000, 0x20000000, 0x40000000, 0x80000000];

const orOf = (choices: readonly number[], most: number): fc.Arbitrary<number> =>
  fc
    .array(fc.constantFrom(...choices), { minLength: 1, maxLength: most })
    .map((list) => list.reduce((all, bit) => (all | bit) >>> 0, 0));

/** Specific and standard rights. */
export const specific: fc.Arbitrary<number> = fc.oneof(
  { weight: 3, arbitrary: orOf(BITS, 3) },
  { weight: 1, arbitrary: fc.constantFrom(...BUNDLES) },
);
/** What an ACE may say. */
export const aceMask: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: specific },
  { weight: 1, arbitrary: orOf([...GENERIC, ...BITS], 2) },
  { weight: 1, arbitrary: orOf([0x01000000, 0x02000000, 0x04000000, ...BITS], 2) },
);

const ALLOW = [0x00, 0x00, 0x00];
const CLAIM_CONDITIONS = [
  "(@User.a == 1)",
  "(@User.a != 1)",
  "(@User.missing == 1)",
  "(!(@User.b))",
  "(Exists @Resource.r)",
];
const MEMBER_CONDITIONS = [
  "(Member_of {SID(BA)})",
  "(Not_Member_of {SID(BA)})",
  "(Member_of {SID(S-1-5-12)})",
  "(Not_Member_of_Any {SID(WD), SID(BU)})",
];

export function conditionText(world: World): fc.Arbitrary<string> {
  return fc.constantFrom(...(world.conditions ? CLAIM_CONDITIONS : []), ...(world.membership ? MEMBER_CONDITIONS : []));
}

/** An ACE of a DACL. */
export function ace(world: World, kind: "allow" | "deny" | "any" = "any"): fc.Arbitrary<Ace> {
  const sids = [...GROUPS, ...LISTED, OWNER_RIGHTS, PRINCIPAL_SELF, STRANGER, ...(world.packages ? PACKAGE_SIDS : [])];
  const conditional = world.conditions === true || world.membership === true;
  return fc
    .record({
      deny: kind === "any" ? fc.boolean() : fc.constant(kind === "deny"),
      flags: fc.constantFrom(...ALLOW, 0x03, 0x10, 0x08),
      mask: aceMask,
      allowed: fc.constantFrom(...sids),
      denied: fc.constantFrom(...(world.denied ?? sids)),
      typed: world.objects
        ? fc.option(fc.option(fc.constantFrom(...GUIDS), { nil: null }), { nil: undefined })
        : fc.constant(undefined),
      condition: conditional ? fc.option(conditionText(world), { nil: null, freq: 2 }) : fc.constant(null),
    })
    .map(({ deny, flags, mask, allowed, denied, typed, condition }) =>
      Ace.create({
        type: (typed === undefined ? (condition === null ? 0 : 9) : condition === null ? 5 : 11) + (deny ? 1 : 0),
        flags,
        mask,
        sid: Sid.parse(deny ? denied : allowed),
        objectType: typed ?? null,
        data: condition === null ? null : parseCondition(condition),
      }),
    );
}

/** ACEs of a DACL, in any order. */
export function aces(world: World, kind: "allow" | "deny" | "any" = "any", most = 6): fc.Arbitrary<readonly Ace[]> {
  return fc.array(ace(world, kind), { maxLength: most });
}

const label = fc.constantFrom(
  "(ML;;NW;;;LW)",
  "(ML;;NW;;;HI)",
  "(ML;;NWNR;;;HI)",
  "(ML;;NX;;;SI)",
  "(TL;;FR;;;S-1-19-512-4096)",
  "(FL;;FR;;;WD;(@User.a == 1))",
  "(ML;IO;NW;;;SI)",
);

/** A SACL's text. */
function saclText(world: World): fc.Arbitrary<string> {
  const parts = fc.tuple(
    world.labels ? fc.option(label, { nil: "", freq: 1 }) : fc.constant(""),
    world.conditions ? fc.constantFrom("", '(RA;;;;;WD;("r",TI,0,1))') : fc.constant(""),
    world.policies ? fc.constantFrom("", "", "(SP;;;;;S-1-17-1)", "(SP;;;;;S-1-17-9)") : fc.constant(""),
  );
  return parts.map((texts) => texts.join("")).map((text) => (text === "" ? "" : `S:${text}`));
}

/** `"absent"` and `null` (a NULL DACL) grant everything. */
export type DaclChoice = readonly Ace[] | "absent" | null;

/** A descriptor of these ACEs. */
export function descriptorOf(owner: string | null, dacl: DaclChoice, sacl = ""): SecurityDescriptor {
  const parsed = SecurityDescriptor.parse(sacl);
  return SecurityDescriptor.of({
    owner: owner === null ? null : Sid.parse(owner),
    group: Sid.parse("S-1-5-18"),
    control: (dacl === "absent" ? 0 : SE_DACL_PRESENT) | (parsed.sacl === null ? 0 : SE_SACL_PRESENT),
    dacl: dacl === "absent" || dacl === null ? null : Acl.of(dacl),
    sacl: parsed.sacl,
  });
}

export const owner: fc.Arbitrary<string | null> = fc.constantFrom(
  USER,
  USER,
  "S-1-5-32-544",
  "S-1-5-18",
  STRANGER,
  null,
);

/** A descriptor with its parts beside it, so that a law can change one. */
export interface Scene {
  readonly owner: string | null;
  readonly dacl: DaclChoice;
  readonly sacl: string;
}

export function scene(world: World, dacl: fc.Arbitrary<DaclChoice> = anyDacl(world)): fc.Arbitrary<Scene> {
  return fc.record({ owner, dacl, sacl: saclText(world) });
}

export function anyDacl(world: World): fc.Arbitrary<DaclChoice> {
  return fc.oneof(
    { weight: 14, arbitrary: aces(world) },
    { weight: 1, arbitrary: fc.constantFrom<DaclChoice>("absent", null) },
  );
}

export function descriptorIn({ owner: of, dacl, sacl }: Scene): SecurityDescriptor {
  return descriptorOf(of, dacl, sacl);
}

const attributes = fc.constantFrom(7, 7, 7, 4, 0x10, 0, 0xf, 0x14);

export function tokenInput(world: World): fc.Arbitrary<TokenInput> {
  const groups = [...GROUPS.slice(1), ...LISTED.slice(0, 1)];
  return fc
    .record({
      user: fc.constantFrom({ sid: USER }, { sid: USER }, { sid: USER }, { sid: USER, attributes: 0x10 }),
      groups: fc.array(fc.record({ sid: fc.constantFrom(...groups), attributes }), { maxLength: 4 }),
      restrictedSids: world.restricted
        ? fc.option(fc.array(fc.constantFrom(...LISTED), { maxLength: 4 }), { nil: null, freq: 2 })
        : fc.constant(null),
      writeRestricted: world.writeRestricted ? fc.boolean() : fc.constant(false),
      privileges: world.privileges
        ? fc.subarray([
            "SeSecurityPrivilege",
            "SeTakeOwnershipPrivilege",
            "SeRelabelPrivilege",
            "SeChangeNotifyPrivilege",
            "SeDebugPrivilege",
          ])
        : fc.constant([]),
      integrity: world.labels ? fc.constantFrom("Low", "Medium", "Medium", "High") : fc.constant("Medium"),
      mandatoryPolicy: world.labels ? fc.constantFrom(1, 1, 1, 0) : fc.constant(1),
      appContainer: world.packages
        ? fc.option(
            fc.record({
              sid: fc.constant(PACKAGE),
              capabilities: fc.subarray(["S-1-15-3-1"]),
              lowPrivilege: fc.boolean(),
            }),
            { nil: undefined, freq: 1 },
          )
        : fc.constant(undefined),
      userClaims: fc.subarray([
        { name: "a", type: "int64" as const, values: [1] },
        { name: "b", type: "boolean" as const, values: [false] },
      ]),
    })
    .map((input) => (world.objects ? { ...input, type: "impersonation" as const } : input));
}

export function token(world: World): fc.Arbitrary<AccessToken> {
  return tokenInput(world).map((input) => AccessToken.create(input));
}

/** Lists of nodes that the rules accept. */
export const objectTypes = fc
  .array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })
  .map((levels) => [0, ...levels.map((level, index) => Math.min(level, index + 1))])
  .map((levels) =>
    levels.map((level, index) => ({
      level: index > 0 ? Math.min(level, levels[index - 1] + 1) : 0,
      guid: GUIDS[index],
    })),
  );

export const policies: fc.Arbitrary<readonly CentralPolicy[]> = fc
  .array(
    fc.record({
      appliesTo: fc.option(fc.constantFrom(...CLAIM_CONDITIONS), { nil: null, freq: 1 }),
      dacl: aces({}, "any", 3),
      all: fc.boolean(),
    }),
    { maxLength: 2 },
  )
  .map((rules) => [
    {
      sid: Sid.parse("S-1-17-1"),
      rules: rules.map(({ appliesTo, dacl, all }) => ({
        appliesTo: appliesTo === null ? null : parseCondition(appliesTo),
        dacl: descriptorOf(null, all ? [...dacl, Ace.allow(FILE_ALL, Sid.parse("S-1-1-0"))] : dacl),
        stagedDacl: null,
      })),
    },
  ]);

/** What a request has beside token, descriptor and desired access. */
export function options(world: World): fc.Arbitrary<Partial<AccessCheckRequest> & { mapping: "file" | "key" }> {
  return fc
    .record({
      mapping: fc.constantFrom("file" as const, "file" as const, "key" as const),
      principalSelf: fc.option(fc.constantFrom(...GROUPS), { nil: undefined }),
      aceGenericRights: fc.constantFrom("mapped" as const, "mapped" as const, "raw" as const),
      policies: world.policies ? fc.option(policies, { nil: undefined, freq: 1 }) : fc.constant(undefined),
      nodes: world.objects ? fc.option(objectTypes, { nil: undefined, freq: 1 }) : fc.constant(undefined),
      list: fc.boolean(),
    })
    .map(({ nodes, list, ...rest }) =>
      nodes === undefined
        ? rest
        : {
            ...rest,
            call: list ? ("AccessCheckByTypeResultList" as const) : ("AccessCheckByType" as const),
            objectTypes: nodes,
          },
    );
}

/** A whole request; `desired` is specific rights, MAXIMUM_ALLOWED, or both. */
export function request(world: World): fc.Arbitrary<AccessCheckRequest> {
  const desired = fc.oneof(
    specific,
    fc.constant(MAXIMUM),
    specific.map((mask) => (mask | MAXIMUM) >>> 0),
    fc.constant(0x01000001),
  );
  return fc
    .record({ token: token(world), scene: scene(world), desired, options: options(world) })
    .map(({ token: who, scene: where, desired: mask, options: more }) => ({
      token: who,
      descriptor: descriptorIn(where),
      desired: mask,
      ...more,
    }));
}

/** What filtering is asked for. */
export const filterOptions: fc.Arbitrary<FilterOptions> = fc.record({
  flags: fc.integer({ min: 0, max: 15 }),
  sidsToDisable: fc.subarray([...GROUPS, ...LISTED]),
  privilegesToDelete: fc.subarray(["SeSecurityPrivilege", "SeTakeOwnershipPrivilege", "SeChangeNotifyPrivilege"]),
  restrictedSids: fc.array(fc.constantFrom(...LISTED), { maxLength: 3 }),
});
