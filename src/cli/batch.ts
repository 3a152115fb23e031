/**
 * `sallyport batch`: one JSON request a line in, one answer a line out, in the same order. interchange.md
 *
 * Streams: memory is bounded by the longest line, and a slow reader slows it down. Does not know requests.
 */
import { createReadStream } from "node:fs";
import type { Command } from "commander";
import { Engine } from "../index.js";
import { answer, LINE_MAX } from "../interchange/index.js";
import { InputFault } from "./failure.js";
import { reasonOf } from "./input.js";
import { type Line, LineSplitter } from "./lines.js";
import { write } from "./run.js";

/** A UTF-16 unit takes at most three bytes: a longer line is beyond LINE_MAX for certain, and is not kept. */
const MOST_BYTES = 3 * LINE_MAX;
/** Answers are written when they fill this, and whenever input is waited for. */
const WRITE_AT = 1 << 16;
/** Progress in milliseconds: first shown, then again. */
const PROGRESS_AFTER = 1000;
const PROGRESS_EVERY = 250;

const examples = `
Examples:
  $ echo '{"id":1,"op":"sddl_to_binary","sddl":"O:BAG:SY"}' | sallyport batch
  $ sallyport batch requests.ndjson more.ndjson --strict > answers.ndjson

Exit status: 0 every line was answered, 1 with --strict when an answer holds an error, 2 the input could not be read.
`;

export function addBatch(program: Command): void {
  program
    .command("batch")
    .description("Answer JSON requests, one a line (NDJSON), from standard input or files")
    .argument("[files...]", "files of requests; - is standard input, and so is none")
    .option("--strict", "exit status 1 when any answer holds an error")
    .addHelpText("after", examples)
    .action(async (files: readonly string[], options: { readonly strict?: boolean }) => {
      const batch = new Batch(new Progress(files));
      for (const file of files.length === 0 ? ["-"] : files) await batch.read(file);
      process.exitCode = options.strict === true && batch.failed > 0 ? 1 : 0;
    });
}

class Batch {
  /** Answers that hold an error. */
  failed = 0;
  readonly #progress: Progress;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #engine = new Engine();

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  /** Answers every line of a source. @throws InputFault when it cannot be read */
  async read(file: string): Promise<void> {
    if (file === "-" && process.stdin.isTTY) {
      process.stderr.write("batch: reading requests from the keyboard, one a line; Ctrl+D ends\n");
    }
    const splitter = new LineSplitter(MOST_BYTES);
    let first = true;
    const answers = (line: Line): string => {
      const text = this.#answer(first ? withoutMark(line) : line);
      first = false;
      return text;
    };
    for await (const chunk of chunksOf(file)) {
      let out = "";
      for (const line of splitter.push(chunk)) {
        out += answers(line);
        if (out.length < WRITE_AT) continue;
        await this.#write(out);
        out = "";
      }
      await this.#write(out);
    }
    const last = splitter.end();
    if (last !== undefined) await this.#write(answers(last));
    this.#progress.clear();
  }

  /** The answer with its line break; nothing for a blank line. */
  #answer(line: Line): string {
    const text = this.#answerText(line);
    if (text === undefined) return "";
    this.#progress.count();
    if (text.includes('"error":') && Object.hasOwn(JSON.parse(text), "error")) {
      this.failed++;
      // A dead engine answers nothing more; the lines to come get a new one.
      if (text.includes('"ERR_ENGINE"')) this.#engine = new Engine();
    }
    return `${text}\n`;
  }

  #answerText(line: Line): string | undefined {
    if (line === "too-long") {
      return refusal("ERR_LIMIT", `a line has at most ${LINE_MAX} UTF-16 units, this one has more`, LINE_MAX);
    }
    let text: string;
    try {
      text = this.#decoder.decode(line);
    } catch {
      return refusal("ERR_JSON", "the line is not UTF-8", firstFault(line));
    }
    return /^[ \t\r]*$/.test(text) ? undefined : answer(text, this.#engine);
  }

  async #write(text: string): Promise<void> {
    if (text === "") return;
    await write(text);
    this.#progress.show();
  }
}

/** An answer to a line that never became text. */
function refusal(code: string, message: string, position: number): string {
  return JSON.stringify({ error: { code, message: `${message} (at ${position})`, position } });
}

/** UTF-16 units before the first byte that is not UTF-8. */
function firstFault(line: Uint8Array): number {
  const lenient = new TextDecoder("utf-8", { ignoreBOM: true }).decode(line);
  let at = 0;
  for (let unit = 0; unit < lenient.length; ) {
    const point = lenient.codePointAt(unit) ?? 0;
    const isReplaced = point === 0xfffd && !(line[at] === 0xef && line[at + 1] === 0xbf && line[at + 2] === 0xbd);
    if (isReplaced) return unit;
    at += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    unit += point < 0x10000 ? 1 : 2;
  }
  return lenient.length;
}

/** A byte order mark may open a file; it is no part of the first line. */
function withoutMark(line: Line): Line {
  const isMarked = line !== "too-long" && line[0] === 0xef && line[1] === 0xbb && line[2] === 0xbf;
  return isMarked ? line.subarray(3) : line;
}

async function* chunksOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* (file === "-" ? process.stdin : createReadStream(file)) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw new InputFault(`cannot read ${file === "-" ? "standard input" : file}: ${reasonOf(error)}`);
  }
}

/** Lines done and their rate, on a terminal that shows nothing else. */
class Progress {
  readonly #active: boolean;
  readonly #started = performance.now();
  #lines = 0;
  #shownAt = 0;

  constructor(files: readonly string[]) {
    const typed = process.stdin.isTTY === true && (files.length === 0 || files.includes("-"));
    this.#active = process.stderr.isTTY === true && process.stdout.isTTY !== true && !typed;
  }

  count(): void {
    this.#lines++;
  }

  show(): void {
    const now = performance.now();
    if (!this.#active || now - this.#started < PROGRESS_AFTER || now - this.#shownAt < PROGRESS_EVERY) return;
    this.#shownAt = now;
    const rate = Math.round(this.#lines / ((now - this.#started) / 1000));
    process.stderr.write(`\r${this.#lines.toLocaleString("en")} lines, ${rate.toLocaleString("en")} a second\u001b[K`);
  }

  clear(): void {
    if (this.#shownAt > 0) process.stderr.write("\r\u001b[K");
    this.#shownAt = 0;
  }
}
