/** `sallyport check`: granted or denied, in a few lines. Exit status 0 granted, 1 denied. */
import type { Command } from "commander";
import { Engine } from "../index.js";
import { addQuestionOptions, ask, type QuestionOptions } from "./question.js";
import type { Finish } from "./run.js";
import { auditLines, refusalLines, verdictLines } from "./verdict-text.js";

const examples = `
Examples:
  $ sallyport check 'O:BAG:BAD:(A;;FA;;;BA)(A;;FR;;;BU)' --user S-1-5-21-1-2-3-1001 --group BU --desired FR --mapping file
  $ sallyport check 'D:(A;;KR;;;WD)' --token '{"user":"S-1-5-21-1-2-3-1001","groups":["WD"]}' --desired KEY_QUERY_VALUE --mapping key --json

Exit status: 0 granted, 1 denied, 2 wrong input.
`;

export function addCheck(program: Command, finish: Finish): void {
  addQuestionOptions(program.command("check"))
    .description("May this token have this access to this object?")
    .addHelpText("after", examples)
    .action(async (descriptor: string, options: QuestionOptions) => {
      const answered = await ask(descriptor, options, new Engine(), options.json !== true);
      const status = answered.answer.granted ? 0 : 1;
      if (options.json === true) return finish(status, () => [answered.line]);
      const { bits, maximumAllowed } = answered.answer.explanation;
      return finish(status, (terminal) => [
        ...verdictLines(answered, terminal),
        ...(answered.answer.granted || maximumAllowed ? [] : refusalLines(bits, false, terminal)),
        ...auditLines(answered, terminal),
      ]);
    });
}
