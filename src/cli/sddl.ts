/** `sallyport sddl`: take a descriptor apart, print it as Windows does, turn it into bytes and back. formats.md */
import { type Command, Option } from "commander";
import type { MappingName, SidContext } from "../index.js";
import { descriptorJson, descriptorLines } from "./descriptor-text.js";
import { reading } from "./failure.js";
import { contextFrom, type DescriptorOptions, Inputs } from "./input.js";
import { addDescriptorOptions, mappingFrom } from "./question.js";
import type { Finish } from "./run.js";

interface SddlOptions extends DescriptorOptions {
  readonly contextDomain?: string;
  readonly json?: boolean;
  readonly mapping?: string;
  readonly to?: "sddl" | "hex" | "base64";
}

const parseExamples = `
Example:
  $ sallyport sddl parse 'O:SYG:SYD:PAI(A;;FA;;;SY)(A;OICI;0x1200a9;;;BU)' --mapping file
`;
const formatExamples = `
Example:
  $ sallyport sddl format 'O:S-1-5-32-544 D:(A;;0x1f01ff;;;S-1-5-18)'
`;
const convertExamples = `
Examples:
  $ sallyport sddl convert 'O:BAG:SY' --to hex
  $ sallyport sddl convert 010000801400000024000000000000000000000001020000000000052000000020020000010100000000000512000000 --from hex --to sddl
`;

export function addSddl(program: Command, finish: Finish): void {
  const sddl = program.command("sddl").description("Read, print and convert security descriptors");
  addDescriptor(sddl.command("parse"))
    .description("Take a descriptor apart: owner, group, control, every ACE")
    .option("-m, --mapping <name>", "the kind of object (file, key, service …), for the names of its rights")
    .addHelpText("after", parseExamples)
    .action(async (given: string, options: SddlOptions) => {
      const { descriptor, context } = await read(given, options);
      const mapping: MappingName | null = options.mapping === undefined ? null : mappingFrom(options.mapping).mapping;
      return finish(0, (terminal) =>
        options.json === true
          ? [JSON.stringify(descriptorJson(descriptor, context))]
          : descriptorLines(descriptor, mapping, context, terminal),
      );
    });
  addDescriptor(sddl.command("format"))
    .description("Print a descriptor in canonical SDDL, as Windows does")
    .addHelpText("after", formatExamples)
    .action(async (given: string, options: SddlOptions) => {
      const { descriptor, context } = await read(given, options);
      const text = reading("descriptor", undefined, () => descriptor.toString(context));
      return finish(0, () => [options.json === true ? JSON.stringify({ sddl: text }) : text]);
    });
  addDescriptor(sddl.command("convert"))
    .description("Turn a descriptor into another form")
    .addOption(new Option("--to <form>", "the form to make").choices(["sddl", "hex", "base64"]).makeOptionMandatory())
    .addHelpText("after", convertExamples)
    .action(async (given: string, options: SddlOptions) => {
      const { descriptor, context } = await read(given, options);
      const form = options.to ?? "sddl";
      const text = reading("descriptor", undefined, () =>
        form === "sddl" ? descriptor.toString(context) : Buffer.from(descriptor.toBytes()).toString(form),
      );
      return finish(0, () => [options.json === true ? JSON.stringify({ [form]: text }) : text]);
    });
}

function addDescriptor(command: Command): Command {
  return addDescriptorOptions(command.argument("<descriptor>", "SDDL text, @file, or - for standard input"), "sddl")
    .option("--context-domain <sid>", "what DA, DU and their like belong to: S-1-5-21-…")
    .option("--json", "JSON, for programs");
}

async function read(given: string, options: SddlOptions) {
  const context: SidContext | undefined = contextFrom(options.contextDomain);
  const { descriptor } = await new Inputs().descriptor(given, options, context);
  return { descriptor, context };
}
