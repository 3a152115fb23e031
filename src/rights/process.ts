/** Rights of processes, threads and jobs. winnt.h */
import { type RightsFamily, rightsFamily } from "./family.js";

export const ProcessRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1fffff,
  TERMINATE: 0x1,
  CREATE_THREAD: 0x2,
  SET_SESSIONID: 0x4,
  VM_OPERATION: 0x8,
  VM_READ: 0x10,
  VM_WRITE: 0x20,
  DUP_HANDLE: 0x40,
  CREATE_PROCESS: 0x80,
  SET_QUOTA: 0x100,
  SET_INFORMATION: 0x200,
  QUERY_INFORMATION: 0x400,
  SUSPEND_RESUME: 0x800,
  QUERY_LIMITED_INFORMATION: 0x1000,
  SET_LIMITED_INFORMATION: 0x2000,
} as const);

export const ThreadRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1fffff,
  TERMINATE: 0x1,
  SUSPEND_RESUME: 0x2,
  ALERT: 0x4,
  GET_CONTEXT: 0x8,
  SET_CONTEXT: 0x10,
  SET_INFORMATION: 0x20,
  QUERY_INFORMATION: 0x40,
  SET_THREAD_TOKEN: 0x80,
  IMPERSONATE: 0x100,
  DIRECT_IMPERSONATION: 0x200,
  SET_LIMITED_INFORMATION: 0x400,
  QUERY_LIMITED_INFORMATION: 0x800,
  RESUME: 0x1000,
} as const);

export const JobRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x1f003f,
  ASSIGN_PROCESS: 0x1,
  SET_ATTRIBUTES: 0x2,
  QUERY: 0x4,
  TERMINATE: 0x8,
  SET_SECURITY_ATTRIBUTES: 0x10,
  IMPERSONATE: 0x20,
} as const);

export const processFamily: RightsFamily = /* @__PURE__ */ rightsFamily("PROCESS_", ProcessRights, {
  ALL: "PROCESS_ALL_ACCESS",
});

export const threadFamily: RightsFamily = /* @__PURE__ */ rightsFamily("THREAD_", ThreadRights, {
  ALL: "THREAD_ALL_ACCESS",
});

export const jobFamily: RightsFamily = /* @__PURE__ */ rightsFamily("JOB_OBJECT_", JobRights, {
  ALL: "JOB_OBJECT_ALL_ACCESS",
});
