/**
 * The SEF_… flags of CreatePrivateObjectSecurityEx. formats.md 9
 *
 * Names and bits; what they do is in private-object-security.ts and inherit-acl.ts.
 */
import type { FlagNames } from "../flag-word.js";

export const SEF_DACL_AUTO_INHERIT = 0x1;
export const SEF_SACL_AUTO_INHERIT = 0x2;
export const SEF_DEFAULT_DESCRIPTOR_FOR_OBJECT = 0x4;
export const SEF_AVOID_PRIVILEGE_CHECK = 0x8;
export const SEF_AVOID_OWNER_CHECK = 0x10;
export const SEF_DEFAULT_OWNER_FROM_PARENT = 0x20;
export const SEF_DEFAULT_GROUP_FROM_PARENT = 0x40;
export const SEF_MACL_NO_WRITE_UP = 0x100;
export const SEF_MACL_NO_READ_UP = 0x200;
export const SEF_MACL_NO_EXECUTE_UP = 0x400;
/** This and the following two have no effect. */
export const SEF_AI_USE_EXTRA_PARAMS = 0x800;
export const SEF_AVOID_OWNER_RESTRICTION = 0x1000;
export const SEF_FORCE_USER_MODE = 0x2000;

/** A MACL bit shifted right by this many places is the policy bit of the label. */
export const SEF_MACL_SHIFT = 8;

/** Flags of `createPrivateObjectSecurity` by their header names. */
export const InheritanceFlags: Readonly<
  Record<
    | "SEF_DACL_AUTO_INHERIT"
    | "SEF_SACL_AUTO_INHERIT"
    | "SEF_DEFAULT_DESCRIPTOR_FOR_OBJECT"
    | "SEF_AVOID_PRIVILEGE_CHECK"
    | "SEF_AVOID_OWNER_CHECK"
    | "SEF_DEFAULT_OWNER_FROM_PARENT"
    | "SEF_DEFAULT_GROUP_FROM_PARENT"
    | "SEF_MACL_NO_WRITE_UP"
    | "SEF_MACL_NO_READ_UP"
    | "SEF_MACL_NO_EXECUTE_UP"
    | "SEF_AI_USE_EXTRA_PARAMS"
    | "SEF_AVOID_OWNER_RESTRICTION"
    | "SEF_FORCE_USER_MODE",
    number
  >
> = /* @__PURE__ */ Object.freeze({
  SEF_DACL_AUTO_INHERIT,
  SEF_SACL_AUTO_INHERIT,
  SEF_DEFAULT_DESCRIPTOR_FOR_OBJECT,
  SEF_AVOID_PRIVILEGE_CHECK,
  SEF_AVOID_OWNER_CHECK,
  SEF_DEFAULT_OWNER_FROM_PARENT,
  SEF_DEFAULT_GROUP_FROM_PARENT,
  SEF_MACL_NO_WRITE_UP,
  SEF_MACL_NO_READ_UP,
  SEF_MACL_NO_EXECUTE_UP,
  SEF_AI_USE_EXTRA_PARAMS,
  SEF_AVOID_OWNER_RESTRICTION,
  SEF_FORCE_USER_MODE,
});

/** The names of the interchange: those of the headers without `SEF_`. */
export const inheritanceFlagNames: FlagNames = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.fromEntries(
    /* @__PURE__ */ Object.entries(InheritanceFlags).map(([name, bit]) => [name.slice("SEF_".length), bit]),
  ),
);

/** Every flag that formats.md 9 knows. */
export const KNOWN_INHERITANCE_FLAGS: number = /* @__PURE__ */ Object.values(InheritanceFlags).reduce(
  (known, bit) => known | bit,
  0,
);
