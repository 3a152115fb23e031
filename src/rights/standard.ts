/** Rights that every kind of object has, and the mnemonics of SDDL. [MS-DTYP] 2.4.3, formats.md 7 */
import {
  ACCESS_SYSTEM_SECURITY,
  DELETE,
  GENERIC_ALL,
  GENERIC_EXECUTE,
  GENERIC_READ,
  GENERIC_WRITE,
  MAXIMUM_ALLOWED,
  READ_CONTROL,
  SYNCHRONIZE,
  WRITE_DAC,
  WRITE_OWNER,
} from "../../assembly/shared/access-mask.js";
import type { NamedRight } from "./family.js";

type Rights<Name extends string> = Readonly<Record<Name, number>>;

export const StandardRights: Rights<
  | "DELETE"
  | "READ_CONTROL"
  | "WRITE_DAC"
  | "WRITE_OWNER"
  | "SYNCHRONIZE"
  | "REQUIRED"
  | "READ"
  | "WRITE"
  | "EXECUTE"
  | "ALL"
  | "SPECIFIC_ALL"
  | "ACCESS_SYSTEM_SECURITY"
  | "MAXIMUM_ALLOWED"
> = /* @__PURE__ */ Object.freeze({
  DELETE,
  READ_CONTROL,
  WRITE_DAC,
  WRITE_OWNER,
  SYNCHRONIZE,
  /** DELETE, READ_CONTROL, WRITE_DAC and WRITE_OWNER. */
  REQUIRED: 0xf0000,
  READ: READ_CONTROL,
  WRITE: READ_CONTROL,
  EXECUTE: READ_CONTROL,
  /** REQUIRED and SYNCHRONIZE. */
  ALL: 0x1f0000,
  SPECIFIC_ALL: 0xffff,
  ACCESS_SYSTEM_SECURITY,
  MAXIMUM_ALLOWED,
});

export const GenericRights: Rights<"READ" | "WRITE" | "EXECUTE" | "ALL"> = /* @__PURE__ */ Object.freeze({
  READ: GENERIC_READ,
  WRITE: GENERIC_WRITE,
  EXECUTE: GENERIC_EXECUTE,
  ALL: GENERIC_ALL,
});

/** Bits 16–31 as they print, ascending. */
export const sharedBits: readonly NamedRight[] = /* @__PURE__ */ Object.freeze([
  { name: "DELETE", mask: DELETE },
  { name: "READ_CONTROL", mask: READ_CONTROL },
  { name: "WRITE_DAC", mask: WRITE_DAC },
  { name: "WRITE_OWNER", mask: WRITE_OWNER },
  { name: "SYNCHRONIZE", mask: SYNCHRONIZE },
  { name: "ACCESS_SYSTEM_SECURITY", mask: ACCESS_SYSTEM_SECURITY },
  { name: "MAXIMUM_ALLOWED", mask: MAXIMUM_ALLOWED },
  { name: "GENERIC_ALL", mask: GENERIC_ALL },
  { name: "GENERIC_EXECUTE", mask: GENERIC_EXECUTE },
  { name: "GENERIC_WRITE", mask: GENERIC_WRITE },
  { name: "GENERIC_READ", mask: GENERIC_READ },
]);

/** Header names for several bits, or second names of one. */
export const sharedComposites: readonly NamedRight[] = /* @__PURE__ */ Object.freeze([
  { name: "STANDARD_RIGHTS_REQUIRED", mask: 0xf0000 },
  { name: "STANDARD_RIGHTS_ALL", mask: 0x1f0000 },
  { name: "STANDARD_RIGHTS_READ", mask: READ_CONTROL },
  { name: "STANDARD_RIGHTS_WRITE", mask: READ_CONTROL },
  { name: "STANDARD_RIGHTS_EXECUTE", mask: READ_CONTROL },
  { name: "SPECIFIC_RIGHTS_ALL", mask: 0xffff },
]);

/** SDDL mnemonics. A mnemonic means its bits whatever the mapping; NW, NR and NX are policies of a label. */
export const sddlRights: readonly NamedRight[] = /* @__PURE__ */ Object.freeze([
  { name: "GA", mask: GENERIC_ALL },
  { name: "GR", mask: GENERIC_READ },
  { name: "GW", mask: GENERIC_WRITE },
  { name: "GX", mask: GENERIC_EXECUTE },
  { name: "RC", mask: READ_CONTROL },
  { name: "SD", mask: DELETE },
  { name: "WD", mask: WRITE_DAC },
  { name: "WO", mask: WRITE_OWNER },
  { name: "CC", mask: 0x1 },
  { name: "DC", mask: 0x2 },
  { name: "LC", mask: 0x4 },
  { name: "SW", mask: 0x8 },
  { name: "RP", mask: 0x10 },
  { name: "WP", mask: 0x20 },
  { name: "DT", mask: 0x40 },
  { name: "LO", mask: 0x80 },
  { name: "CR", mask: 0x100 },
  { name: "FA", mask: 0x1f01ff },
  { name: "FR", mask: 0x120089 },
  { name: "FW", mask: 0x120116 },
  { name: "FX", mask: 0x1200a0 },
  { name: "KA", mask: 0xf003f },
  { name: "KR", mask: 0x20019 },
  { name: "KW", mask: 0x20006 },
  { name: "KX", mask: 0x20019 },
  { name: "NW", mask: 0x1 },
  { name: "NR", mask: 0x2 },
  { name: "NX", mask: 0x4 },
]);
