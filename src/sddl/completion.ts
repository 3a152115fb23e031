/**
 * What could stand at a place of SDDL, and which part of the text it would replace. formats.md 7
 *
 * Looks at the tokens before the place and the nodes around it. Offers; the grammar decides what is right.
 */
import type { Sid } from "../sid.js";
import { type AceKind, type AclKind, aceKinds } from "./ace-kinds.js";
import {
  aceFlagCandidates,
  aceTypeCandidates,
  aliasCandidates,
  candidate,
  punctuation,
  rightCandidates,
  type SddlCandidate,
  sectionCandidates,
} from "./completion-candidates.js";
import { claimCandidates, conditionCandidates } from "./completion-extra.js";
import type { TokenKind } from "./token-kinds.js";
import type { TokenSource } from "./token-meaning.js";
import { lastAtOrBefore, type SddlNode } from "./tree-recorder.js";

/** Candidates for the text from `from` to `to`, which are the same where something new would be inserted. */
export interface SddlCompletions {
  readonly from: number;
  readonly to: number;
  readonly candidates: readonly SddlCandidate[];
}

interface PlaceSource extends TokenSource {
  readonly nodes: readonly SddlNode[];
}

/** Words that grow at their end, so a place behind one still belongs to it. */
const GROWING: readonly TokenKind[] = ["error", "ace-type", "attribute", "operator", "keyword", "alias", "section"];
/** Nothing is offered inside these. */
const CLOSED: readonly TokenKind[] = [
  "string",
  "octets",
  "claim-name",
  "integer",
  "guid",
  "sid",
  "mask",
  "claim-flags",
];

/** See `SddlTree.completionsAt`. */
export function completionsAt(source: PlaceSource, offset: number): SddlCompletions {
  const place = Math.max(0, Math.min(Math.trunc(offset) || 0, source.text.length));
  // The last token that begins before the place.
  let last = lastAtOrBefore(source.starts, place - 1);
  let from = place;
  let to = place;
  if (last >= 0 && isTouched(source, last, place)) {
    if (CLOSED.includes(source.kinds[last])) return { from, to, candidates: [] };
    from = source.starts[last];
    to = source.ends[last];
    if (source.kinds[last] === "section" && source.text[to] === ":") to++;
    last--;
  }
  return { from, to, candidates: candidatesAfter(source, last, from) };
}

/** Whether the token reaches over the place, or up to it and may go on. */
function isTouched({ text, kinds, starts, ends }: PlaceSource, token: number, place: number): boolean {
  if (ends[token] > place) return true;
  if (ends[token] < place || !GROWING.includes(kinds[token])) return false;
  return kinds[token] !== "operator" || /[a-z]$/i.test(text.slice(starts[token], ends[token]));
}

/** The node that a place behind this token lies in: a closing bracket leads out of its node. */
function nodeBehind({ text, kinds, ends, holders, nodes }: PlaceSource, token: number): number {
  if (token < 0) return 0;
  const node = holders[token];
  const closes =
    kinds[token] === "punctuation" && /[)}]/.test(text[ends[token] - 1]) && nodes[node].endToken === token + 1;
  return closes ? Math.max(nodes[node].parent, 0) : node;
}

function candidatesAfter(source: PlaceSource, last: number, place: number): readonly SddlCandidate[] {
  const index = nodeBehind(source, last);
  const node = source.nodes[index];
  switch (node.kind) {
    case "descriptor":
      return missingSections(source);
    case "owner":
    case "group":
      return source.kinds[last] === "punctuation" ? sidCandidates(source) : missingSections(source);
    case "dacl":
    case "sacl":
      return aclCandidates(source, node, last);
    case "ace":
      return aceCandidates(source, index, last, place);
    case "claim":
      return claimCandidates(source, node.firstToken, last);
    default:
      return isInClaim(source, index) ? [] : conditionCandidates(source, last);
  }
}

function isInClaim({ nodes }: PlaceSource, index: number): boolean {
  for (let at = index; at > 0; at = nodes[at].parent) if (nodes[at].kind === "claim") return true;
  return false;
}

function missingSections({ text, kinds, starts }: PlaceSource): SddlCandidate[] {
  let seen = "";
  kinds.forEach((kind, index) => {
    if (kind === "section" && text[starts[index] + 1] === ":") seen += text[starts[index]];
  });
  return sectionCandidates(seen);
}

function sidCandidates(source: PlaceSource, fits?: (sid: Sid) => boolean): SddlCandidate[] {
  return [...aliasCandidates(source.context, fits), candidate("sid", "S-1-", "a SID")];
}

/** Flags and NO_ACCESS_CONTROL until the first ACE, then ACEs; the next section anywhere. */
function aclCandidates(source: PlaceSource, node: SddlNode, last: number): SddlCandidate[] {
  const kind = source.kinds[last];
  if (kind === "section") return punctuation(":");
  if (kind === "null-acl") return missingSections(source);
  const behind = [...punctuation("("), ...missingSections(source)];
  const seen = wordsOf(source, "acl-flag", node.firstToken, last);
  const isBeforeAces = kind === "acl-flag" || (kind === "punctuation" && source.text[source.starts[last]] === ":");
  if (!isBeforeAces) return behind;
  const flags: readonly (readonly [string, string])[] = [
    ["P", "protected from inheritance"],
    ["AR", "inheritance asked for"],
    ["AI", "inherited automatically"],
  ];
  return [
    ...flags.filter(([word]) => !seen.includes(word)).map(([word, detail]) => candidate("acl-flag", word, detail)),
    candidate("null-acl", "NO_ACCESS_CONTROL", node.kind === "dacl" ? "NULL DACL: everything granted" : "NULL SACL"),
    ...behind,
  ];
}

/** Words of this kind from one token to another, in upper case. */
function wordsOf({ text, kinds, starts, ends }: PlaceSource, kind: TokenKind, first: number, last: number): string[] {
  const words: string[] = [];
  for (let i = first; i <= last; i++) {
    if (kinds[i] === kind) words.push(text.slice(starts[i], ends[i]).toUpperCase());
  }
  return words;
}

function aceCandidates(source: PlaceSource, index: number, last: number, place: number): readonly SddlCandidate[] {
  const { text, kinds, starts, holders, nodes } = source;
  const ace = nodes[index];
  let field = 0;
  for (let i = ace.firstToken; i <= last; i++) {
    if (holders[i] === index && kinds[i] === "punctuation" && text[starts[i]] === ";") field++;
  }
  const spelling = wordsOf(source, "ace-type", ace.firstToken, last)[0];
  const kind = aceKinds.find((entry) => entry.spelling === spelling);
  const isFresh = source.ends[last] <= place && text[starts[last]] === ";";
  switch (field) {
    case 0:
      return kinds[last] === "ace-type" ? punctuation(";") : aceTypeCandidates(placeOf(source, ace));
    case 1:
      return [...aceFlagCandidates(spelling, wordsOf(source, "ace-flag", ace.firstToken, last)), ...punctuation(";")];
    case 2:
      if (kinds[last] === "mask") return punctuation(";");
      return [...rightCandidates(spelling, wordsOf(source, "right", ace.firstToken, last)), ...punctuation(";")];
    case 3:
    case 4:
      return punctuation(";");
    case 5:
      return isFresh
        ? sidCandidates(source, sidsFor(kind))
        : punctuation(kind !== undefined && kind.extra !== "none" ? ";" : ")");
    default:
      return punctuation(isFresh && kind?.extra !== "none" ? "(" : ")");
  }
}

function placeOf({ nodes }: PlaceSource, ace: SddlNode): AclKind {
  return nodes[ace.parent]?.kind === "sacl" ? "sacl" : "dacl";
}

const LABEL_AUTHORITY = 16;
const POLICY_AUTHORITY = 17;
const TRUST_AUTHORITY = 19;

/** Which SIDs a kind takes. formats.md 7 */
function sidsFor(kind: AceKind | undefined): (sid: Sid) => boolean {
  switch (kind?.spelling) {
    case "ML":
      return ({ authority }) => authority === LABEL_AUTHORITY;
    case "SP":
      return ({ authority }) => authority === POLICY_AUTHORITY;
    case "TL":
      return ({ authority }) => authority === TRUST_AUTHORITY;
    case "RA":
      return ({ authority, subAuthorities }) => authority === 1 && subAuthorities[0] === 0;
    default:
      return () => true;
  }
}
