/** `sallyport batch`: every line answered, in order, whatever it is; exit statuses; streams. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Line, LineSplitter } from "../../src/cli/lines.js";
import { hasStack, plainEnvironment, program, sallyport } from "./running.js";

const request = (id: unknown) => JSON.stringify({ id, op: "sddl_to_binary", sddl: "O:BAG:SY" });
const batch = (input: string | Uint8Array, ...args: string[]) => sallyport(["batch", ...args], { input });
const answersOf = (out: string) =>
  out
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line));
const idsOf = (out: string) => answersOf(out).map(({ id }) => id);

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sallyport-batch-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("lines in, lines out", () => {
  it("answers in the order of the requests", () => {
    const ids = Array.from({ length: 3000 }, (_, id) => id);
    const { status, out, err } = batch(`${ids.map(request).join("\n")}\n`);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(idsOf(out)).toEqual(ids);
  });

  it("takes LF and CRLF, skips blank lines, and a last line without its end", () => {
    expect(idsOf(batch(`${request(1)}\r\n\r\n \t \n\n${request(2)}\n${request(3)}`).out)).toEqual([1, 2, 3]);
    expect(batch("").out).toBe("");
    expect(batch("\n\r\n").out).toBe("");
  });

  it("a byte order mark may open the input, and nothing else", () => {
    expect(idsOf(batch(`\ufeff${request(1)}\n${request(2)}\n`).out)).toEqual([1, 2]);
    expect(answersOf(batch(`${request(1)}\n\ufeff${request(2)}\n`).out)[1].error.code).toBe("ERR_JSON");
  });

  it("a wrong line gets its answer and the run goes on", () => {
    const { status, out } = batch(`{"id":1,\n${request(2)}\n{"id":3,"op":"frob"}\n[]\n${request(4)}\n`);
    expect(status).toBe(0);
    expect(answersOf(out).map(({ id, error }) => [id, error?.code])).toEqual([
      [undefined, "ERR_JSON"],
      [2, undefined],
      [3, "ERR_ARGUMENT"],
      [undefined, "ERR_ARGUMENT"],
      [4, undefined],
    ]);
  });

  it("bytes that are not UTF-8 are ERR_JSON where they begin", () => {
    const bad = Buffer.concat([
      Buffer.from('{"id":"é𝄞\ufffd'),
      Buffer.from([0xff]),
      Buffer.from('"}\n'),
      Buffer.from(`${request(2)}\n`),
    ]);
    const [first, second] = answersOf(batch(bad).out);
    expect(first).toEqual({ error: { code: "ERR_JSON", message: "the line is not UTF-8 (at 11)", position: 11 } });
    expect(second.id).toBe(2);
  });

  it("a line beyond 8 Mi units is ERR_LIMIT, kept or not; one of exactly as many is read", () => {
    const most = 8 * 1024 * 1024;
    const filled = (units: number) => `{"id":1,"x":"${"a".repeat(units - 15)}"}`;
    const tooManyBytes = Buffer.alloc(3 * most + 1, 0x20);
    const lines = [filled(most), filled(most + 1), tooManyBytes, request(4)];
    const { status, out } = batch(Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from("\n")])));
    expect(status).toBe(0);
    const answers = answersOf(out);
    expect(answers.map(({ error }) => error?.code)).toEqual([
      "ERR_UNKNOWN_MEMBER",
      "ERR_LIMIT",
      "ERR_LIMIT",
      undefined,
    ]);
    expect(answers.map(({ error }) => error?.position).slice(1, 3)).toEqual([most, most]);
  });
});

describe("exit status", () => {
  it("--strict: 1 when any answer holds an error, 0 otherwise", () => {
    expect(batch(`${request(1)}\n`, "--strict").status).toBe(0);
    expect(batch(`${request(1)}\n{}\n`, "--strict").status).toBe(1);
    expect(batch(`${request({ error: 1 })}\n`, "--strict").status).toBe(0);
    expect(batch("\u00ff\n{}", "--strict").status).toBe(1);
  });

  it("2 when a file cannot be read, after what could be", () => {
    const path = join(folder, "one.ndjson");
    writeFileSync(path, request(1));
    const { status, out, err } = batch("", path, join(folder, "nowhere.ndjson"));
    expect({ status, ids: idsOf(out), stack: hasStack(err) }).toEqual({ status: 2, ids: [1], stack: false });
    expect(err).toMatch(/^sallyport: cannot read .*nowhere\.ndjson: no such file\n$/);
    expect(batch("", folder)).toMatchObject({ status: 2, out: "" });
    expect(batch("", "--frob").status).toBe(2);
  });
});

describe("sources and streams", () => {
  it("reads files in their order, standard input where - stands", () => {
    const first = join(folder, "first.ndjson");
    const last = join(folder, "last.ndjson");
    writeFileSync(first, `${request(1)}\n${request(2)}`);
    writeFileSync(last, `\ufeff${request(4)}\n`);
    expect(idsOf(batch(request(3), first, "-", last).out)).toEqual([1, 2, 3, 4]);
  });

  it("answers each line as it comes, without waiting for the end", async () => {
    const child = spawn(process.execPath, [program, "batch"], { stdio: ["pipe", "pipe", "inherit"] });
    child.stdout.setEncoding("utf8");
    for (const id of [1, 2, 3]) {
      child.stdin.write(`${request(id)}\n`);
      const [line] = await once(child.stdout, "data");
      expect(JSON.parse(line).id).toBe(id);
    }
    child.stdin.end();
    expect((await once(child, "close"))[0]).toBe(0);
  });

  it("a reader that goes away ends the run without a word", async () => {
    const path = join(folder, "many.ndjson");
    writeFileSync(path, `${request(1)}\n`.repeat(100_000));
    const child = spawn(process.execPath, [program, "batch", path], { stdio: ["ignore", "pipe", "pipe"] });
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      err += text;
    });
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect({ status: (await once(child, "close"))[0], err }).toEqual({ status: 0, err: "" });
  });

  it("a reader that does not read stops it from reading, and loses nothing", async () => {
    const child = spawn(process.execPath, [program, "batch"], { stdio: ["pipe", "pipe", "inherit"] });
    const block = `${request("x".repeat(400))}\n`.repeat(100);
    let blocks = 0;
    let stalled = false;
    while (!stalled && blocks < 400) {
      blocks++;
      if (child.stdin.write(block)) continue;
      const drained = once(child.stdin, "drain").then(() => false);
      stalled = await Promise.race([drained, new Promise<boolean>((done) => setTimeout(() => done(true), 3000))]);
    }
    expect(stalled).toBe(true);
    child.stdin.end();
    let lines = 0;
    for await (const chunk of child.stdout) lines += (chunk as Buffer).filter((byte) => byte === 10).length;
    expect(lines).toBe(blocks * 100);
  });

  it("memory does not grow with the input", async () => {
    const path = join(folder, "huge.ndjson");
    const block = `${request("x".repeat(400))}\n`.repeat(2000);
    writeFileSync(path, block);
    for (let i = 1; i < 80; i++) appendFileSync(path, block);
    expect(statSync(path).size).toBeGreaterThan(64 << 20);
    const heap = ["--max-old-space-size=48", program, "batch", path];
    const { status, stdout, stderr } = spawnSync(process.execPath, heap, {
      env: plainEnvironment(),
      maxBuffer: 1 << 28,
    });
    expect({ status, err: stderr.toString() }).toEqual({ status: 0, err: "" });
    expect(stdout.toString().split("\n").length - 1).toBe(160_000);
  });
});

describe("LineSplitter", () => {
  const text = (line: Line | undefined) =>
    line === undefined || line === "too-long" ? line : Buffer.from(line).toString();

  it("finds the same lines however the bytes are cut", () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "\r"), maxLength: 12 }), { maxLength: 8 });
    fc.assert(
      fc.property(lines, fc.array(fc.nat(12), { minLength: 1, maxLength: 20 }), (expected, cuts) => {
        const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(""));
        const splitter = new LineSplitter(8);
        const found: (string | undefined)[] = [];
        for (let at = 0, cut = 0; at < bytes.length; cut++) {
          const next = at + 1 + cuts[cut % cuts.length];
          found.push(...splitter.push(bytes.subarray(at, next)).map(text));
          at = next;
        }
        expect(splitter.end()).toBe(undefined);
        expect(found).toEqual(expected.map((line) => (line.length > 8 ? "too-long" : line)));
      }),
    );
  });

  it("gives what has no end, and is empty afterwards", () => {
    const splitter = new LineSplitter(4);
    expect(splitter.push(Buffer.from("a\nbc")).map(text)).toEqual(["a"]);
    expect(text(splitter.end())).toBe("bc");
    expect(splitter.end()).toBe(undefined);
    splitter.push(Buffer.from("12345"));
    expect(splitter.end()).toBe("too-long");
  });
});
