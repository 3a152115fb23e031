/**
 * A security descriptor taken apart: for people as a table, for programs as JSON.
 *
 * Knows values and tables. Does not know options.
 */
import {
  type Ace,
  type Acl,
  type MappingName,
  nameOfSid,
  type SecurityDescriptor,
  type Sid,
  type SidContext,
} from "../index.js";
import {
  aceText,
  controlWords,
  flagWords,
  lastField,
  maskWords,
  nameOrSid,
  sidAndAlias,
  typeWord,
} from "./ace-words.js";
import { tableLines } from "./table.js";
import { shown, type Terminal } from "./terminal.js";

type AclName = "dacl" | "sacl";

const stateWords = {
  dacl: {
    absent: "absent: everyone is granted everything",
    null: "NULL: everyone is granted everything",
    empty: "empty: nobody is granted anything, but for the owner's READ_CONTROL and WRITE_DAC",
  },
  sacl: { absent: "absent", null: "NULL", empty: "empty" },
} as const;

/** Where an ACE comes from: a word for a column of its own, and what there is to say below it. */
export interface AceSource {
  readonly word: string;
  readonly note: string | null;
}

/** One for each ACE. */
export type AceSources = Readonly<Record<AclName, readonly AceSource[]>>;

/** Owner, group, control, then each ACL as a table, then the SIDs behind the names. */
export function descriptorLines(
  descriptor: SecurityDescriptor,
  mapping: MappingName | null,
  context: SidContext | undefined,
  terminal: Terminal,
  sources?: AceSources,
): string[] {
  const { colours, width } = terminal;
  const names = new Map<string, Sid>();
  const name = (sid: Sid | null): string => {
    if (sid === null) return colours.dim("none");
    if (nameOfSid(sid) !== undefined) names.set(sid.toString(), sid);
    return shown(nameOrSid(sid));
  };
  const head = [
    [colours.dim("owner"), name(descriptor.owner)],
    [colours.dim("group"), name(descriptor.group)],
    [colours.dim("control"), controlWords(descriptor.control).join(" | ")],
  ];
  const acls = (["dacl", "sacl"] as const).flatMap((place) =>
    aclLines(place, descriptor, mapping, context, terminal, name, sources),
  );
  const legend = [...names.values()].map((sid) => [nameOrSid(sid), colours.dim(sidAndAlias(sid, context))]);
  return [
    ...tableLines(head, { width, indent: 0 }),
    ...acls,
    ...(legend.length === 0 ? [] : ["", colours.bold("SIDs"), ...tableLines(legend, { width })]),
  ];
}

function aclLines(
  place: AclName,
  descriptor: SecurityDescriptor,
  mapping: MappingName | null,
  context: SidContext | undefined,
  { colours, width }: Terminal,
  name: (sid: Sid | null) => string,
  sources: AceSources | undefined,
): string[] {
  const acl: Acl | null = descriptor[place];
  const state = descriptor[place === "dacl" ? "daclState" : "saclState"];
  const title = colours.bold(place.toUpperCase());
  if (acl === null || state !== "present")
    return ["", `${title}  ${state === "present" ? "" : stateWords[place][state]}`];
  const count = `${acl.aces.length} ${acl.aces.length === 1 ? "ACE" : "ACEs"}, revision ${acl.revision}`;
  const rows = acl.aces.map((ace, index) => [
    String(index),
    ...(sources === undefined ? [] : [sources[place][index].word]),
    coloured(typeWord(ace.type), colours),
    flagWords(ace.flags),
    ace.sid === null ? "" : name(ace.sid),
    maskWords(ace, mapping),
  ]);
  const details = acl.aces.map((ace, index) => {
    const note = sources?.[place][index].note ?? null;
    return [...(note === null ? [] : [note]), ...aceDetails(ace, place, context)];
  });
  const head = ["#", ...(sources === undefined ? [] : ["from"]), "type", "flags", "who", "rights"].map((each) =>
    colours.dim(each),
  );
  return ["", `${title}  ${colours.dim(count)}`, ...tableLines(rows, { head, width, details })];
}

function coloured(word: string, colours: Terminal["colours"]): string {
  if (word.startsWith("allow")) return colours.green(word);
  return word.startsWith("deny") ? colours.red(word) : word;
}

/** GUIDs, condition or attribute, server of a compound ACE, bytes that mean nothing. */
function aceDetails(ace: Ace, place: AclName, context: SidContext | undefined): string[] {
  const details: string[] = [];
  if (ace.objectType !== null) details.push(`object type ${ace.objectType}`);
  if (ace.inheritedObjectType !== null) details.push(`inherited by ${ace.inheritedObjectType}`);
  if (ace.compound !== null) details.push(`through the server ${nameOrSid(ace.compound.serverSid)}`);
  const sddl = aceText(ace, place, context);
  const last = lastField(sddl);
  if (last !== null) details.push(shown(ace.isCallback ? `if ${last}` : last));
  else if (sddl === null) details.push(ace.isKnown ? "its data cannot be read" : "unknown type: matches nobody");
  return details;
}

/** Everything the table shows, as data. Masks and flags are numbers, SIDs are S-1-… text. */
export function descriptorJson(descriptor: SecurityDescriptor, context: SidContext | undefined): object {
  const acl = (place: AclName): object | null => {
    const { aces, revision } = descriptor[place] ?? {};
    if (aces === undefined) return null;
    return {
      revision,
      aces: aces.map((ace) => ({
        type: ace.type,
        flags: ace.flags,
        mask: ace.mask,
        sid: ace.sid?.toString() ?? null,
        name: (ace.sid && nameOfSid(ace.sid)) ?? null,
        objectType: ace.objectType,
        inheritedObjectType: ace.inheritedObjectType,
        sddl: aceText(ace, place, context),
      })),
    };
  };
  return {
    owner: descriptor.owner?.toString() ?? null,
    group: descriptor.group?.toString() ?? null,
    control: descriptor.control,
    daclState: descriptor.daclState,
    dacl: acl("dacl"),
    saclState: descriptor.saclState,
    sacl: acl("sacl"),
  };
}
