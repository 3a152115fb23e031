/** Rights of window stations and desktops. winuser.h */
import { type RightsFamily, rightsFamily } from "./family.js";

/** ALL is WINSTA_ALL_ACCESS, which in the header holds no standard right. */
export const WindowStationRights = /* @__PURE__ */ Object.freeze({
  ALL: 0x37f,
  ENUMDESKTOPS: 0x1,
  READATTRIBUTES: 0x2,
  ACCESSCLIPBOARD: 0x4,
  CREATEDESKTOP: 0x8,
  WRITEATTRIBUTES: 0x10,
  ACCESSGLOBALATOMS: 0x20,
  EXITWINDOWS: 0x40,
  ENUMERATE: 0x100,
  READSCREEN: 0x200,
} as const);

export const DesktopRights = /* @__PURE__ */ Object.freeze({
  READOBJECTS: 0x1,
  CREATEWINDOW: 0x2,
  CREATEMENU: 0x4,
  HOOKCONTROL: 0x8,
  JOURNALRECORD: 0x10,
  JOURNALPLAYBACK: 0x20,
  ENUMERATE: 0x40,
  WRITEOBJECTS: 0x80,
  SWITCHDESKTOP: 0x100,
} as const);

export const windowStationFamily: RightsFamily = /* @__PURE__ */ rightsFamily("WINSTA_", WindowStationRights, {
  ALL: "WINSTA_ALL_ACCESS",
});

export const desktopFamily: RightsFamily = /* @__PURE__ */ rightsFamily("DESKTOP_", DesktopRights);
