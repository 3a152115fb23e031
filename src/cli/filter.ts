/** `sallyport filter`: a restricted token, and what changed. Exit status 0 done, 1 refused by a status. tokens.md 2 */
import { type Command, Option } from "commander";
import { Engine, FilterFlags, type TokenAnswer } from "../index.js";
import { who } from "./ace-words.js";
import { contextFrom, Inputs, type TokenOptions } from "./input.js";
import { addTokenOptions, answerTo, contextRequest, list } from "./question.js";
import type { Finish } from "./run.js";
import { tableLines } from "./table.js";
import type { Terminal } from "./terminal.js";

interface FilterCommandOptions extends TokenOptions {
  readonly flags?: string;
  readonly disable?: readonly string[];
  readonly deletePrivilege?: readonly string[];
  readonly restrict?: readonly string[];
  readonly tcb?: boolean;
  readonly contextDomain?: string;
  readonly json?: boolean;
}

interface FilterAnswer {
  readonly status: string;
  readonly token?: TokenAnswer;
}

const ENABLED = 4;
const DENY_ONLY = 0x10;

const examples = `
Examples:
  $ sallyport filter --user S-1-5-21-1-2-3-1001 --group BA,BU,WD --privilege SeDebugPrivilege --disable BA --delete-privilege SeDebugPrivilege --restrict RC
  $ sallyport filter --token '{"user":"S-1-5-18","privileges":["SeChangeNotifyPrivilege","SeTcbPrivilege"]}' --flags DISABLE_MAX_PRIVILEGE --json

What --json prints can go on: sallyport filter … --json | sallyport check … --token -

Exit status: 0 filtered, 1 refused by a status, 2 wrong input.
`;

export function addFilter(program: Command, finish: Finish): void {
  addTokenOptions(program.command("filter"))
    .description("Make a restricted token, and show what changed")
    .option("--flags <names>", `${Object.keys(FilterFlags).join(", ")}, or a number`)
    .option("--disable <sid>", "SIDs that shall only deny (repeat, or separate by commas)", list)
    .option("--delete-privilege <name>", "privileges to remove", list)
    .option("--restrict <sid>", "restricting SIDs to add", list)
    .addOption(new Option("--call <name>", "which call is made").choices(["SeFilterToken", "CreateRestrictedToken"]))
    .option("--tcb", "the caller of CreateRestrictedToken holds SeTcbPrivilege")
    .option("--json", "the answer of the interchange, for programs")
    .addHelpText("after", examples)
    .action(async (options: FilterCommandOptions) => {
      const context = contextFrom(options.contextDomain);
      const { token, request } = await new Inputs().token(options, context);
      const line = answerTo(
        {
          op: "filter",
          token: request,
          context: contextRequest(context),
          flags: options.flags?.replaceAll(/\s*,\s*/g, "|"),
          sidsToDisable: options.disable,
          privilegesToDelete: options.deletePrivilege,
          restrictedSids: options.restrict,
          call: options.call,
          callerIsTcb: options.tcb,
        },
        new Engine(),
      );
      const answer = JSON.parse(line) as FilterAnswer;
      const status = answer.token === undefined ? 1 : 0;
      if (options.json === true) return finish(status, () => [line]);
      return finish(status, (terminal) => changeLines(token.toJSON(), answer, terminal));
    });
}

/** What became of the token, section by section. */
function changeLines(
  before: TokenAnswer,
  { status, token: after }: FilterAnswer,
  { colours, width }: Terminal,
): string[] {
  if (after === undefined) return [`${colours.bold(colours.red("refused"))}  ${status}`];
  const rows: string[][] = [];
  const section = (title: string, entries: readonly string[]): void => {
    entries.forEach((entry, index) => {
      rows.push([index === 0 ? colours.dim(title) : "", entry]);
    });
  };
  const change = (was: string, is: string): string => `${was} → ${colours.yellow(is)}`;

  const entries = [after.user, ...after.groups];
  const changed = [before.user, ...before.groups].flatMap(({ sid, attributes }, index) => {
    const now = entries[index]?.attributes ?? attributes;
    return now === attributes ? [] : [`${who(sid)}  ${change(attributeWord(attributes), attributeWord(now))}`];
  });
  section("deny only", changed);

  const kept = new Set(after.privileges.map(privilegeText));
  const removed = before.privileges.map(privilegeText).filter((name) => !kept.has(name));
  section("privileges", [
    ...removed.map((name) => colours.red(`- ${name}`)),
    ...(removed.length > 0 ? [`${kept.size} kept${kept.size === 0 ? "" : `: ${[...kept].join(", ")}`}`] : []),
  ]);

  section(
    "restricting",
    restrictionEntries(before, after).map((entry) =>
      entry.startsWith("+") ? colours.green(entry) : entry.startsWith("-") ? colours.red(entry) : entry,
    ),
  );
  section("flags", [
    ...(before.writeRestricted === after.writeRestricted ? [] : [change("not write-restricted", "write-restricted")]),
    ...(before.sandboxInert === after.sandboxInert ? [] : [change("not sandbox-inert", "sandbox-inert")]),
  ]);
  if (before.owner !== after.owner)
    section("owner", [change(who(before.owner ?? before.user.sid), who(after.owner ?? after.user.sid))]);

  const head = `${colours.bold(colours.green("filtered"))}  ${status}`;
  if (rows.length === 0) return [head, "  nothing changed but the token's identity"];
  return [head, ...tableLines(rows, { width })];
}

function restrictionEntries(before: TokenAnswer, after: TokenAnswer): string[] {
  if (after.restrictedSids === null) return [];
  const was = new Set(before.restrictedSids?.map(({ sid }) => sid) ?? []);
  const now = new Set(after.restrictedSids.map(({ sid }) => sid));
  const lines = [
    ...[...now].filter((sid) => !was.has(sid)).map((sid) => `+ ${who(sid)}`),
    ...[...was].filter((sid) => !now.has(sid)).map((sid) => `- ${who(sid)}`),
  ];
  const kept = [...now].filter((sid) => was.has(sid));
  if (lines.length > 0 && kept.length > 0) lines.push(`${kept.length} kept: ${kept.map(who).join(", ")}`);
  if (now.size === 0) lines.push("the list is empty: restricted to nothing");
  return lines;
}

/** How a SID of the token counts. */
function attributeWord(attributes: number): string {
  if ((attributes & DENY_ONLY) !== 0) return "deny only";
  return (attributes & ENABLED) === 0 ? "disabled" : "enabled";
}

function privilegeText(privilege: TokenAnswer["privileges"][number]): string {
  return "name" in privilege ? privilege.name : privilege.luid;
}
