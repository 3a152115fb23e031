/**
 * The cast of the native fuzzer: tokens, descriptors, claims, conditions, policies, filters. Made with the library's
 * own encoders; `tools/fuzz-build.mjs` writes it down as C, and seeds.ts builds the first inputs from it.
 *
 * Order matters where a constant below names a place. Does not know what is asked of whom.
 */

import { CLAIM_DISABLED, CLAIM_USE_FOR_DENY_ONLY, CLAIM_VALUE_CASE_SENSITIVE } from "../../assembly/shared/claim.js";
import { AccessToken } from "../../src/access-token.js";
import { Acl } from "../../src/acl.js";
import { encodeClaim } from "../../src/binary/claim-encode.js";
import { encodeCondition } from "../../src/binary/condition-encode.js";
import { encodeFilterImage } from "../../src/binary/filter-image.js";
import { encodeGuid } from "../../src/binary/guid.js";
import { encodePolicyImage } from "../../src/binary/policy-image.js";
import { encodeSid } from "../../src/binary/sid.js";
import { encodeTokenImage } from "../../src/binary/token-image.js";
import { type Claim, claimOf } from "../../src/claim.js";
import { checkedFilter } from "../../src/filter-request.js";
import { parseCondition } from "../../src/sddl/condition-parse.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";
import type { TokenInput } from "../../src/token-fields.js";

export const DOMAIN = "S-1-5-21-1-2-3";
const USER = `${DOMAIN}-1001`;
const NOBODY = `${DOMAIN}-4999`;
const PACKAGE = "S-1-15-2-1-2-3-4-5-6-7";
const CAPABILITY = "S-1-15-3-1";
const RESTRICTED_CODE = "S-1-5-12";
const context = { domain: Sid.parse(DOMAIN) };

/** SIDs that tokens hold, that rules name, and some that mean nothing. */
export const sids: readonly Uint8Array[] = [
  ...[USER, "S-1-1-0", NOBODY, "S-1-3-4", "S-1-5-10", RESTRICTED_CODE, "S-1-5-11", "S-1-5-18", "S-1-5-32-544"],
  ...["S-1-5-32-545", PACKAGE, CAPABILITY, "S-1-15-2-1", "S-1-15-2-2", `${DOMAIN}-513`, `${DOMAIN}-512`, "S-1-16-4096"],
  ...["S-1-16-8192", "S-1-16-12288", "S-1-17-1", "S-1-17-2", "S-1-19-512-4096", "S-1-3-0", "S-1-3-1"],
  ...["S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15", "S-1-0xffffffffffff-4294967295"],
].map((text) => encodeSid(Sid.parse(text)));
export const SID_USER = 0;
export const SID_EVERYONE = 1;
export const SID_NOBODY = 2;

export const guids: readonly string[] = Array.from(
  { length: 16 },
  (_, i) => `0000000${i.toString(16)}-1111-2222-3333-44444444444${i.toString(16)}`,
);

const claim = (
  name: string,
  type: Claim["type"],
  values: readonly (bigint | string | Sid | boolean | Uint8Array)[],
  flags = 0,
): Claim => claimOf({ name, type, values, flags });

const someClaims: readonly Claim[] = [
  claim("d", "string", ["R&D"]),
  claim("n", "int64", [7n, -1n]),
  claim("Level", "uint64", [0x8000000000000000n, 1n]),
  claim("Sids", "sid", [Sid.parse(USER), Sid.parse("S-1-5-32-544")]),
  claim("ok", "boolean", [true]),
  claim("raw", "octets", [Uint8Array.of(1, 2, 3), Uint8Array.of()]),
  claim(
    "many",
    "int64",
    Array.from({ length: 40 }, (_, i) => BigInt(i)),
  ),
  claim("Straße", "string", ["ẞ", "ß", "ⱦ", "\ud800", ""], CLAIM_VALUE_CASE_SENSITIVE),
  claim("deny", "string", ["a", "b", "c"], CLAIM_USE_FOR_DENY_ONLY),
  claim("off", "int64", [1n], CLAIM_DISABLED),
  claim("a:b/c.d", "string", ["A", "b"]),
];
/** The first of these stand in the resource descriptor. */
export const RESOURCE_CLAIMS = 7;

export const claims: readonly Uint8Array[] = someClaims.map(encodeClaim);

const conditionTexts: readonly string[] = [
  '(@User.d == "R&D")',
  '(@User.d == "r&d" && @Resource.d == @User.d)',
  "(@User.n Any_of {7, 8} || !(@Device.ok))",
  "(@Resource.n >= 7)",
  "(@User.Level > 9223372036854775807)",
  "(Member_of {SID(BA), SID(BU)})",
  `(Not_Member_of_Any {SID(${USER}), SID(SY)} || Device_Member_of SID(WD))`,
  "(Exists n && Not_Exists @Resource.missing)",
  "(@User.Sids Contains {SID(BA)})",
  "(@Resource.raw == {#010203, #})",
  "(@Resource.ok == 1)",
  '(d Not_Contains "x")',
  "(@User.Stra%00dfe != @Resource.Stra%00dfe)",
  "((@User.d) && (!(@User.n || @User.n)))",
  "(@User.n Not_Any_of {} || @User.n Contains {})",
  '(@User.d < "S" && @User.d <= "R&D" && @User.d > "A")',
  "(@User.many == @Resource.many && @User.many Any_of @Resource.many)",
  "(@User.many Not_Contains @Resource.many || @Resource.many != @User.many)",
  "(n == 0x10 || n == -010 || n == +5)",
];
export const conditions: readonly Uint8Array[] = conditionTexts.map((text) =>
  encodeCondition(parseCondition(text, context)),
);

const groups = ["S-1-1-0", "S-1-5-11", "S-1-5-32-545", `${DOMAIN}-513`];
const claimInputs = (list: readonly Claim[]) =>
  list.map(({ name, type, values, flags }) => ({ name, type, values: [...values], flags }));
const impersonation: TokenInput = {
  user: USER,
  groups,
  type: "impersonation",
  impersonationLevel: "Impersonation",
  userClaims: claimInputs([...someClaims.slice(0, 5), someClaims[6]]),
  deviceClaims: claimInputs([someClaims[4], someClaims[1]]),
  localClaims: claimInputs([someClaims[1], someClaims[0]]),
  deviceGroups: ["S-1-1-0"],
};
const admin = [
  "SeSecurityPrivilege",
  "SeTakeOwnershipPrivilege",
  "SeRelabelPrivilege",
  "SeChangeNotifyPrivilege",
  "SeDebugPrivilege",
];

const tokenInputs: readonly TokenInput[] = [
  { user: USER, groups, privileges: ["SeChangeNotifyPrivilege"] },
  { user: USER, groups, privileges: ["SeChangeNotifyPrivilege"], restrictedSids: [USER, "S-1-1-0", RESTRICTED_CODE] },
  {
    user: USER,
    groups,
    privileges: ["SeChangeNotifyPrivilege"],
    restrictedSids: ["S-1-1-0", RESTRICTED_CODE],
    writeRestricted: true,
  },
  { user: USER, groups: [...groups, "S-1-5-32-544"], privileges: admin, integrity: "High" },
  { user: USER, groups: [...groups, { sid: "S-1-5-32-544", attributes: ["USE_FOR_DENY_ONLY"] }], integrity: "Low" },
  {
    user: USER,
    groups,
    appContainer: { sid: PACKAGE, capabilities: [CAPABILITY], lowPrivilege: false, number: 1 },
    integrity: "Low",
  },
  {
    user: USER,
    groups,
    appContainer: { sid: PACKAGE, capabilities: [], lowPrivilege: true, number: 1 },
    restrictedSids: [USER, "S-1-15-2-2"],
    integrity: "Low",
  },
  impersonation,
  { ...impersonation, restrictedSids: [USER, RESTRICTED_CODE] },
  { ...impersonation, restrictedSids: ["S-1-1-0"], writeRestricted: true },
  {
    user: "S-1-5-18",
    groups: ["S-1-1-0", "S-1-5-32-544"],
    privileges: admin,
    integrity: "System",
    trustLevel: "S-1-19-512-4096",
    owner: "S-1-5-32-544",
  },
];
export const tokens: readonly Uint8Array[] = tokenInputs.map((input) => encodeTokenImage(AccessToken.create(input)));
export const TOKEN_PLAIN = 0;
export const TOKEN_ADMIN = 3;
/** Impersonation tokens for lists of object types: the first unrestricted, the next ones it with a restricting list. */
export const TREE_TOKEN = 7;
export const TREE_TOKENS = 3;
/** Each restricted token with the one it was made from. */
export const pairs = [
  { plain: 0, restricted: 1 },
  { plain: 0, restricted: 2 },
  { plain: 7, restricted: 8 },
  { plain: 7, restricted: 9 },
];
/** Those without packages, claims and device groups: filtering leaves the whole of them. */
export const filterTokens = [0, 1, 2, 3, 4, 10];
/** Unrestricted ones of the user without a package: an allow ACE for the user acts as its condition says. */
export const conditionTokens = [0, 3, 4, 7];
export const writeRestricted = tokenInputs.map(({ writeRestricted: yes }) => yes === true);

const guidOf = (i: number): string => guids[i];
/** SDDL as far as it goes; the last one holds the first resource claims. */
const descriptorTexts: readonly string[] = [
  `O:${USER}G:BUD:(A;;FA;;;${USER})`,
  "O:BAG:BUD:PAI(D;;0x2;;;BU)(A;OICI;FRFX;;;WD)(A;IO;GA;;;CO)(A;;FA;;;BA)",
  "O:SYG:SYD:(A;;GRGW;;;BU)(A;;0x1;;;RC)(A;;RC;;;OW)S:(ML;;NWNR;;;HI)",
  `O:${USER}G:BUD:(A;;0x30;;;PS)(D;;WD;;;OW)(A;;FR;;;AC)(A;;FA;;;${PACKAGE})(A;;FR;;;${CAPABILITY})`,
  `O:BAG:BAD:(OA;;0x30;${guidOf(1)};;BU)(OD;;0x10;${guidOf(2)};${guidOf(3)};WD)(OA;;0x30;;${guidOf(4)};${USER})(A;;0x1;;;WD)`,
  'O:BAG:BAD:(XA;;FA;;;BU;(@User.d == "R&D"))(XD;;0x2;;;WD;(Exists n))(ZA;;0x10;;;AU;(@User.n Any_of {7}))',
  'O:BAG:BAD:(D;;0x4;;;BU)(A;;FR;;;WD)S:(SP;;;;;S-1-17-1)(AU;SAFA;FA;;;WD)(XU;SA;FA;;;WD;(@User.d == "x"))',
  'O:BAG:BAD:(A;;FA;;;WD)S:(TL;;FR;;;S-1-19-512-4096)(FL;;0x120089;;;WD;(@User.d == "R&D"))(SP;;;;;S-1-17-9)',
  "O:BAG:BAD:NO_ACCESS_CONTROL",
  "O:BAG:BAD:",
  "",
];

/** A descriptor with the claims of RESOURCE_CLAIMS as resource attributes. */
function resourceDescriptor(): Uint8Array {
  const template = SecurityDescriptor.parse('O:BAG:BAD:(A;;FA;;;WD)S:(RA;;;;;WD;("d",TI,0x0,1))', { context });
  const sacl = template.sacl;
  if (sacl === null) throw new Error("the template has a SACL");
  const attributes = someClaims.slice(0, RESOURCE_CLAIMS).map((data) => sacl.aces[0].with({ data }));
  return template.with({ sacl: Acl.of(attributes) }).toBytes();
}

export const descriptors: readonly Uint8Array[] = [
  ...descriptorTexts.map((text) => SecurityDescriptor.parse(text, { context }).toBytes()),
  resourceDescriptor(),
];
export const RESOURCE_DESCRIPTOR = descriptors.length - 1;

const sd = (text: string): SecurityDescriptor => SecurityDescriptor.parse(text, { context });
export const policies: readonly Uint8Array[] = [
  encodePolicyImage([
    {
      sid: Sid.parse("S-1-17-1"),
      rules: [
        { appliesTo: null, dacl: sd("D:(A;;FR;;;WD)(A;;FA;;;BA)"), stagedDacl: sd("D:(A;;FX;;;WD)") },
        {
          appliesTo: parseCondition('(@Resource.d == "R&D")', context),
          dacl: sd("D:(D;;0x4;;;BU)(A;;FA;;;WD)"),
          stagedDacl: null,
        },
      ],
    },
  ]),
  encodePolicyImage([
    { sid: Sid.parse("S-1-17-2"), rules: [] },
    {
      sid: Sid.parse("S-1-17-1"),
      rules: [
        {
          appliesTo: parseCondition("(Exists n)", context),
          dacl: sd("D:(A;;FA;;;OW)"),
          stagedDacl: sd("D:(XA;;FA;;;WD;(Member_of SID(BA)))"),
        },
      ],
    },
  ]),
  encodePolicyImage([]),
];

/** Each behind one byte that chooses the token. */
export const filters: readonly Uint8Array[] = [
  { flags: ["DISABLE_MAX_PRIVILEGE"] },
  { flags: ["LUA_TOKEN", "SANDBOX_INERT"] },
  { flags: ["WRITE_RESTRICTED"], restrictedSids: ["S-1-1-0", RESTRICTED_CODE] },
  { sidsToDisable: [USER, "S-1-5-32-544"], privilegesToDelete: ["SeDebugPrivilege"], restrictedSids: [USER] },
  { call: "CreateRestrictedToken" as const, callerIsTcb: true, sidsToDisable: ["S-1-1-0"] },
].map((options, i) => Uint8Array.of(i, ...encodeFilterImage(checkedFilter(options))));

/** A small tree: two property sets below a class. */
export const nodes: readonly { level: number; guid: number }[] = [
  { level: 0, guid: 0 },
  { level: 1, guid: 1 },
  { level: 2, guid: 2 },
  { level: 2, guid: 3 },
  { level: 1, guid: 4 },
  { level: 2, guid: 5 },
];

export const guidBytes = (i: number): Uint8Array => encodeGuid(guids[i]);
