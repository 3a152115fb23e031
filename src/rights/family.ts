/**
 * How a family of rights is stated: short names with their bits once, header names derived from them.
 *
 * One file of this folder is one family or a few kindred ones. Knows no mapping.
 */

export interface NamedRight {
  /** As in the Windows headers. */
  readonly name: string;
  /** Unsigned. */
  readonly mask: number;
}

export interface RightsFamily {
  /** The specific rights, one bit each, ascending: the names that are printed. */
  readonly bits: readonly NamedRight[];
  /** Names for several rights at once, or for a standard right under another name. */
  readonly composites: readonly NamedRight[];
  /** Further header names of bits named above; read, never printed. */
  readonly synonyms: readonly NamedRight[];
}

/**
 * A family from `rights`, whose header names are `prefix` + key unless `headerNames` gives another for the key.
 */
export function rightsFamily(
  prefix: string,
  rights: Readonly<Record<string, number>>,
  headerNames: Readonly<Record<string, string>> = {},
  synonyms: Readonly<Record<string, number>> = {},
): RightsFamily {
  const named = Object.entries(rights).map(([key, mask]) =>
    Object.freeze({ name: headerNames[key] ?? prefix + key, mask }),
  );
  return Object.freeze({
    bits: Object.freeze(named.filter(({ mask }) => isSpecificBit(mask)).sort((a, b) => a.mask - b.mask)),
    composites: Object.freeze(named.filter(({ mask }) => !isSpecificBit(mask))),
    synonyms: Object.freeze(Object.entries(synonyms).map(([name, mask]) => Object.freeze({ name, mask }))),
  });
}

/** Bits 0–15 mean something else for each kind of object. [MS-DTYP] 2.4.3 */
function isSpecificBit(mask: number): boolean {
  return mask > 0 && mask <= 0xffff && (mask & (mask - 1)) === 0;
}
