/** Rights of registry keys. [MS-RRP] 2.2.3, winnt.h */
import { type RightsFamily, rightsFamily } from "./family.js";

export const KeyRights = /* @__PURE__ */ Object.freeze({
  READ: 0x20019,
  WRITE: 0x20006,
  EXECUTE: 0x20019,
  ALL: 0xf003f,
  QUERY_VALUE: 0x1,
  SET_VALUE: 0x2,
  CREATE_SUB_KEY: 0x4,
  ENUMERATE_SUB_KEYS: 0x8,
  NOTIFY: 0x10,
  CREATE_LINK: 0x20,
  WOW64_64KEY: 0x100,
  WOW64_32KEY: 0x200,
  WOW64_RES: 0x300,
} as const);

export const keyFamily: RightsFamily = /* @__PURE__ */ rightsFamily("KEY_", KeyRights, {
  ALL: "KEY_ALL_ACCESS",
});
