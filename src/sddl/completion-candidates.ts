/**
 * Candidates for completion that come from tables. formats.md 1.1, 7
 *
 * Does not know the place they are for.
 */
import { Sid } from "../sid.js";
import { nameOfSid, type SidContext, sidFromAlias } from "../well-known-sids.js";
import { type AclKind, aceFlagWords, aceKinds } from "./ace-kinds.js";
import type { TokenKind } from "./token-kinds.js";
import { aceFlagNames, aceTypeNames, rightMasks, rightNames, sectionNames } from "./token-names.js";

/** Something that could stand at a place. */
export interface SddlCandidate {
  readonly kind: TokenKind;
  /** What to write. */
  readonly text: string;
  /** What it means, in words. */
  readonly detail: string | null;
}

export function candidate(kind: TokenKind, text: string, detail: string | null = null): SddlCandidate {
  return { kind, text, detail };
}

export function punctuation(...signs: string[]): SddlCandidate[] {
  return signs.map((sign) => candidate("punctuation", sign));
}

/** Sections whose letter is not in `seen`. */
export function sectionCandidates(seen: string): SddlCandidate[] {
  return ["O", "G", "D", "S"]
    .filter((letter) => !seen.includes(letter))
    .map((letter) => candidate("section", `${letter}:`, sectionNames[letter]));
}

export function aceTypeCandidates(place: AclKind): SddlCandidate[] {
  return aceKinds
    .filter((kind) => kind.place === place)
    .map(({ spelling }) => candidate("ace-type", spelling, aceTypeNames[spelling]));
}

/** Flags that are not in `seen` yet. */
export function aceFlagCandidates(type: string | undefined, seen: readonly string[]): SddlCandidate[] {
  const excluded = type === "FL" ? "SA" : "TP";
  return aceFlagWords
    .filter(([word]) => word !== excluded && !seen.includes(word))
    .map(([word]) => candidate("ace-flag", word, aceFlagNames[word]));
}

/** Rights that are not in `seen` yet: those of labels for ML alone, none for RA. */
export function rightCandidates(type: string | undefined, seen: readonly string[]): SddlCandidate[] {
  if (type === "RA") return [];
  return [...rightMasks.keys()]
    .filter((word) => !seen.includes(word) && /^N[WRX]$/.test(word) === (type === "ML"))
    .map((word) => candidate("right", word, rightNames[word]));
}

const FIRST = 0x41;
const LAST = 0x5a;

/** Aliases that have a SID in this context, and whose SID `fits`. */
export function aliasCandidates(
  context: SidContext | undefined,
  fits: (sid: Sid) => boolean = () => true,
): SddlCandidate[] {
  const found: SddlCandidate[] = [];
  for (let first = FIRST; first <= LAST; first++) {
    for (let second = FIRST; second <= LAST; second++) {
      const alias = String.fromCharCode(first, second);
      const sid = sidFromAlias(alias, context);
      if (sid instanceof Sid && fits(sid)) found.push(candidate("alias", alias, nameOfSid(sid) ?? sid.toString()));
    }
  }
  return found;
}
