/** What a document promises: its samples, its commands, and the paths it names. Pure: text in, data out. */

/** A fenced block; `language` is the first word after the fence. `line` counts from 1. */
export interface Block {
  readonly language: string;
  readonly text: string;
  readonly line: number;
}

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const open = /^(`{3,})(\S*)/.exec(lines[at] ?? "");
    if (open === null) continue;
    const start = at + 1;
    while (++at < lines.length && !(lines[at] ?? "").startsWith(open[1] ?? ""));
    if (at === lines.length) throw new Error(`the block of line ${start} has no end`);
    blocks.push({ language: open[2] ?? "", text: lines.slice(start, at).join("\n"), line: start });
  }
  return blocks;
}

/** One command of a `console` block and what must follow it on the screen. */
export interface Command {
  readonly command: string;
  readonly output: string;
}

/** A `console` block as commands (lines after `$ `, continued by a closing backslash) with their outputs. */
export function commandsOf(block: Block): Command[] {
  const commands: { command: string; output: string[] }[] = [];
  const lines = block.text.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (!line.startsWith("$ ")) {
      const last = commands.at(-1);
      if (last === undefined) throw new Error(`the block of line ${block.line} opens with output`);
      last.output.push(line);
      continue;
    }
    let command = line.slice(2);
    while (command.endsWith("\\") && at + 1 < lines.length) command += `\n${lines[++at]}`;
    commands.push({ command, output: [] });
  }
  return commands.map(({ command, output }) => ({ command, output: output.join("\n").trimEnd() }));
}

/** Each TypeScript sample with what it must print: the `text` block that follows it, or nothing. */
export function samplesOf(blocks: readonly Block[]): { readonly block: Block; readonly output: string }[] {
  return blocks.flatMap((block, index) => {
    if (block.language !== "ts") return [];
    const next = blocks[index + 1];
    return [{ block, output: next?.language === "text" ? next.text.trimEnd() : "" }];
  });
}

/** Paths of this project that the prose names: targets of links, and code that looks like a path. Output of the build aside. */
export function pathsOf(markdown: string): string[] {
  const prose = markdown.replace(/^(`{3,})[\s\S]*?^\1/gm, "");
  const links = [...prose.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? "");
  const code = [...prose.matchAll(/`((?:assembly|src|tests|tools|docs|bench|examples|\.ci)\/[\w./-]*)`/g)];
  return [...links.filter((link) => !/^[a-z]+:/i.test(link)), ...code.map((match) => match[1] ?? "")];
}
