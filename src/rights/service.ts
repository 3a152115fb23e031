/** Rights of services and of the service control manager. [MS-SCMR] 3.1.4, winsvc.h */
import { type RightsFamily, rightsFamily } from "./family.js";

export const ServiceRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf01ff,
  QUERY_CONFIG: 0x1,
  CHANGE_CONFIG: 0x2,
  QUERY_STATUS: 0x4,
  ENUMERATE_DEPENDENTS: 0x8,
  START: 0x10,
  STOP: 0x20,
  PAUSE_CONTINUE: 0x40,
  INTERROGATE: 0x80,
  USER_DEFINED_CONTROL: 0x100,
} as const);

export const ScmRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf003f,
  CONNECT: 0x1,
  CREATE_SERVICE: 0x2,
  ENUMERATE_SERVICE: 0x4,
  LOCK: 0x8,
  QUERY_LOCK_STATUS: 0x10,
  MODIFY_BOOT_CONFIG: 0x20,
} as const);

export const serviceFamily: RightsFamily = /* @__PURE__ */ rightsFamily("SERVICE_", ServiceRights, {
  ALL: "SERVICE_ALL_ACCESS",
});

export const scmFamily: RightsFamily = /* @__PURE__ */ rightsFamily("SC_MANAGER_", ScmRights, {
  ALL: "SC_MANAGER_ALL_ACCESS",
});
