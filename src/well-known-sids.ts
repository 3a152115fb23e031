/**
 * The SIDs everybody knows: two-letter aliases of SDDL, and display names. formats.md 1.1, [MS-DTYP] 2.4.2.4
 *
 * Does not know where in a text an alias stands; homonyms (CR, RC, FA …) are for the reader of that field.
 */
import { ArgumentError } from "./errors.js";
import { Sid } from "./sid.js";
import { domainAccounts, wellKnownNames } from "./sid-names.js";

/** The SIDs that some aliases are relative to. `rootDomain` and `machine` default to `domain`. */
export interface SidContext {
  readonly domain?: Sid;
  /** The forest root. */
  readonly rootDomain?: Sid;
  /** The machine's own account domain. */
  readonly machine?: Sid;
}

type Scope = "domain" | "rootDomain" | "machine";

const fixedAliases: readonly (readonly [alias: string, sid: string])[] = [
  ["WD", "S-1-1-0"],
  ["CO", "S-1-3-0"],
  ["CG", "S-1-3-1"],
  ["OW", "S-1-3-4"],
  ["NU", "S-1-5-2"],
  ["IU", "S-1-5-4"],
  ["SU", "S-1-5-6"],
  ["AN", "S-1-5-7"],
  ["ED", "S-1-5-9"],
  ["PS", "S-1-5-10"],
  ["AU", "S-1-5-11"],
  ["RC", "S-1-5-12"],
  ["SY", "S-1-5-18"],
  ["LS", "S-1-5-19"],
  ["NS", "S-1-5-20"],
  ["WR", "S-1-5-33"],
  ["UD", "S-1-5-84-0-0-0-0-0"],
  ["AC", "S-1-15-2-1"],
  ["AS", "S-1-18-1"],
  ["SS", "S-1-18-2"],
  ["LW", "S-1-16-4096"],
  ["ME", "S-1-16-8192"],
  ["MP", "S-1-16-8448"],
  ["HI", "S-1-16-12288"],
  ["SI", "S-1-16-16384"],
  ["BA", "S-1-5-32-544"],
  ["BU", "S-1-5-32-545"],
  ["BG", "S-1-5-32-546"],
  ["PU", "S-1-5-32-547"],
  ["AO", "S-1-5-32-548"],
  ["SO", "S-1-5-32-549"],
  ["PO", "S-1-5-32-550"],
  ["BO", "S-1-5-32-551"],
  ["RE", "S-1-5-32-552"],
  ["RU", "S-1-5-32-554"],
  ["RD", "S-1-5-32-555"],
  ["NO", "S-1-5-32-556"],
  ["MU", "S-1-5-32-558"],
  ["LU", "S-1-5-32-559"],
  ["IS", "S-1-5-32-568"],
  ["CY", "S-1-5-32-569"],
  ["ER", "S-1-5-32-573"],
  ["CD", "S-1-5-32-574"],
  ["RA", "S-1-5-32-575"],
  ["ES", "S-1-5-32-576"],
  ["MS", "S-1-5-32-577"],
  ["HA", "S-1-5-32-578"],
  ["AA", "S-1-5-32-579"],
  ["RM", "S-1-5-32-580"],
];

const relativeAliases: readonly (readonly [alias: string, scope: Scope, rid: number])[] = [
  ["DA", "domain", 512],
  ["DU", "domain", 513],
  ["DG", "domain", 514],
  ["DC", "domain", 515],
  ["DD", "domain", 516],
  ["CA", "domain", 517],
  ["PA", "domain", 520],
  ["CN", "domain", 522],
  ["AP", "domain", 525],
  ["KA", "domain", 526],
  ["RS", "domain", 553],
  ["RO", "rootDomain", 498],
  ["SA", "rootDomain", 518],
  ["EA", "rootDomain", 519],
  ["EK", "rootDomain", 527],
  ["LA", "machine", 500],
  ["LG", "machine", 501],
];

const sidByAlias: ReadonlyMap<string, Sid> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ fixedAliases.map(([alias, text]) => [alias, Sid.parse(text)]),
);
const aliasByText: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ fixedAliases.map(([alias, text]) => [text, alias]),
);
const relativeByAlias: ReadonlyMap<string, { readonly scope: Scope; readonly rid: number }> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ relativeAliases.map(([alias, scope, rid]) => [alias, { scope, rid }]),
);
/** No two scopes share a RID, so the RID alone names the alias and its scope. */
const relativeByRid: ReadonlyMap<number, { readonly alias: string; readonly scope: Scope }> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ relativeAliases.map(([alias, scope, rid]) => [rid, { alias, scope }]),
);

/**
 * `context` with its defaults filled in.
 *
 * @throws ArgumentError ERR_ARGUMENT naming the member that is no Sid
 */
export function contextOf(context: SidContext = {}): SidContext {
  if (typeof context !== "object" || context === null) {
    throw new ArgumentError("ERR_ARGUMENT", ["context"], "expected the SIDs of a domain");
  }
  const { domain, rootDomain = domain, machine = domain } = context;
  const sids = { domain, rootDomain, machine };
  for (const [name, sid] of Object.entries(sids)) {
    if (sid !== undefined && !(sid instanceof Sid)) {
      throw new ArgumentError("ERR_ARGUMENT", ["context", name], "expected a Sid");
    }
  }
  return sids;
}

/**
 * The SID of a two-letter alias in any ASCII case; `"needs-context"` when it is relative to a SID that `context`
 * does not give (never an invented domain); undefined when there is no such alias.
 */
export function sidFromAlias(alias: string, context?: SidContext): Sid | "needs-context" | undefined {
  if (alias.length !== 2) return undefined;
  const key = String.fromCharCode(asciiUpper(alias.charCodeAt(0)), asciiUpper(alias.charCodeAt(1)));
  const fixed = sidByAlias.get(key);
  if (fixed !== undefined) return fixed;
  const relative = relativeByAlias.get(key);
  if (relative === undefined) return undefined;
  const base = contextOf(context)[relative.scope];
  return base === undefined ? "needs-context" : base.withRid(relative.rid);
}

/** The alias that Windows prints for `sid`: from the fixed list, else relative to `context`. formats.md 7.2 */
export function aliasOfSid(sid: Sid, context?: SidContext): string | undefined {
  const fixed = aliasByText.get(sid.toString());
  if (fixed !== undefined || context === undefined) return fixed;
  const count = sid.subAuthorities.length;
  const relative = count === 0 ? undefined : relativeByRid.get(sid.subAuthorities[count - 1]);
  if (relative === undefined) return undefined;
  const base = contextOf(context)[relative.scope];
  return base !== undefined && base.subAuthorities.length === count - 1 && sid.startsWith(base)
    ? relative.alias
    : undefined;
}

/**
 * Reads `S-1-…` text or an alias.
 *
 * @throws ArgumentError ERR_SDDL_ALIAS for an alias that needs a SID `context` does not give, ERR_SID for anything else
 *   that is no SID (values that are no text included). `path` goes into the error.
 */
export function parseSidOrAlias(text: string, context?: SidContext, path: readonly (string | number)[] = []): Sid {
  if (typeof text !== "string" || text.length !== 2) return Sid.parse(text, path);
  const sid = sidFromAlias(text, context);
  if (sid === undefined) throw new ArgumentError("ERR_SID", path, `unknown alias ${JSON.stringify(text)}`);
  if (sid === "needs-context") {
    throw new ArgumentError("ERR_SDDL_ALIAS", path, `the alias ${text} needs a domain in the context`);
  }
  return sid;
}

/**
 * A name for people, in English: `BUILTIN\Administrators`, `Mandatory Label\Medium`, `Domain Admins (S-1-5-21-…)`.
 * Undefined for accounts that only their own domain can name.
 */
export function nameOfSid(sid: Sid): string | undefined {
  const known = wellKnownNames.get(sid.toString());
  if (known !== undefined) return known;
  const subs = sid.subAuthorities;
  switch (sid.authority) {
    case 5:
      if (subs.length === 3 && subs[0] === 5) return `Logon session ${subs[1]}-${subs[2]}`;
      if (subs.length === 5 && subs[0] === 21) {
        const account = domainAccounts.get(subs[4]);
        return account && `${account} (${Sid.of(5, subs.slice(0, 4))})`;
      }
      return undefined;
    case 16:
      return subs.length === 1 ? `Mandatory Label\\${subs[0]}` : undefined;
    case 19:
      return subs.length === 2 ? `Process trust ${subs[0]}-${subs[1]}` : undefined;
    default:
      return undefined;
  }
}

function asciiUpper(unit: number): number {
  return unit >= 0x61 && unit <= 0x7a ? unit - 0x20 : unit;
}
