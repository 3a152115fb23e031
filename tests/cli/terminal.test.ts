/** Help, version, colours, width: what a person meets at the terminal. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { failureText, InputFault } from "../../src/cli/failure.js";
import { tableLines, wrapped } from "../../src/cli/table.js";
import { shown, terminalOf } from "../../src/cli/terminal.js";
import { hasStack, plainEnvironment, program, root, sallyport } from "./running.js";

const ESCAPE = "\u001b[";
const denied = ["check", "D:(A;;FA;;;BA)", "--user", "WD", "--desired", "FR", "--mapping", "file"];

describe("help and version", () => {
  it("--version is the package's", () => {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(sallyport(["--version"])).toEqual({ status: 0, out: `${version}\n`, err: "" });
  });

  it("--help names every command", () => {
    const { status, out, err } = sallyport(["--help"]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    for (const command of ["check", "explain", "filter", "sddl", "inherit", "batch"])
      expect(out).toMatch(new RegExp(`^  ${command}\\b`, "m"));
  });

  it("no command, an unknown one, and an unknown option are wrong input", () => {
    for (const args of [[], ["frob"], ["--frob"], ["sddl"]]) {
      const { status, out, err } = sallyport(args);
      expect({ status, out, stack: hasStack(err), silent: err === "" }).toEqual({
        status: 2,
        out: "",
        stack: false,
        silent: false,
      });
    }
  });

  it.each([
    ["check"],
    ["explain"],
    ["filter"],
    ["sddl parse"],
    ["sddl format"],
    ["sddl convert"],
    ["inherit"],
    ["batch"],
  ])("%s --help has examples, and they run", (command) => {
    const { status, out } = sallyport([...command.split(" "), "--help"]);
    expect(status).toBe(0);
    const examples = out.split("\n").flatMap((line) => (line.startsWith("  $ ") ? [line.slice(4)] : []));
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      if (example.includes("requests.ndjson")) continue;
      const runs = example.replaceAll(/(^|\| )sallyport /g, `$1"${process.execPath}" "${program}" `);
      const run = spawnSync(runs, { shell: true, env: plainEnvironment(), encoding: "utf8" });
      expect({ example, err: run.stderr, wrong: run.status !== 0 && run.status !== 1 }).toEqual({
        example,
        err: "",
        wrong: false,
      });
    }
  });
});

describe("colours", () => {
  it("none where the output is no terminal, and --color brings them", () => {
    expect(sallyport(denied).out).not.toContain(ESCAPE);
    expect(sallyport([...denied, "--color"]).out).toContain(`${ESCAPE}31mdenied`);
    expect(sallyport(["--color", ...denied]).out).toContain(`${ESCAPE}31mdenied`);
    expect(sallyport([...denied, "--color", "--json"]).out).not.toContain(ESCAPE);
  });

  it("the text is the same with and without them", () => {
    const explain = ["explain", ...denied.slice(1)];
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is taken away
    expect(sallyport([...explain, "--color"]).out.replace(/\u001b\[\d+m/g, "")).toBe(sallyport(explain).out);
  });

  it("on a terminal they are on, unless NO_COLOR, a dumb terminal or --no-color says otherwise", () => {
    const coloured = (isTTY: boolean, env: Record<string, string>, colour?: boolean) => {
      const before = { ...process.env };
      Object.assign(process.env, { NO_COLOR: "", TERM: "xterm" }, env);
      const { colours } = terminalOf({ isTTY, columns: 80 }, colour);
      Object.assign(process.env, { NO_COLOR: before.NO_COLOR ?? "", TERM: before.TERM ?? "" });
      return colours.isColorSupported;
    };
    expect(coloured(true, {})).toBe(true);
    expect(coloured(false, {})).toBe(false);
    expect(coloured(true, { NO_COLOR: "1" })).toBe(false);
    expect(coloured(true, { TERM: "dumb" })).toBe(false);
    expect(coloured(true, {}, false)).toBe(false);
    expect(coloured(true, { NO_COLOR: "1" }, true)).toBe(true);
  });

  const scripted = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;
  if (!scripted) console.log("skipped: a run on a pseudo-terminal, script of util-linux is not there");
  it.skipIf(!scripted)("a run on a real terminal is coloured and fits it", () => {
    const quoted = [process.execPath, program, ...denied].map((word) => `'${word}'`).join(" ");
    const onTerminal = (before: string) =>
      spawnSync("script", ["-qec", `stty cols 60; ${before} ${quoted}`, "/dev/null"], {
        env: { ...plainEnvironment(), TERM: "xterm" },
        encoding: "utf8",
        input: "",
      });
    const { stdout, status } = onTerminal("");
    expect(status).toBe(1);
    expect(stdout).toContain(`${ESCAPE}31mdenied`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes are what is taken away
    const lines = stdout.replace(/\u001b\[\d+m/g, "").split(/\r?\n/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(onTerminal("NO_COLOR=1").stdout).not.toContain(ESCAPE);
  });
});

describe("width", () => {
  it("is that of the terminal, and none where there is no terminal", () => {
    expect(terminalOf({ isTTY: true, columns: 100 }, undefined).width).toBe(100);
    expect(terminalOf({ isTTY: false, columns: 100 }, undefined).width).toBe(Number.POSITIVE_INFINITY);
  });

  it("the last column is wrapped at blanks, and a long word stays whole", () => {
    expect(tableLines([["a", "one two three four five six seven"]], { width: 30 })).toEqual([
      "  a  one two three four five",
      "     six seven",
    ]);
    const guid = "ab721a53-1e2f-11d0-9819-00aa0040529b";
    expect(tableLines([["a", guid]], { width: 30 })).toEqual([`  a  ${guid}`]);
  });

  it("details stand below their row", () => {
    const layout = { head: ["n", "text"], details: [["x"], []], width: Number.POSITIVE_INFINITY };
    expect(
      tableLines(
        [
          ["1", "one"],
          ["2", "two"],
        ],
        layout,
      ),
    ).toEqual(["  n  text", "  1  one", "     x", "  2  two"]);
  });

  it("sentences keep their indent", () => {
    expect(wrapped("  one two three four five six seven eight", 30, 4)).toBe(
      "  one two three four five\n    six seven eight",
    );
  });
});

describe("what is shown is safe", () => {
  it("controls and bidirectional marks are escaped", () => {
    expect(shown("a\u001b[31m\u202eb\nü")).toBe("a\\u001b[31m\\u202eb\\u000aü");
  });

  it("a failure of any kind is one line without a stack", () => {
    expect(failureText(new RangeError("frob"), "sallyport", 80)).toBe("sallyport: frob\n");
    expect(failureText(new InputFault("wrong", { text: "ab\tc", position: 3 }), "sallyport", 80)).toBe(
      "sallyport: wrong\n  ab\\u0009c\n          ^\n",
    );
  });
});
