/**
 * What the headers of Windows call the words of SDDL, for people who hover over them. [W32 ace-strings], sddl.h
 *
 * Data for editors only; nothing is read or decided by a name here.
 */
import { sddlRights } from "../rights/standard.js";

type Names = Readonly<Record<string, string>>;

export const sectionNames: Names = { O: "owner", G: "group", D: "DACL", S: "SACL" };

export const aceTypeNames: Names = {
  A: "ACCESS_ALLOWED_ACE_TYPE",
  D: "ACCESS_DENIED_ACE_TYPE",
  AU: "SYSTEM_AUDIT_ACE_TYPE",
  AL: "SYSTEM_ALARM_ACE_TYPE",
  OA: "ACCESS_ALLOWED_OBJECT_ACE_TYPE",
  OD: "ACCESS_DENIED_OBJECT_ACE_TYPE",
  OU: "SYSTEM_AUDIT_OBJECT_ACE_TYPE",
  OL: "SYSTEM_ALARM_OBJECT_ACE_TYPE",
  XA: "ACCESS_ALLOWED_CALLBACK_ACE_TYPE",
  XD: "ACCESS_DENIED_CALLBACK_ACE_TYPE",
  ZA: "ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE",
  XU: "SYSTEM_AUDIT_CALLBACK_ACE_TYPE",
  ML: "SYSTEM_MANDATORY_LABEL_ACE_TYPE",
  RA: "SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE",
  SP: "SYSTEM_SCOPED_POLICY_ID_ACE_TYPE",
  TL: "SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE",
  FL: "SYSTEM_ACCESS_FILTER_ACE_TYPE",
};

export const aceFlagNames: Names = {
  OI: "OBJECT_INHERIT_ACE",
  CI: "CONTAINER_INHERIT_ACE",
  NP: "NO_PROPAGATE_INHERIT_ACE",
  IO: "INHERIT_ONLY_ACE",
  ID: "INHERITED_ACE",
  CR: "CRITICAL_ACE_FLAG",
  SA: "SUCCESSFUL_ACCESS_ACE_FLAG",
  FA: "FAILED_ACCESS_ACE_FLAG",
  TP: "TRUST_PROTECTED_FILTER_ACE_FLAG",
};

export const rightNames: Names = {
  GA: "GENERIC_ALL",
  GR: "GENERIC_READ",
  GW: "GENERIC_WRITE",
  GX: "GENERIC_EXECUTE",
  RC: "READ_CONTROL",
  SD: "DELETE",
  WD: "WRITE_DAC",
  WO: "WRITE_OWNER",
  CC: "ADS_RIGHT_DS_CREATE_CHILD",
  DC: "ADS_RIGHT_DS_DELETE_CHILD",
  LC: "ADS_RIGHT_ACTRL_DS_LIST",
  SW: "ADS_RIGHT_DS_SELF",
  RP: "ADS_RIGHT_DS_READ_PROP",
  WP: "ADS_RIGHT_DS_WRITE_PROP",
  DT: "ADS_RIGHT_DS_DELETE_TREE",
  LO: "ADS_RIGHT_DS_LIST_OBJECT",
  CR: "ADS_RIGHT_DS_CONTROL_ACCESS",
  FA: "FILE_ALL_ACCESS",
  FR: "FILE_GENERIC_READ",
  FW: "FILE_GENERIC_WRITE",
  FX: "FILE_GENERIC_EXECUTE",
  KA: "KEY_ALL_ACCESS",
  KR: "KEY_READ",
  KW: "KEY_WRITE",
  KX: "KEY_EXECUTE",
  NW: "SYSTEM_MANDATORY_LABEL_NO_WRITE_UP",
  NR: "SYSTEM_MANDATORY_LABEL_NO_READ_UP",
  NX: "SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP",
};

/** The mask behind each mnemonic. */
export const rightMasks: ReadonlyMap<string, number> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ sddlRights.map(({ name, mask }) => [name, mask]),
);
