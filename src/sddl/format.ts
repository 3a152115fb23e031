/**
 * Security descriptors as the SDDL that Windows prints. formats.md 7.2
 *
 * Text only: the `data` of a callback ACE, an access filter or a resource attribute must already be a Condition or a
 * Claim. Whoever holds bytes decodes them first; raw bytes are refused here, as bytes that decode to neither would be.
 */
import { SYSTEM_MANDATORY_LABEL_ACE_TYPE } from "../../assembly/shared/ace.js";
import type { Ace } from "../ace.js";
import type { Acl } from "../acl.js";
import { Condition } from "../condition.js";
import type { DescriptorParts } from "../descriptor-parts.js";
import { FormatError } from "../errors.js";
import type { SidContext } from "../well-known-sids.js";
import { type AceKind, type AclKind, aceKindOfType, formatAceFlags } from "./ace-kinds.js";
import { formatClaim } from "./claim-text.js";
import { formatCondition } from "./condition-format.js";
import { aclBits } from "./parse.js";
import { formatLabelRights, formatRights } from "./rights.js";
import { formatSid } from "./sid-text.js";

/**
 * The canonical text: `O:` `G:` `D:` `S:`. With `context`, its SIDs are printed as aliases too.
 *
 * @throws FormatError ERR_DESCRIPTOR for an ACE type without a spelling; ERR_CONDITION, ERR_CLAIM, ERR_LIMIT for data
 *   that no text can say. `offset` is 0: nothing here knows bytes.
 */
export function formatDescriptor(parts: DescriptorParts, context?: SidContext): string {
  let text = "";
  if (parts.owner !== null) text += `O:${formatSid(parts.owner, context)}`;
  if (parts.group !== null) text += `G:${formatSid(parts.group, context)}`;
  text += formatAcl("dacl", parts.dacl, parts.control, context);
  return text + formatAcl("sacl", parts.sacl, parts.control, context);
}

function formatAcl(kind: AclKind, acl: Acl | null, control: number, context: SidContext | undefined): string {
  const bits = aclBits[kind];
  if ((control & bits.present) === 0) return "";
  let text = kind === "dacl" ? "D:" : "S:";
  if ((control & bits.P) !== 0) text += "P";
  if ((control & bits.AR) !== 0) text += "AR";
  if ((control & bits.AI) !== 0) text += "AI";
  if (acl === null) return `${text}NO_ACCESS_CONTROL`;
  for (const ace of acl.aces) text += formatAce(ace, context);
  return text;
}

/**
 * One ACE, in its parentheses. An object ACE without GUIDs prints as the plain kind it would be read as.
 *
 * @throws FormatError as `formatDescriptor` does
 */
export function formatAce(ace: Ace, context?: SidContext): string {
  const known = aceKindOfType(ace.type);
  if (known === undefined || ace.sid === null) {
    throw new FormatError("ERR_DESCRIPTOR", 0, `an ACE of type 0x${ace.type.toString(16)}, which SDDL cannot spell`);
  }
  const kind = known.plain !== null && ace.objectFlags === 0 ? known.plain : known;
  const flags = formatAceFlags(ace.flags, ace.type);
  const rights = ace.type === SYSTEM_MANDATORY_LABEL_ACE_TYPE ? formatLabelRights(ace.mask) : formatRights(ace.mask);
  const sid = formatSid(ace.sid, context);
  const fields = `${kind.spelling};${flags};${rights};${ace.objectType ?? ""};${ace.inheritedObjectType ?? ""};${sid}`;
  return kind.extra === "none" ? `(${fields})` : `(${fields};${formatExtra(ace, kind, context)})`;
}

function formatExtra({ data }: Ace, { extra }: AceKind, context: SidContext | undefined): string {
  if (extra === "condition") {
    if (data instanceof Condition) return formatCondition(data, context);
    throw new FormatError("ERR_CONDITION", 0, "an ACE without a conditional expression");
  }
  if (data === null || data instanceof Uint8Array || data instanceof Condition) {
    throw new FormatError("ERR_CLAIM", 0, "a resource attribute without a claim");
  }
  return formatClaim(data, context);
}
