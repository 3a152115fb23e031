/**
 * The question that `check` and `explain` put: their shared options, and the way from options to an interchange answer.
 *
 * Knows options and requests. Does not know how an answer is shown.
 */
import { type Command, Option } from "commander";
import {
  type Engine,
  type ErrorCode,
  type Explanation,
  GenericMapping,
  type GenericMappingFields,
  type MappingName,
  mappingNames,
  objectTypes,
  parseMask,
  type SidContext,
  type Verdict,
} from "../index.js";
import { answer } from "../interchange/index.js";
import { maskName } from "./ace-words.js";
import { InputFault, reading } from "./failure.js";
import {
  contextFrom,
  type DescriptorForm,
  type DescriptorOptions,
  descriptorForms,
  Inputs,
  type TokenOptions,
} from "./input.js";
import { withAces } from "./referred-aces.js";

/** What an explanation is once it went through JSON. */
export type ExplanationAnswer = Pick<
  Explanation,
  "cause" | "want" | "maximumAllowed" | "passes" | "bits" | "nodes" | "unused" | "rules" | "complete"
>;

/** The answer to `check` of the interchange, explained. */
export interface CheckAnswer extends Verdict {
  readonly explanation: ExplanationAnswer;
}

/** The question and its answer. */
export interface Answered {
  /** The answer as one line of JSON. */
  readonly line: string;
  readonly answer: CheckAnswer;
  readonly desired: number;
  /** null for a mapping of the caller's own. */
  readonly mapping: MappingName | null;
}

export interface QuestionOptions extends TokenOptions, DescriptorOptions {
  readonly desired: string;
  readonly mapping: string;
  readonly objectTypes?: string;
  readonly principalSelf?: string;
  readonly previouslyGranted?: string;
  readonly primaryToken?: string;
  readonly policies?: string;
  readonly contextDomain?: string;
  readonly rawGeneric?: boolean;
  readonly audit?: boolean;
  readonly json?: boolean;
}

/** Adds the options that make a token. */
export function addTokenOptions(command: Command): Command {
  return command
    .option("-t, --token <file|json|->", "the token: a JSON file, JSON text, or - for standard input")
    .option("-u, --user <sid>", "a quick token instead: its user")
    .option("-g, --group <sid>", "its enabled groups (repeat, or separate by commas)", list)
    .option("--deny-only <sid>", "its groups that only deny", list)
    .option("--restricted <sid>", "its restricting SIDs", list)
    .option("--write-restricted", "they count for write access alone")
    .option("--privilege <name>", "its enabled privileges", list)
    .option("--integrity <level>", "Untrusted, Low, Medium, MediumPlus, High, System, or S-1-16-n")
    .option("--context-domain <sid>", "what DA, DU and their like belong to: S-1-5-21-…");
}

/** Adds the options that say how the descriptor of the argument is written. */
export function addDescriptorOptions(command: Command, form: DescriptorForm): Command {
  return command
    .addOption(
      new Option(
        "--from <form>",
        "how the descriptor is written; auto: any of these, or saved by reg, ldifde, Get-Acl, icacls or sc",
      )
        .choices(descriptorForms)
        .default(form),
    )
    .option("--entry <name>", "with --from auto, which of several descriptors: its name, or its number from 0");
}

/** Adds the options of a check, and the descriptor as argument. */
export function addQuestionOptions(command: Command): Command {
  command
    .argument("<descriptor>", "SDDL text, @file, or - for standard input")
    .requiredOption("-d, --desired <mask>", "what is asked for: names joined by |, 0x…, or digits")
    .requiredOption("-m, --mapping <name>", "the kind of object (file, key, service …), or four masks R,W,X,ALL");
  return addDescriptorOptions(addTokenOptions(command), "sddl")
    .option("--call <name>", "SeAccessCheck, AccessCheck, AccessCheckByType or AccessCheckByTypeResultList")
    .option("--object-types <list>", "level:guid,level:guid … or a JSON file")
    .option("--principal-self <sid>", "the SID that PRINCIPAL SELF stands for")
    .option("--previously-granted <mask>", "granted before, added to a success")
    .option("--primary-token <file|json>", "the process's own token beside a client's")
    .option("--policies <file|json>", "central access policies, by their SID")
    .option("--raw-generic", "leave generic rights inside ACEs unmapped, as the kernel does")
    .option("--audit", "tell what the SACL would have logged")
    .option("--json", "the answer of the interchange, for programs");
}

/** For options that are repeated or separated by commas. */
export function list(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(",").map((entry) => entry.trim())].filter((entry) => entry !== "");
}

/**
 * Asks, with the explanation where `explain` says so.
 *
 * @throws InputFault for whatever is wrong in the options
 */
export async function ask(
  given: string,
  options: QuestionOptions,
  engine: Engine,
  explain: boolean,
): Promise<Answered> {
  const inputs = new Inputs();
  const context = contextFrom(options.contextDomain);
  const { mapping, request: mappingRequest } = mappingFrom(options.mapping);
  const desired = maskFrom(options.desired, "--desired", mapping);
  const descriptor = await inputs.descriptor(given, options, context);
  const token = await inputs.token(options, context);
  const { call, principalSelf, previouslyGranted } = options;
  const before =
    previouslyGranted === undefined ? undefined : maskFrom(previouslyGranted, "--previously-granted", mapping);
  const request = {
    op: "check",
    token: token.request,
    descriptor: descriptor.request,
    context: contextRequest(context),
    desired,
    mapping: mappingRequest,
    call,
    objectTypes: options.objectTypes === undefined ? undefined : await objectTypesFrom(options.objectTypes, inputs),
    principalSelf,
    previouslyGranted: before,
    primaryToken: await optionalJson(options.primaryToken, "--primary-token", inputs),
    policies: await optionalJson(options.policies, "--policies", inputs),
    aceGenericRights: options.rawGeneric === true ? "raw" : undefined,
    audit: options.audit,
    explain,
  };
  const line = answerTo(request, engine);
  const parsed = JSON.parse(line) as CheckAnswer;
  const whole = parsed.explanation === undefined ? parsed : { ...parsed, explanation: withAces(parsed.explanation) };
  return { line, answer: whole, desired, mapping };
}

/** One answer of the interchange as JSON. @throws InputFault where it holds an error */
export function answerTo(request: object, engine: Engine): string {
  const line = answer(JSON.stringify(request), engine);
  const { error } = JSON.parse(line) as { error?: { code: ErrorCode; message: string } };
  if (error !== undefined) throw new InputFault(`${error.code}: ${error.message}`);
  return line;
}

export function contextRequest(context: SidContext | undefined): object | undefined {
  return context && { domain: context.domain?.toString() };
}

/** "0x120089  FILE_GENERIC_READ" */
export function maskText(mask: number, mapping: MappingName | null): string {
  return `0x${mask.toString(16)}${mask === 0 ? "" : `  ${maskName(mask, mapping)}`}`;
}

/** A name of the table, or "R,W,X,ALL". */
export function mappingFrom(given: string): {
  /** null for masks of the caller's own. */
  readonly mapping: MappingName | null;
  readonly request: MappingName | GenericMappingFields;
} {
  const masks = given.split(",");
  if (masks.length === 4) {
    const [read, write, execute, all] = masks.map((mask) =>
      reading("--mapping", undefined, () => parseMask(mask.trim())),
    );
    const fields: GenericMappingFields = { read, write, execute, all };
    reading("--mapping", undefined, () => GenericMapping.of(fields));
    return { mapping: null, request: fields };
  }
  const mapping = mappingNames.find((name) => name === given);
  if (mapping === undefined) {
    throw new InputFault(
      `--mapping: ERR_ARGUMENT: unknown name ${given}\n  one of ${mappingNames.join(", ")},\n  or four masks R,W,X,ALL`,
    );
  }
  return { mapping, request: mapping };
}

/** A mask; for a name that is none, the names that come near. */
function maskFrom(given: string, option: string, mapping: MappingName | null): number {
  return reading(
    option,
    undefined,
    () => parseMask(given.replace(/\s*[|,]\s*/g, " | ").trim()),
    () => rightsHint(given, mapping),
  );
}

function rightsHint(given: string, mapping: MappingName | null): string {
  const shared = [
    "GENERIC_READ",
    "GENERIC_WRITE",
    "GENERIC_EXECUTE",
    "GENERIC_ALL",
    "MAXIMUM_ALLOWED",
    "DELETE",
    "READ_CONTROL",
    "WRITE_DAC",
    "WRITE_OWNER",
    "SYNCHRONIZE",
  ];
  const own = mapping === null ? [] : Object.keys(objectTypes[mapping].rights);
  const wanted = given
    .toUpperCase()
    .split("|")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const near = [...own, ...shared].filter((name) =>
    wanted.some((part) => part !== name && (name.includes(part) || part.includes(name))),
  );
  const names =
    near.length > 0
      ? near
      : [...(mapping === null ? [] : objectTypes[mapping].family.bits.map(({ name }) => name)), ...shared];
  return `${near.length > 0 ? "did you mean" : "rights are"} ${names.slice(0, 24).join(", ")}${near.length > 0 ? "?" : ""}`;
}

async function objectTypesFrom(given: string, inputs: Inputs): Promise<unknown> {
  if (!/^\s*\d+\s*:/.test(given)) return (await inputs.json(given, "--object-types")).value;
  return given.split(",").map((entry) => {
    const parts = /^\s*(\d+)\s*:\s*(\S+)\s*$/.exec(entry);
    if (parts === null) throw new InputFault(`--object-types: expected level:guid, found ${entry.trim() || "nothing"}`);
    return { level: Number(parts[1]), guid: parts[2] };
  });
}

async function optionalJson(given: string | undefined, what: string, inputs: Inputs): Promise<unknown> {
  return given === undefined ? undefined : (await inputs.json(given, what)).value;
}
