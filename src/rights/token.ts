/** Rights on token handles. tokens.md 1.6 */
import { type RightsFamily, rightsFamily } from "./family.js";

export const TokenRights = /* @__PURE__ */ Object.freeze({
  READ: 0x20008,
  WRITE: 0x200e0,
  EXECUTE: 0x20000,
  ALL: 0xf01ff,
  ASSIGN_PRIMARY: 0x1,
  DUPLICATE: 0x2,
  IMPERSONATE: 0x4,
  QUERY: 0x8,
  QUERY_SOURCE: 0x10,
  ADJUST_PRIVILEGES: 0x20,
  ADJUST_GROUPS: 0x40,
  ADJUST_DEFAULT: 0x80,
  ADJUST_SESSIONID: 0x100,
} as const);

export const tokenFamily: RightsFamily = /* @__PURE__ */ rightsFamily(
  "TOKEN_",
  TokenRights,
  {
    ALL: "TOKEN_ALL_ACCESS",
  },
  {
    TOKEN_ALL_ACCESS_P: 0xf00ff,
  },
);
