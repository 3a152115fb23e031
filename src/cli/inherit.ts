/** `sallyport inherit`: what a new child gets, or what existing children become. Exit status 1: refused by a status. formats.md 9 */
import type { Command } from "commander";
import {
  type AceOrigin,
  createPrivateObjectSecurity,
  Engine,
  InheritanceFlags,
  type ObjectCreationResult,
  type SecurityDescriptor,
} from "../index.js";
import { aceText } from "./ace-words.js";
import { type AceSource, descriptorLines } from "./descriptor-text.js";
import { InputFault, reading } from "./failure.js";
import { propagate } from "./inherit-tree.js";
import { contextFrom, type DescriptorInput, type DescriptorOptions, Inputs, type TokenOptions } from "./input.js";
import { addDescriptorOptions, addTokenOptions, answerTo, contextRequest, list, mappingFrom } from "./question.js";
import type { Finish } from "./run.js";
import { tableLines, wrapped } from "./table.js";
import { shown, type Terminal } from "./terminal.js";

export interface InheritOptions extends TokenOptions, DescriptorOptions {
  readonly mapping: string;
  readonly creator?: string;
  readonly container?: boolean;
  readonly objectType?: readonly string[];
  readonly flags?: string;
  readonly children?: string;
  readonly contextDomain?: string;
  readonly json?: boolean;
}

type Created = Extract<ObjectCreationResult, { readonly status: "STATUS_SUCCESS" }>;

/** In place of a parent or a creator's descriptor: there is none. */
const NONE = "none";
const AUTO_INHERIT = "DACL_AUTO_INHERIT|SACL_AUTO_INHERIT";
/** Nobody makes the object: nobody is checked, and nobody but the parent can be its owner. */
const WITHOUT_TOKEN = "AVOID_PRIVILEGE_CHECK|AVOID_OWNER_CHECK|DEFAULT_OWNER_FROM_PARENT|DEFAULT_GROUP_FROM_PARENT";
/** Options that make no sense where no object is made. */
const CREATION: readonly (keyof InheritOptions)[] = [
  ...(["creator", "container", "objectType", "flags", "token", "user", "group", "denyOnly"] as const),
  ...(["restricted", "writeRestricted", "privilege", "integrity"] as const),
];

/** What a refusal asks for. */
const refusalWords: Readonly<Record<string, string>> = {
  STATUS_NO_TOKEN: "these flags need a token: --user or --token, or AVOID_PRIVILEGE_CHECK and AVOID_OWNER_CHECK",
  STATUS_INVALID_OWNER:
    "there is no owner (--creator O:…G:… names one), or one that the token may not give (AVOID_OWNER_CHECK)",
  STATUS_INVALID_PRIMARY_GROUP:
    "there is no group: the token has none, and --creator names none (DEFAULT_GROUP_FROM_PARENT)",
  STATUS_PRIVILEGE_NOT_HELD: "a SACL of the creator needs SeSecurityPrivilege (AVOID_PRIVILEGE_CHECK)",
};

const examples = `
Examples:
  $ sallyport inherit 'O:BAG:BAD:(A;OICI;FA;;;BA)(A;OICIIO;GA;;;CO)(A;;FR;;;WD)' --container --mapping file --token '{"user":"S-1-5-21-1-2-3-1001","primaryGroup":"BU"}'
  $ sallyport inherit 'O:BAG:BAD:(A;OICI;GA;;;BA)' --creator 'O:SYG:SYD:(A;;FR;;;WD)' --mapping file --json
  $ sallyport inherit 'O:BAG:BAD:(A;OICI;FA;;;BA)' --mapping file --children '[{"name":"docs","descriptor":"O:BAG:BAD:AI(A;OICIID;FR;;;BU)","container":true,"children":[{"name":"a.txt","descriptor":"O:BAG:BAD:P(A;;FA;;;SY)","container":false}]}]'

Exit status: 0 done, 1 refused by a status, 2 wrong input.
`;

export function addInherit(program: Command, finish: Finish): void {
  const command = program
    .command("inherit")
    .description("What a new object gets from its parent and its creator, or what existing children become")
    .argument("<parent>", "the parent's descriptor: text, @file, - for standard input, or none")
    .requiredOption("-m, --mapping <name>", "the kind of object (file, key, service …), or four masks R,W,X,ALL")
    .option("--container", "the new object can have children itself")
    .option("--creator <descriptor>", "what the creator asks for: text, @file or -, in any form")
    .option("--object-type <guid>", "types of the new object (repeat, or separate by commas)", list)
    .option(
      "--flags <names>",
      `${Object.keys(InheritanceFlags).join(", ").replaceAll("SEF_", "")}, or a number (default: ${AUTO_INHERIT}; without a token also ${WITHOUT_TOKEN})`,
    )
    .option("--children <file|json>", "existing objects below the parent: [{ name, descriptor, container, children }]");
  addTokenOptions(addDescriptorOptions(command, "auto"))
    .option("--json", "the answer of the interchange, for programs; with --children the tree")
    .addHelpText("after", examples)
    .action(async (given: string, options: InheritOptions) => {
      const inputs = new Inputs();
      const context = contextFrom(options.contextDomain);
      const parent = await descriptorOrNone(inputs, given, options, context, "parent");
      if (options.children === undefined) return create(parent, options, inputs, finish);
      const wrong = CREATION.find((name) => options[name] !== undefined);
      if (wrong !== undefined)
        throw new InputFault(`--children takes objects that exist: --${dashed(wrong)} is for new ones`);
      if (parent === null) throw new InputFault("--children needs the parent's descriptor");
      return propagate(parent.descriptor, options.children, options, inputs, finish);
    });
}

async function descriptorOrNone(
  inputs: Inputs,
  given: string,
  options: DescriptorOptions,
  context: ReturnType<typeof contextFrom>,
  what: string,
): Promise<DescriptorInput | null> {
  return given === NONE ? null : inputs.descriptor(given, options, context, what);
}

async function create(
  parent: DescriptorInput | null,
  options: InheritOptions,
  inputs: Inputs,
  finish: Finish,
): Promise<void> {
  const context = contextFrom(options.contextDomain);
  const { mapping, request: mappingRequest } = mappingFrom(options.mapping);
  const creator = await descriptorOrNone(inputs, options.creator ?? NONE, { from: "auto" }, context, "--creator");
  const hasToken = CREATION.slice(CREATION.indexOf("token")).some((name) => options[name] !== undefined);
  const token = hasToken ? await inputs.token(options, context) : null;
  const usual = token === null ? `${AUTO_INHERIT}|${WITHOUT_TOKEN}` : AUTO_INHERIT;
  const flags = (options.flags ?? usual).replaceAll(/\s*[,|]\s*/g, "|").replaceAll("SEF_", "");
  const container = options.container === true;
  const line = answerTo(
    {
      op: "inherit",
      parent: parent?.request ?? null,
      creator: creator?.request ?? null,
      token: token?.request ?? null,
      container,
      objectTypes: options.objectType,
      flags,
      mapping: mappingRequest,
      context: contextRequest(context),
    },
    new Engine(),
  );
  const { status = "STATUS_SUCCESS" } = JSON.parse(line) as { status?: string };
  if (options.json === true) return finish(status === "STATUS_SUCCESS" ? 0 : 1, () => [line]);
  const result = reading("inherit", undefined, () =>
    createPrivateObjectSecurity({
      parent: parent?.descriptor,
      creator: creator?.descriptor,
      token: token?.token,
      container,
      objectTypes: options.objectType,
      flags,
      mapping: mappingRequest,
    }),
  );
  if (result.descriptor === null) return finish(1, (terminal) => refusalLines(result.status, terminal));
  const sddl = reading("inherit", undefined, () => result.descriptor.toString(context));
  return finish(0, (terminal) => [
    ...descriptorLines(result.descriptor, mapping, context, terminal, {
      dacl: sourcesOf(result.origins.dacl, terminal),
      sacl: sourcesOf(result.origins.sacl, terminal),
    }),
    ...leftBehindLines(parent?.descriptor ?? null, result, terminal),
    "",
    terminal.colours.bold("SDDL"),
    `  ${shown(sddl)}`,
  ]);
}

function refusalLines(status: string, { colours, width }: Terminal): string[] {
  const words = refusalWords[status];
  return [
    `${colours.bold(colours.red("refused"))}  ${status}`,
    ...(words === undefined ? [] : [wrapped(`  ${words}`, width, 2)]),
  ];
}

/** "parent 2", with a note for the halves of a split. */
function sourcesOf(origins: readonly AceOrigin[], { colours }: Terminal): AceSource[] {
  const isSame = (a: AceOrigin | undefined, b: AceOrigin) => a?.from === b.from && a.index === b.index;
  return origins.map((origin, at) => {
    const word = origin.from === "label" ? "MACL flags" : `${origin.from} ${origin.index}`;
    const goesOn = isSame(origins[at - 1], origin);
    const isHere = isSame(origins[at + 1], origin);
    return {
      word: origin.from === "parent" ? colours.cyan(word) : word,
      note: goesOn ? "split: what goes on to its children" : isHere ? "split: what it means here" : null,
    };
  });
}

/** The parent's ACEs that gave this object nothing. */
function leftBehindLines(
  parent: SecurityDescriptor | null,
  { origins }: Created,
  { colours, width }: Terminal,
): string[] {
  const rows = (["dacl", "sacl"] as const).flatMap((place) => {
    const given = new Set(origins[place].flatMap(({ from, index }) => (from === "parent" ? [index] : [])));
    const aces = parent?.[place]?.aces ?? [];
    return aces.flatMap((ace, index) =>
      given.has(index)
        ? []
        : [[`${place === "sacl" ? "SACL" : "ACE"} ${index}`, shown(aceText(ace, place) ?? "(no spelling in SDDL)")]],
    );
  });
  return rows.length === 0 ? [] : ["", colours.bold("Stays with the parent"), ...tableLines(rows, { width })];
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
