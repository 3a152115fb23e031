/** Rights of WMI namespaces and event logs. [MS-WMI] 2.2.23 (wbemcli.h), [MS-EVEN] */
import { type RightsFamily, rightsFamily } from "./family.js";

export const WmiRights = /* @__PURE__ */ Object.freeze({
  ENABLE: 0x1,
  METHOD_EXECUTE: 0x2,
  FULL_WRITE_REP: 0x4,
  PARTIAL_WRITE_REP: 0x8,
  WRITE_PROVIDER: 0x10,
  REMOTE_ACCESS: 0x20,
  SUBSCRIBE: 0x40,
  PUBLISH: 0x80,
} as const);

export const EventLogRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf0007,
  READ: 0x1,
  WRITE: 0x2,
  CLEAR: 0x4,
} as const);

export const wmiFamily: RightsFamily = /* @__PURE__ */ rightsFamily("WBEM_", WmiRights, {
  SUBSCRIBE: "WBEM_RIGHT_SUBSCRIBE",
  PUBLISH: "WBEM_RIGHT_PUBLISH",
});

export const eventLogFamily: RightsFamily = /* @__PURE__ */ rightsFamily("ELF_LOGFILE_", EventLogRights, {
  ALL: "ELF_LOGFILE_ALL_ACCESS",
});
