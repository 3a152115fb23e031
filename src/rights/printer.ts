/** Rights of print servers, printers and print jobs, one numbering for the three. [MS-RPRN] 2.2.3.1 */
import { type RightsFamily, rightsFamily } from "./family.js";

export const PrinterRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf000c,
  READ: 0x20008,
  WRITE: 0x20008,
  EXECUTE: 0x20008,
  SERVER_ACCESS_ADMINISTER: 0x1,
  SERVER_ACCESS_ENUMERATE: 0x2,
  ADMINISTER: 0x4,
  USE: 0x8,
  JOB_ACCESS_ADMINISTER: 0x10,
  JOB_ACCESS_READ: 0x20,
  MANAGE_LIMITED: 0x40,
} as const);

export const printerFamily: RightsFamily = /* @__PURE__ */ rightsFamily(
  "PRINTER_",
  PrinterRights,
  {
    ALL: "PRINTER_ALL_ACCESS",
    SERVER_ACCESS_ADMINISTER: "SERVER_ACCESS_ADMINISTER",
    SERVER_ACCESS_ENUMERATE: "SERVER_ACCESS_ENUMERATE",
    ADMINISTER: "PRINTER_ACCESS_ADMINISTER",
    USE: "PRINTER_ACCESS_USE",
    JOB_ACCESS_ADMINISTER: "JOB_ACCESS_ADMINISTER",
    JOB_ACCESS_READ: "JOB_ACCESS_READ",
    MANAGE_LIMITED: "PRINTER_ACCESS_MANAGE_LIMITED",
  },
  {
    SERVER_ALL_ACCESS: 0xf0003,
    SERVER_READ: 0x20002,
    SERVER_WRITE: 0x20003,
    SERVER_EXECUTE: 0x20002,
    JOB_ALL_ACCESS: 0xf0030,
    JOB_READ: 0x20030,
    JOB_WRITE: 0x20010,
    JOB_EXECUTE: 0x20010,
  },
);
