/**
 * Reasons as sentences for people, and as Windows's own words. access-check.md 14
 *
 * Words only; what happened is decided elsewhere.
 */
import type { AccessReason, AceReference, PassName, PassReason, Reason } from "./reason.js";

/** Longest text of an ACE inside a sentence or an access reason, in UTF-16 units. */
const TEXT_MAX = 1024;

const passWords: Readonly<Record<PassName, string>> = {
  normal: "the enabled SIDs",
  restricting: "the restricting SIDs",
  package: "the package SIDs",
};

/** "ACE 2 (A;;FR;;;BU) for BUILTIN\Users" */
export function aceWords(ace: AceReference): string {
  const who = ace.name ?? ace.sid ?? "nobody";
  return `ACE ${ace.index}${ace.sddl === null ? "" : ` ${shortened(ace.sddl)}`} for ${who}`;
}

/** A clause without full stop: what decided in one pass. */
export function passClause(reason: PassReason, pass: PassName): string {
  switch (reason.kind) {
    case "allowed-by-ace":
      return `allowed to ${passWords[pass]} by ${aceWords(reason.ace)}`;
    case "denied-by-ace":
      return `denied to ${passWords[pass]} by ${aceWords(reason.ace)}`;
    case "owner":
      return "granted by ownership";
    case "privilege":
      return `granted by ${reason.privilege}`;
    case "no-dacl":
      return "granted because there is no DACL";
    case "empty-dacl":
      return "not granted: the DACL is empty";
    case "not-granted":
      return `not granted: no ACE allows it to ${passWords[pass]}`;
    case "not-asked":
      return "not put to the restricting SIDs: no write access was asked for";
  }
}

/** The sentence for a bit. */
export function sentenceOf(right: string, granted: boolean, reason: Reason, pass: PassName): string {
  const verb = granted ? "is granted" : "is refused";
  return `${right} ${verb}: ${clauseOf(reason, pass)}.`;
}

function clauseOf(reason: Reason, pass: PassName): string {
  switch (reason.kind) {
    case "integrity":
      return (
        `the token's integrity ${levelWords(reason.tokenLevel)} is below the object's ${levelWords(reason.objectLevel)}` +
        (reason.ace === null ? " (the default label)" : ` (${aceWords(reason.ace)})`)
      );
    case "trust-label":
      return `the token's trust level does not dominate ${aceWords(reason.ace)}`;
    case "access-filter":
      return `the access filter ${aceWords(reason.ace)} is not satisfied`;
    case "missing-privilege":
      return `${reason.privilege} is not held or not enabled`;
    case "policy-rule":
      return `rule ${reason.rule} of the central policy: ${passClause(reason.reason, reason.pass)}`;
    default:
      return passClause(reason, pass);
  }
}

/** "Low (4096)" */
export function levelWords(rid: number): string {
  const names: Readonly<Record<number, string>> = {
    0: "Untrusted",
    4096: "Low",
    8192: "Medium",
    8448: "MediumPlus",
    12288: "High",
    16384: "System",
    20480: "Protected",
  };
  return names[rid] === undefined ? String(rid) : `${names[rid]} (${rid})`;
}

/** Windows's word for the reason; `unchecked`: a deny had ended the walk before this right was decided. */
export function accessReasonOf(reason: Reason, unchecked: boolean): AccessReason {
  switch (reason.kind) {
    case "allowed-by-ace":
      return unchecked ? UNCHECKED : { code: 1801, text: "granted by ACE", ace: printed(reason.ace) };
    case "denied-by-ace":
      return unchecked ? UNCHECKED : { code: 1802, text: "denied by ACE", ace: printed(reason.ace) };
    case "integrity":
    case "trust-label":
    case "access-filter":
      return { code: 1803, text: "denied by integrity policy", ace: reason.ace === null ? null : printed(reason.ace) };
    case "owner":
      return { code: 1804, text: "granted by ownership", ace: null };
    case "no-dacl":
      return { code: 1806, text: "granted by NULL DACL", ace: null };
    case "empty-dacl":
      return { code: 1807, text: "denied by empty DACL", ace: null };
    case "missing-privilege":
      return { code: 1810, text: "missing privilege", ace: null };
    case "privilege":
      return { code: 1801, text: `granted by ${reason.privilege}`, ace: null };
    case "policy-rule":
      return { code: 1814, text: "NOT granted by central access rule", ace: null };
    default:
      return unchecked ? UNCHECKED : { code: 1805, text: "not granted", ace: null };
  }
}

const UNCHECKED: AccessReason = /* @__PURE__ */ Object.freeze({ code: 1809, text: "unknown or unchecked", ace: null });

/** `D:(A;;FR;;;BU)` */
function printed(ace: AceReference): string | null {
  return ace.sddl === null ? null : `${ace.acl === "dacl" ? "D" : "S"}:${shortened(ace.sddl)}`;
}

/** A sentence is repeated for every bit: the whole text of a long ACE stands where the ACE does. */
function shortened(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX)}…`;
}
