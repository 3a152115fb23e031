/**
 * Access masks: reading numbers and names, printing names. interchange.md, "Numbers and names"; formats.md 2
 *
 * A mask is an unsigned number. Does not map generic rights and decides nothing.
 */
import { ArgumentError } from "./errors.js";
import type { MappingName } from "./generic-mapping.js";
import { readNumericMask } from "./numeric-mask.js";
import { objectTypes } from "./object-type.js";
import type { NamedRight, RightsFamily } from "./rights/family.js";
import { sddlRights, sharedBits, sharedComposites } from "./rights/standard.js";

export { DsRights } from "./rights/directory-service.js";
export type { NamedRight } from "./rights/family.js";
export { DirectoryRights, FileRights, PipeRights } from "./rights/file.js";
export { KeyRights } from "./rights/key.js";
export { EventLogRights, WmiRights } from "./rights/management.js";
export { ObjectDirectoryRights, SectionRights, SymbolicLinkRights } from "./rights/namespace.js";
export { PrinterRights } from "./rights/printer.js";
export { JobRights, ProcessRights, ThreadRights } from "./rights/process.js";
export { ScmRights, ServiceRights } from "./rights/service.js";
export { GenericRights, StandardRights } from "./rights/standard.js";
export { EventRights, MutantRights, SemaphoreRights, TimerRights } from "./rights/synchronization.js";
export { TokenRights } from "./rights/token.js";
export { DesktopRights, WindowStationRights } from "./rights/window.js";

/** Every name that a mask may be written with. No name means two things; a test holds that. */
const maskByName: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ [
    ...sharedBits,
    ...sharedComposites,
    ...sddlRights,
    .../* @__PURE__ */ Object.values(objectTypes).flatMap(({ family }) => [
      ...family.bits,
      ...family.composites,
      ...family.synonyms,
    ]),
  ].map(({ name, mask }) => [name, mask]),
);

/** As a mask is typed, and as `formatMask` prints it: there a bit without a name stands as a number. */
const TYPED = "|";
const PRINTED = " | ";

/**
 * Reads a mask: an integer 0…4294967295; or text: `0x` and hex digits, decimal digits, or names joined by `|` without
 * blanks, in exact case; and whatever `formatMask` and `describeMask` print. A name means its bits whatever the mapping.
 * Nothing is coerced.
 *
 * @throws ArgumentError ERR_ARGUMENT for anything else, and for numbers beyond 32 bits. `path` goes into the error.
 */
export function parseMask(value: number | string, path: readonly (string | number)[] = []): number {
  const number = readNumericMask(value, path);
  if (typeof value !== "string" || number !== undefined) return number ?? 0;
  const separator = value.includes(PRINTED) ? PRINTED : TYPED;
  let mask = 0;
  for (let start = 0; start <= value.length; ) {
    const bar = value.indexOf(separator, start);
    const end = bar === -1 ? value.length : bar;
    const name = value.slice(start, end);
    const isNumber = separator === PRINTED && /^0x[0-9a-f]+$/.test(name);
    const bits = isNumber ? readNumericMask(name, path) : maskByName.get(name);
    if (bits === undefined) throw fault(path, `unknown right ${JSON.stringify(name.slice(0, 40))}`);
    mask |= bits;
    start = end + separator.length;
  }
  return mask >>> 0;
}

/**
 * The rights in `mask`, one bit each, ascending, by the names of the headers; a bit without a name is `0x…`.
 * Without an object type the specific bits have no names.
 *
 * @throws ArgumentError ERR_ARGUMENT for an unknown object type.
 */
export function rightsOf(mask: number, type?: MappingName | null): NamedRight[] {
  const known = type == null ? sharedBits : [...familyOf(type).bits, ...sharedBits];
  const rights: NamedRight[] = [];
  for (let bit = 0; bit < 32; bit++) {
    const one = (2 ** bit) >>> 0;
    if ((mask & one) === 0) continue;
    rights.push(known.find((right) => right.mask === one) ?? { name: hex(one), mask: one });
  }
  return rights;
}

/** `rightsOf` in one line, for people: `FILE_READ_DATA | SYNCHRONIZE`. No right at all is `0`. */
export function formatMask(mask: number, type?: MappingName | null): string {
  const names = rightsOf(mask, type).map((right) => right.name);
  return names.length === 0 ? "0" : names.join(PRINTED);
}

/** As `formatMask`, but the name of the whole where there is one: `FILE_ALL_ACCESS`, `KEY_READ`. */
export function describeMask(mask: number, type?: MappingName | null): string {
  const wanted = mask >>> 0;
  // A single bit keeps its own name: READ_CONTROL is not TOKEN_EXECUTE.
  if ((wanted & (wanted - 1)) !== 0) {
    const composites = type == null ? sharedComposites : [...familyOf(type).composites, ...sharedComposites];
    const whole = composites.find((right) => right.mask === wanted);
    if (whole !== undefined) return whole.name;
  }
  return formatMask(wanted, type);
}

function familyOf(type: MappingName): RightsFamily {
  if (!Object.hasOwn(objectTypes, type)) throw fault([], "unknown object type");
  return objectTypes[type].family;
}

/** `0x120089` */
function hex(mask: number): string {
  return `0x${mask.toString(16)}`;
}

function fault(path: readonly (string | number)[], message: string): ArgumentError {
  return new ArgumentError("ERR_ARGUMENT", path, message);
}
