/** Rights of files, directories and pipes; a share has those of a file. [MS-SMB2] 2.2.13.1, winnt.h */
import { type RightsFamily, rightsFamily } from "./family.js";

/** Rights of a file. EXECUTE is FILE_GENERIC_EXECUTE; the single bit FILE_EXECUTE is EXECUTE_DATA. */
export const FileRights = /* @__PURE__ */ Object.freeze({
  READ: 0x120089,
  WRITE: 0x120116,
  EXECUTE: 0x1200a0,
  ALL: 0x1f01ff,
  READ_DATA: 0x1,
  WRITE_DATA: 0x2,
  APPEND_DATA: 0x4,
  READ_EA: 0x8,
  WRITE_EA: 0x10,
  EXECUTE_DATA: 0x20,
  DELETE_CHILD: 0x40,
  READ_ATTRIBUTES: 0x80,
  WRITE_ATTRIBUTES: 0x100,
} as const);

/** Rights of a directory: the bits of a file under other names. */
export const DirectoryRights = /* @__PURE__ */ Object.freeze({
  READ: 0x120089,
  WRITE: 0x120116,
  EXECUTE: 0x1200a0,
  ALL: 0x1f01ff,
  LIST_DIRECTORY: 0x1,
  ADD_FILE: 0x2,
  ADD_SUBDIRECTORY: 0x4,
  READ_EA: 0x8,
  WRITE_EA: 0x10,
  TRAVERSE: 0x20,
  DELETE_CHILD: 0x40,
  READ_ATTRIBUTES: 0x80,
  WRITE_ATTRIBUTES: 0x100,
} as const);

/** Rights of a named pipe. */
export const PipeRights = /* @__PURE__ */ Object.freeze({
  READ: 0x120089,
  WRITE: 0x120116,
  EXECUTE: 0x1200a0,
  ALL: 0x1f01ff,
  READ_DATA: 0x1,
  WRITE_DATA: 0x2,
  CREATE_PIPE_INSTANCE: 0x4,
  READ_EA: 0x8,
  WRITE_EA: 0x10,
  EXECUTE_DATA: 0x20,
  DELETE_CHILD: 0x40,
  READ_ATTRIBUTES: 0x80,
  WRITE_ATTRIBUTES: 0x100,
} as const);

export const fileFamily: RightsFamily = /* @__PURE__ */ rightsFamily("FILE_", FileRights, {
  EXECUTE_DATA: "FILE_EXECUTE",
  READ: "FILE_GENERIC_READ",
  WRITE: "FILE_GENERIC_WRITE",
  EXECUTE: "FILE_GENERIC_EXECUTE",
  ALL: "FILE_ALL_ACCESS",
});

export const directoryFamily: RightsFamily = /* @__PURE__ */ rightsFamily("FILE_", DirectoryRights, {
  READ: "FILE_GENERIC_READ",
  WRITE: "FILE_GENERIC_WRITE",
  EXECUTE: "FILE_GENERIC_EXECUTE",
  ALL: "FILE_ALL_ACCESS",
});

export const pipeFamily: RightsFamily = /* @__PURE__ */ rightsFamily("FILE_", PipeRights, {
  EXECUTE_DATA: "FILE_EXECUTE",
  READ: "FILE_GENERIC_READ",
  WRITE: "FILE_GENERIC_WRITE",
  EXECUTE: "FILE_GENERIC_EXECUTE",
  ALL: "FILE_ALL_ACCESS",
});
