/**
 * The kinds of object the library has names for: each with its generic mapping and the header names of its rights.
 * interchange.md, "Named mappings"
 *
 * Not the GUIDs of object ACEs (guid.ts), nor the list of a ByType call.
 */
import { GenericMapping, type MappingName } from "./generic-mapping.js";
import { dsFamily } from "./rights/directory-service.js";
import type { RightsFamily } from "./rights/family.js";
import { directoryFamily, fileFamily, pipeFamily } from "./rights/file.js";
import { keyFamily } from "./rights/key.js";
import { eventLogFamily, wmiFamily } from "./rights/management.js";
import { objectDirectoryFamily, sectionFamily, symbolicLinkFamily } from "./rights/namespace.js";
import { printerFamily } from "./rights/printer.js";
import { jobFamily, processFamily, threadFamily } from "./rights/process.js";
import { scmFamily, serviceFamily } from "./rights/service.js";
import { eventFamily, mutantFamily, semaphoreFamily, timerFamily } from "./rights/synchronization.js";
import { tokenFamily } from "./rights/token.js";
import { desktopFamily, windowStationFamily } from "./rights/window.js";

export interface ObjectType {
  readonly name: MappingName;
  /** For people. */
  readonly label: string;
  readonly mapping: GenericMapping;
  /** Names as they print, single bits first. */
  readonly family: RightsFamily;
  /** Every header name with its bit or bits, frozen. */
  readonly rights: Readonly<Record<string, number>>;
}

function objectType(name: MappingName, label: string, family: RightsFamily): ObjectType {
  const names = [...family.bits, ...family.composites, ...family.synonyms];
  const rights = Object.freeze(Object.fromEntries(names.map((right) => [right.name, right.mask])));
  return Object.freeze({ name, label, mapping: GenericMapping.of(name), family, rights });
}

/** Every object type, by the name of its mapping. */
export const objectTypes: Readonly<Record<MappingName, ObjectType>> = /* @__PURE__ */ Object.freeze({
  file: /* @__PURE__ */ objectType("file", "file", fileFamily),
  directory: /* @__PURE__ */ objectType("directory", "directory", directoryFamily),
  pipe: /* @__PURE__ */ objectType("pipe", "named pipe", pipeFamily),
  share: /* @__PURE__ */ objectType("share", "network share", fileFamily),
  key: /* @__PURE__ */ objectType("key", "registry key", keyFamily),
  service: /* @__PURE__ */ objectType("service", "service", serviceFamily),
  scm: /* @__PURE__ */ objectType("scm", "service control manager", scmFamily),
  process: /* @__PURE__ */ objectType("process", "process", processFamily),
  thread: /* @__PURE__ */ objectType("thread", "thread", threadFamily),
  token: /* @__PURE__ */ objectType("token", "access token", tokenFamily),
  job: /* @__PURE__ */ objectType("job", "job", jobFamily),
  section: /* @__PURE__ */ objectType("section", "section", sectionFamily),
  event: /* @__PURE__ */ objectType("event", "event", eventFamily),
  semaphore: /* @__PURE__ */ objectType("semaphore", "semaphore", semaphoreFamily),
  timer: /* @__PURE__ */ objectType("timer", "timer", timerFamily),
  mutant: /* @__PURE__ */ objectType("mutant", "mutant", mutantFamily),
  object_directory: /* @__PURE__ */ objectType("object_directory", "object directory", objectDirectoryFamily),
  symbolic_link: /* @__PURE__ */ objectType("symbolic_link", "symbolic link", symbolicLinkFamily),
  window_station: /* @__PURE__ */ objectType("window_station", "window station", windowStationFamily),
  desktop: /* @__PURE__ */ objectType("desktop", "desktop", desktopFamily),
  printer: /* @__PURE__ */ objectType("printer", "printer", printerFamily),
  ds_object: /* @__PURE__ */ objectType("ds_object", "directory service object", dsFamily),
  wmi_namespace: /* @__PURE__ */ objectType("wmi_namespace", "WMI namespace", wmiFamily),
  event_log: /* @__PURE__ */ objectType("event_log", "event log", eventLogFamily),
});
