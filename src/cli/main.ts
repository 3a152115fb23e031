/**
 * The command line: the commands, their common options, and the exit status.
 *
 * One file a command stands beside this one. Nothing that goes wrong shows a stack.
 */
import { Command, CommanderError } from "commander";
import { addBatch } from "./batch.js";
import { addCheck } from "./check.js";
import { addExplain } from "./explain.js";
import { failureText } from "./failure.js";
import { addFilter } from "./filter.js";
import { addInherit } from "./inherit.js";
import { type Finish, watchOutput, write } from "./run.js";
import { addSddl } from "./sddl.js";
import { terminalOf } from "./terminal.js";

/** Of package.json; put in by the build. */
declare const SALLYPORT_VERSION: string;

const NAME = "sallyport";

const introduction = `
Answers the question Windows asks at every open: may this token have this access to this object? And says why.`;

const closing = `
Each command tells more: sallyport explain --help
`;

function commandLine(): Command {
  const program = new Command(NAME);
  program
    .summary("the Windows access check")
    .description(introduction.trim())
    .version(SALLYPORT_VERSION)
    .option("--color", "colours even where the output is no terminal")
    .option("--no-color", "no colours (NO_COLOR in the environment does the same)")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeErr: (text) => process.stderr.write(text.replace(/^error: /, `${NAME}: `)) })
    .addHelpText("after", closing)
    .exitOverride();
  const finish: Finish = async (status, lines) => {
    process.exitCode = status;
    const { color } = program.opts<{ color?: boolean }>();
    await write(`${lines(terminalOf(process.stdout, color)).join("\n")}\n`);
  };
  addCheck(program, finish);
  addExplain(program, finish);
  addFilter(program, finish);
  addSddl(program, finish);
  addInherit(program, finish);
  addBatch(program);
  tellOfHelp(program, NAME);
  return program;
}

/** A wrong command line ends with where to look. */
function tellOfHelp(command: Command, path: string): void {
  command.showHelpAfterError(`(${path} --help tells more)`);
  for (const each of command.commands) tellOfHelp(each, `${path} ${each.name()}`);
}

watchOutput(NAME);
try {
  await commandLine().parseAsync();
} catch (error) {
  // Commander has said what it had to say. Help and version that were asked for are no failures.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else {
    process.exitCode = 2;
    process.stderr.write(failureText(error, NAME, terminalOf(process.stderr, false).width));
  }
}
