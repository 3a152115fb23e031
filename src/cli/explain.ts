/** `sallyport explain`: why, right by right and pass by pass. Exit status as `check`. */
import { type Command, Option } from "commander";
import { Engine } from "../index.js";
import { eventLines } from "./event-text.js";
import { type Answered, addQuestionOptions, ask, type QuestionOptions } from "./question.js";
import type { Finish } from "./run.js";
import type { Terminal } from "./terminal.js";
import { aceLegend, auditLines, bitTable, refusalLines, restLines, verdictLines } from "./verdict-text.js";

interface ExplainOptions extends QuestionOptions {
  readonly as: "table" | "event";
}

const examples = `
Examples:
  $ sallyport explain 'D:(A;;FRFW;;;BU)(A;;FR;;;RC)' --user S-1-5-21-1-2-3-1001 --group BU --restricted RC --desired 'FR|FW' --mapping file
  $ sallyport explain 'O:S-1-5-21-1-2-3-1001D:(A;;0x1200a9;;;BU)' --user S-1-5-21-1-2-3-1001 --group BU --desired FR --mapping file --as event

Exit status: 0 granted, 1 denied, 2 wrong input.
`;

export function addExplain(program: Command, finish: Finish): void {
  addQuestionOptions(program.command("explain"))
    .description("Why: which ACE, owner, privilege or label decided each right, in each pass")
    .addOption(
      new Option("--as <form>", "table for people, event for the form of Windows' events 4656 and 4663")
        .choices(["table", "event"])
        .default("table"),
    )
    .addHelpText("after", examples)
    .action(async (descriptor: string, options: ExplainOptions) => {
      const answered = await ask(descriptor, options, new Engine(), true);
      const status = answered.answer.granted ? 0 : 1;
      if (options.json === true) return finish(status, () => [answered.line]);
      return finish(status, (terminal) =>
        options.as === "event" ? eventLines(answered) : tableText(answered, terminal),
      );
    });
}

function tableText(answered: Answered, terminal: Terminal): string[] {
  const { explanation } = answered.answer;
  const { bits, nodes, passes } = explanation;
  const trees = (nodes ?? []).flatMap((node) => [
    "",
    terminal.colours.bold(`Object type ${node.guid}, level ${node.level}`),
    ...bitTable(node.bits, passes, terminal),
  ]);
  const all = nodes === undefined ? bits : nodes.flatMap((node) => node.bits);
  return [
    ...verdictLines(answered, terminal),
    ...(nodes === undefined && bits.length > 0 ? ["", ...bitTable(bits, passes, terminal)] : trees),
    ...aceLegend(all, terminal),
    ...refusalLines(all, explanation.maximumAllowed, terminal),
    ...restLines(explanation, answered.mapping, terminal),
    ...auditLines(answered, terminal),
  ];
}
