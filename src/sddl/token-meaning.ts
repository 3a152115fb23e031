/**
 * What a token of SDDL says: the name that headers give it, and its value. formats.md 7, [MS-DTYP] 2.5.1.1
 *
 * Reads values with the rules of the grammar, one token at a time and only when asked. Does not know the tokens around.
 */
import { operatorOfSpelling } from "../condition.js";
import { Sid } from "../sid.js";
import { nameOfSid, type SidContext, sidFromAlias } from "../well-known-sids.js";
import { aceFlagWords, aceKinds } from "./ace-kinds.js";
import { parsePrefixedName } from "./attribute-name.js";
import { NUMBER_SIGN, pairOf } from "./characters.js";
import { typeOfPair } from "./claim-text.js";
import { parseAttribute } from "./condition-attribute.js";
import { parseInteger, parseOctetDigits } from "./literal-text.js";
import { aclBits } from "./parse.js";
import { parseMask } from "./rights.js";
import { Scanner } from "./scanner.js";
import { parseSid } from "./sid-text.js";
import type { NodeKind, TokenKind } from "./token-kinds.js";
import { aceFlagNames, aceTypeNames, rightMasks, rightNames, sectionNames } from "./token-names.js";

/** Meanings by kind; both null for punctuation, keywords and errors. */
export interface SddlTokenMeaning {
  /**
   * In words: `SE_DACL_PROTECTED`, `ACCESS_ALLOWED_ACE_TYPE`, `FILE_ALL_ACCESS`, `BUILTIN\Administrators`; of an
   * attribute its scope, of an operator its canonical spelling, of a claim type the type.
   */
  readonly name: string | null;
  /**
   * A number: control bits, ACE type, ACE flag, mask, token code of an operator, flags of a claim. A Sid: `alias` and
   * `sid` (null for an alias whose SID the context does not give). A bigint: `integer`, with its sign, not cut to 64
   * bits. Text: `string`, `attribute` and `claim-name`, decoded; `guid`, lower case. Bytes: `octets`.
   */
  readonly value: number | bigint | string | Sid | Uint8Array | null;
}

/** As much of a tree as meaning asks for. */
export interface TokenSource {
  readonly text: string;
  readonly context: SidContext | undefined;
  readonly kinds: readonly TokenKind[];
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly holders: readonly number[];
  readonly nodes: readonly { readonly kind: NodeKind }[];
}

const nothing: SddlTokenMeaning = { name: null, value: null };

/** The meaning of the token with this index. */
export function meaningOf(source: TokenSource, index: number): SddlTokenMeaning {
  const from = source.starts[index];
  const text = source.text.slice(from, source.ends[index]);
  const upper = text.toUpperCase();
  switch (source.kinds[index]) {
    case "section":
      return { name: sectionNames[text] ?? null, value: null };
    case "acl-flag": {
      const place = source.nodes[source.holders[index]].kind === "sacl" ? "sacl" : "dacl";
      const flag = text as "P" | "AR" | "AI";
      const names = { P: "PROTECTED", AR: "AUTO_INHERIT_REQ", AI: "AUTO_INHERITED" };
      return { name: `SE_${place.toUpperCase()}_${names[flag]}`, value: aclBits[place][flag] };
    }
    case "null-acl":
      return { name: "NULL ACL", value: null };
    case "ace-type": {
      const kind = aceKinds.find(({ spelling }) => spelling === upper);
      return { name: aceTypeNames[upper] ?? null, value: kind?.type ?? null };
    }
    case "ace-flag":
      return { name: aceFlagNames[upper] ?? null, value: aceFlagWords.find(([word]) => word === upper)?.[1] ?? null };
    case "right":
      return { name: rightNames[upper] ?? null, value: rightMasks.get(upper) ?? null };
    case "alias":
      return aliasMeaning(text, source.context);
    case "operator": {
      const operator = operatorOfSpelling(text);
      return { name: operator?.spelling ?? null, value: operator?.code ?? null };
    }
    case "claim-type":
      return { name: typeOfPair.get(pairOf(text)) ?? null, value: null };
    case "guid":
      return { name: null, value: text.toLowerCase() };
    case "string":
      return { name: null, value: text.slice(1, -1) };
    default:
      return readMeaning(source.kinds[index], new Scanner(text, source.context));
  }
}

/** The values that take reading. The grammar has read each of these texts before. */
function readMeaning(kind: TokenKind, s: Scanner): SddlTokenMeaning {
  switch (kind) {
    case "mask":
      return { name: null, value: parseMask(s) };
    case "sid": {
      const sid = parseSid(s, { malformed: "ERR_SID", range: "ERR_SID" });
      return { name: nameOfSid(sid) ?? null, value: sid };
    }
    case "attribute": {
      const { scope, name } = parseAttribute(s);
      return { name: scope, value: name };
    }
    case "integer":
      return { name: null, value: parseInteger(s, "ERR_CONDITION").value };
    case "claim-flags":
      return { name: null, value: Number(parseInteger(s, "ERR_CLAIM").value) };
    case "octets":
      if (s.peek() === NUMBER_SIGN) s.at++;
      return { name: null, value: parseOctetDigits(s, s.text.length) };
    case "claim-name":
      s.at++;
      return { name: null, value: parsePrefixedName(s, "ERR_CLAIM") };
    default:
      return nothing;
  }
}

/** A domain that is nobody's: only to ask for the name of an account in it. */
const anyDomain: SidContext = { domain: /* @__PURE__ */ Sid.of(5, [21, 0, 0, 0]) };

function aliasMeaning(alias: string, context: SidContext | undefined): SddlTokenMeaning {
  const sid = sidFromAlias(alias, context);
  if (sid instanceof Sid) return { name: nameOfSid(sid) ?? null, value: sid };
  const account = sidFromAlias(alias, anyDomain);
  const name = account instanceof Sid ? nameOfSid(account) : undefined;
  return { name: name?.replace(/ \(.*$/, "") ?? null, value: null };
}
