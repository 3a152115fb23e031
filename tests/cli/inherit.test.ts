/** `sallyport inherit`: what a new child gets, what existing ones become, and descriptors in any form. formats.md 9 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ALICE, hasStack, sallyport } from "./running.js";

const inherit = (...args: string[]) => sallyport(["inherit", ...args]);
const parent = "O:BAG:BAD:(A;OICI;FA;;;BA)(A;OICIIO;GA;;;CO)(A;;FR;;;WD)S:(ML;OICI;NW;;;HI)";
const folder = mkdtempSync(join(tmpdir(), "sallyport-inherit-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return `@${path}`;
}

describe("a new object", () => {
  it("is shown with where each ACE comes from, both halves of a split, and what stays with the parent", () => {
    const token = JSON.stringify({ user: ALICE, primaryGroup: "BU" });
    expect(inherit(parent, "--container", "--mapping", "file", "--token", token)).toEqual({
      status: 0,
      err: "",
      out: `owner    ${ALICE}
group    BUILTIN\\Users
control  SE_DACL_PRESENT | SE_SACL_PRESENT | SE_DACL_AUTO_INHERITED | SE_SACL_AUTO_INHERITED | SE_SELF_RELATIVE

DACL  3 ACEs, revision 2
  #  from      type   flags        who                     rights
  0  parent 0  allow  OI CI ID     BUILTIN\\Administrators  FILE_ALL_ACCESS
  1  parent 1  allow  ID           ${ALICE}     FILE_ALL_ACCESS
     split: what it means here
  2  parent 1  allow  OI CI IO ID  CREATOR OWNER           GENERIC_ALL
     split: what goes on to its children

SACL  1 ACE, revision 2
  #  from      type   flags     who                   rights
  0  parent 0  label  OI CI ID  Mandatory Label\\High  NO_WRITE_UP

SIDs
  BUILTIN\\Users           S-1-5-32-545 (BU)
  BUILTIN\\Administrators  S-1-5-32-544 (BA)
  CREATOR OWNER           S-1-3-0 (CO)
  Mandatory Label\\High    S-1-16-12288 (HI)

Stays with the parent
  ACE 2  (A;;FR;;;WD)

SDDL
  O:${ALICE}G:BUD:AI(A;OICIID;FA;;;BA)(A;ID;FA;;;${ALICE})(A;OICIIOID;GA;;;CO)S:AI(ML;OICIID;NW;;;HI)
`,
    });
  });

  it("without a token belongs to the parent's owner, and nobody is checked", () => {
    const { status, out } = inherit("O:SYG:BAD:(A;OI;GR;;;CO)", "-m", "file");
    expect(status).toBe(0);
    expect(out).toContain("  O:SYG:BAD:AI(A;ID;FR;;;SY)\n");
  });

  it("takes the creator's ACEs first, and tells the token's default ones and MACL flags apart", () => {
    const creator = inherit(parent, "--creator", "O:SYG:SYD:(A;;FR;;;WD)", "-m", "file").out;
    expect(creator).toMatch(/ 0 {2}creator 0 .* Everyone/);
    expect(creator).toMatch(/ 1 {2}parent 0 .* BUILTIN\\Administrators/);
    const token = JSON.stringify({ user: ALICE, primaryGroup: "BU", defaultDacl: "D:(A;;GA;;;SY)" });
    const flags = "MACL_NO_WRITE_UP,SEF_DACL_AUTO_INHERIT";
    const { out } = inherit("none", "-m", "file", "--token", token, "--flags", flags);
    expect(out).toMatch(/ 0 {2}default 0 .* FILE_ALL_ACCESS/);
    expect(out).toMatch(/ 0 {2}MACL flags {2}label .*\\Medium/);
  });

  it("of a type gets what is meant for it", () => {
    const guid = "bf967aba-0de6-11d0-a285-00aa003049e2";
    const typed = `O:BAG:BAD:(OA;CI;CC;;${guid};AU)`;
    expect(inherit(typed, "-m", "ds_object").out).toContain("Stays with the parent");
    expect(inherit(typed, "-m", "ds_object", "--container", "--object-type", guid).out).not.toContain("Stays");
  });

  it("--json is the answer of the interchange", () => {
    const { status, out } = inherit(parent, "--mapping", "0x120089,0x120116,0x1200a0,0x1f01ff", "--json");
    expect(status).toBe(0);
    const { sddl, hex } = JSON.parse(out);
    expect(sddl).toBe("O:BAG:BAD:AI(A;ID;FA;;;BA)(A;ID;FA;;;BA)S:AI(ML;ID;NW;;;HI)");
    expect(sallyport(["sddl", "format", hex, "--from", "hex"]).out).toBe(`${sddl}\n`);
  });

  it.each([
    ["STATUS_NO_TOKEN", "need a token", ["--flags", "DACL_AUTO_INHERIT"]],
    ["STATUS_INVALID_PRIMARY_GROUP", "there is no group", ["--user", ALICE]],
    ["STATUS_INVALID_OWNER", "may not give", ["--user", ALICE, "--creator", "O:SYG:SY"]],
    ["STATUS_PRIVILEGE_NOT_HELD", "SeSecurityPrivilege", ["--user", ALICE, "--creator", `O:${ALICE}G:BAS:`]],
  ])("%s is exit status 1, with a word on it", (status, words, args) => {
    const run = inherit(parent, "--mapping", "file", ...args);
    expect(run).toMatchObject({ status: 1, err: "" });
    expect(run.out.startsWith(`refused  ${status}\n`)).toBe(true);
    expect(run.out).toContain(words);
    const json = inherit(parent, "--mapping", "file", ...args, "--json");
    expect([json.status, json.out]).toEqual([1, `${JSON.stringify({ status })}\n`]);
  });
});

describe("--children", () => {
  const tree = [
    {
      name: "docs",
      descriptor: "O:BAG:BAD:AI(A;OICIID;FR;;;BU)",
      container: true,
      children: [
        { name: "a.txt", descriptor: "O:BAG:BAD:P(A;;FA;;;SY)", container: false },
        { descriptor: "O:BAG:BAD:AI(A;;FW;;;BG)(A;ID;FR;;;BU)" },
      ],
    },
    { name: "same", descriptor: "O:BAG:BAD:AI(A;ID;FA;;;BA)" },
  ];
  const changed = (...args: string[]) => inherit("O:BAG:BAD:(A;OICI;FA;;;BA)", "-m", "file", ...args);

  it("shows what went and what came, object by object", () => {
    expect(changed("--children", JSON.stringify(tree))).toEqual({
      status: 0,
      err: "",
      out: `4 objects, 2 changed

docs  changed
  - (A;OICIID;FR;;;BU)
  + (A;OICIID;FA;;;BA)
  a.txt  as before, protected
  1  changed
    - (A;ID;FR;;;BU)
    + (A;ID;FA;;;BA)
same  as before
`,
    });
  });

  it("is a tree of the same shape with --json, and may come from a file", () => {
    const { out } = changed("--children", file("tree.json", JSON.stringify(tree)), "--json");
    const { children } = JSON.parse(out);
    expect(children[0].children[1]).toEqual({
      name: "1",
      container: false,
      changed: true,
      descriptor: "O:BAG:BAD:AI(A;;FW;;;BG)(A;ID;FA;;;BA)",
      children: [],
    });
    expect(children[1]).toMatchObject({ name: "same", changed: false });
  });

  it.each([
    ["children: expected a list", "{}"],
    ["children[0]: expected an object", "[1]"],
    ["ERR_UNKNOWN_MEMBER: children[0]", '[{"sddl":"D:"}]'],
    ["children[0].descriptor: ERR_SDDL_SYNTAX", '[{"descriptor":"D:(A;;FA"}]'],
    ["children[0].children[1]: descriptor", '[{"descriptor":"D:","children":[{"descriptor":"D:"},{}]}]'],
    [
      "children[0].children: only a container",
      `[{"descriptor":"D:","container":false,"children":[{"descriptor":"D:"}]}]`,
    ],
    ["children[0].objectTypes[0]", '[{"descriptor":"D:","objectTypes":["x"]}]'],
    ["ERR_LIMIT: children[0]: name", JSON.stringify([{ descriptor: "D:", name: "x".repeat(256) }])],
    ["ERR_LIMIT: at most 256 levels", `${'[{"descriptor":"D:","children":'.repeat(300)}[]${"}]".repeat(300)}`],
    ["ERR_JSON", "[{]"],
  ])("%s: exit status 2", (message, json) => {
    const { status, out, err } = changed("--children", json);
    expect({ status, out, stack: hasStack(err) }).toEqual({ status: 2, out: "", stack: false });
    expect(err).toContain(message);
  });

  it("does not go with what is for a new object, nor without a parent", () => {
    expect(changed("--children", "[]", "--object-type", "x").err).toContain("--object-type is for new ones");
    expect(inherit("none", "-m", "file", "--children", "[]").err).toContain("needs the parent's descriptor");
  });
});

describe("--from auto", () => {
  const saved = "docs\r\nD:AI(A;OICIID;FA;;;BA)\r\ndocs\\a.txt\r\nD:(A;;FR;;;BU)\r\n";
  const carried = file("saved.txt", Buffer.from(`\ufeff${saved}`, "utf16le"));

  it("takes what tools save, and one entry of several by name or number", () => {
    const format = (...more: string[]) => sallyport(["sddl", "format", carried, "--from", "auto", ...more]);
    expect(format("--entry", "docs\\a.txt").out).toBe("D:(A;;FR;;;BU)\n");
    expect(format("--entry", "0").out).toBe("D:AI(A;OICIID;FA;;;BA)\n");
    const { status, err } = format();
    expect(status).toBe(2);
    expect(err).toContain(
      "it holds 2 descriptors; --entry picks one by name or number:\n  0  docs\n  1  docs\\a.txt\n",
    );
    expect(format("--entry", "9").err).toContain("it holds no descriptor 9");
    expect(inherit(carried, "--entry", "0", "-m", "file", "--creator", "O:SYG:SY").out).toContain("parent 0");
  });

  it("takes an entry whose name is a number by its name", () => {
    const numbered = file(
      "numbered.txt",
      Buffer.from("\ufeff1\r\nD:(A;;FA;;;BA)\r\n0\r\nD:(A;;FR;;;BU)\r\n", "utf16le"),
    );
    const format = (entry: string) => sallyport(["sddl", "format", numbered, "--from", "auto", "--entry", entry]).out;
    expect([format("0"), format("1")]).toEqual(["D:(A;;FR;;;BU)\n", "D:(A;;FA;;;BA)\n"]);
  });

  it("says where SDDL is wrong, and what was tried on text that is nothing", () => {
    const wrong = inherit("D:(A;;FA;;BA)", "-m", "file");
    expect([wrong.status, wrong.err]).toEqual([
      2,
      `sallyport: parent: ERR_SDDL_SYNTAX: expected no GUID in this kind of ACE, found "BA)" (at 10)\n  D:(A;;FA;;BA)\n            ^\n`,
    ]);
    expect(inherit("zzz", "-m", "file").err).toContain("tried reg, ldif, get-acl");
    expect(sallyport(["sddl", "format", "D:", "--entry", "0"]).err).toContain("--entry is for --from auto");
  });
});
