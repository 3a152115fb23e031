/** Rights of sections, object directories and symbolic links. winnt.h, wdm.h */
import { type RightsFamily, rightsFamily } from "./family.js";

export const SectionRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf001f,
  QUERY: 0x1,
  MAP_WRITE: 0x2,
  MAP_READ: 0x4,
  MAP_EXECUTE: 0x8,
  EXTEND_SIZE: 0x10,
  MAP_EXECUTE_EXPLICIT: 0x20,
} as const);

export const ObjectDirectoryRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf000f,
  QUERY: 0x1,
  TRAVERSE: 0x2,
  CREATE_OBJECT: 0x4,
  CREATE_SUBDIRECTORY: 0x8,
} as const);

export const SymbolicLinkRights = /* @__PURE__ */ Object.freeze({
  ALL: 0xf0001,
  QUERY: 0x1,
  SET: 0x2,
} as const);

export const sectionFamily: RightsFamily = /* @__PURE__ */ rightsFamily(
  "SECTION_",
  SectionRights,
  {
    ALL: "SECTION_ALL_ACCESS",
  },
  {
    FILE_MAP_COPY: 0x1,
    FILE_MAP_WRITE: 0x2,
    FILE_MAP_READ: 0x4,
    FILE_MAP_EXECUTE: 0x20,
    FILE_MAP_ALL_ACCESS: 0xf001f,
  },
);

export const objectDirectoryFamily: RightsFamily = /* @__PURE__ */ rightsFamily("DIRECTORY_", ObjectDirectoryRights, {
  ALL: "DIRECTORY_ALL_ACCESS",
});

export const symbolicLinkFamily: RightsFamily = /* @__PURE__ */ rightsFamily(
  "SYMBOLIC_LINK_",
  SymbolicLinkRights,
  {
    ALL: "SYMBOLIC_LINK_ALL_ACCESS",
  },
  {
    SYMBOLIC_LINK_ALL_ACCESS_EX: 0xfffff,
  },
);
