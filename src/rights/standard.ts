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
export const sddlRights: readonly NamedRight[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.entries({
    GA: GENERIC_ALL,
    GR: GENERIC_READ,
    GW: GENERIC_WRITE,
    GX: GENERIC_EXECUTE,
    RC: READ_CONTROL,
    SD: DELETE,
    WD: WRITE_DAC,
    WO: WRITE_OWNER,
    CC: 0x1,
    DC: 0x2,
    LC: 0x4,
    SW: 0x8,
    RP: 0x10,
    WP: 0x20,
    DT: 0x40,
    LO: 0x80,
    CR: 0x100,
    FA: 0x1f01ff,
    FR: 0x120089,
    FW: 0x120116,
    FX: 0x1200a0,
    KA: 0xf003f,
    KR: 0x20019,
    KW: 0x20006,
    KX: 0x20019,
    NW: 0x1,
    NR: 0x2,
    NX: 0x4,
  }).map(([name, mask]) => ({ name, mask })),
);
