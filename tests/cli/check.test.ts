/** `sallyport check`: the verdict, its exit status, and what is said about wrong input. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SecurityDescriptor } from "../../src/index.js";
import { ALICE, hasStack, sallyport } from "./running.js";

const REPORT = "O:BAG:BAD:(D;;FW;;;BG)(A;;FA;;;BA)(A;;FRFW;;;BU)(A;;FR;;;RC)";
const asAlice = ["--user", ALICE, "--group", "BU"];
const file = ["--mapping", "file"];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sallyport-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stored(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

describe("the verdict", () => {
  it("granted: exit status 0, the mask and its rights by name", () => {
    const { status, out, err } = sallyport(["check", REPORT, ...asAlice, "--desired", "FR", ...file]);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out.split("\n")[0]).toBe("granted");
    expect(out).toContain("granted  0x120089  FILE_GENERIC_READ\n");
    expect(out).toContain("FILE_READ_DATA | FILE_READ_EA | FILE_READ_ATTRIBUTES | READ_CONTROL | SYNCHRONIZE\n");
    expect(out).toContain("status   STATUS_SUCCESS");
  });

  it("denied: exit status 1, the status and the reason in a sentence", () => {
    const { status, out, err } = sallyport(["check", REPORT, ...asAlice, "-g", "BG", "-d", "FILE_WRITE_DATA", ...file]);
    expect({ status, err }).toEqual({ status: 1, err: "" });
    expect(out.split("\n")[0]).toBe("denied  explicitly denied");
    expect(out).toContain("STATUS_ACCESS_DENIED");
    expect(out).toContain(
      "FILE_WRITE_DATA is refused: denied to the enabled SIDs by ACE 0 (D;;FW;;;BG) for BUILTIN\\Guests.",
    );
  });

  it("speaks of several rights in the plural, once", () => {
    const { out } = sallyport(["check", REPORT, "--user", ALICE, "-d", "READ_CONTROL|DELETE", ...file]);
    expect(out).toContain("DELETE and READ_CONTROL are refused: no ACE allows them to the enabled SIDs.");
  });

  it("names the generic parts of a mask that has no name of its own", () => {
    const { out } = sallyport(["check", "D:(A;;FA;;;WD)", "--user", "WD", "-d", "0x1301bf", ...file]);
    expect(out).toContain(
      "asked    0x1301bf  FILE_GENERIC_READ | FILE_GENERIC_WRITE | FILE_GENERIC_EXECUTE | DELETE\n",
    );
  });

  it("MAXIMUM_ALLOWED tells what was found", () => {
    const { status, out } = sallyport(["check", REPORT, ...asAlice, "-d", "MAXIMUM_ALLOWED", ...file]);
    expect(status).toBe(0);
    expect(out).toContain("granted  0x12019f  FILE_GENERIC_READ | FILE_GENERIC_WRITE\n");
    expect(out).not.toContain("refused");
  });

  it("a result list is shown node by node", () => {
    const tree =
      "0:bf967aba-0de6-11d0-a285-00aa003049e2, 1:4c164200-20c0-11d0-a768-00aa006e0529, 1:59ba2f42-79a2-11d0-9020-00c04fc2d3cf";
    const descriptor = `O:BAG:BAD:(OA;;RP;59ba2f42-79a2-11d0-9020-00c04fc2d3cf;;${ALICE})`;
    const call = ["--call", "AccessCheckByTypeResultList", "--object-types", tree];
    const asked = ["--desired", "ADS_RIGHT_DS_READ_PROP", "--mapping", "ds_object"];
    const { status, out } = sallyport(["check", descriptor, "--user", ALICE, ...asked, ...call]);
    expect(status).toBe(1);
    expect(out).toMatch(/ {4}4c164200-20c0-11d0-a768-00aa006e0529 +denied/);
    expect(out).toMatch(/ {4}59ba2f42-79a2-11d0-9020-00c04fc2d3cf +granted {2}0x10 {2}ADS_RIGHT_DS_READ_PROP/);
  });

  it("--audit tells what would have been logged", () => {
    const audited = `${REPORT}S:(AU;FA;FA;;;WD)`;
    const { out } = sallyport(["check", audited, "--user", ALICE, "-d", "DELETE", ...file, "--audit", "-g", "WD"]);
    expect(out).toMatch(/Audit\n {2}failure {2}SACL 0 +0x10000 {2}DELETE/);
  });
});

describe("--json", () => {
  it("is the answer of the interchange on one line, with the same exit status", () => {
    const { status, out } = sallyport(["check", REPORT, ...asAlice, "--desired", "FR", ...file, "--json"]);
    expect(status).toBe(0);
    expect(out.trimEnd().includes("\n")).toBe(false);
    expect(JSON.parse(out)).toEqual({ granted: true, access: 0x120089, status: "STATUS_SUCCESS", privilegesUsed: [] });
  });

  it("is what batch answers to the same question", () => {
    const request = {
      op: "check",
      token: { user: ALICE, groups: ["BU"], restrictedSids: ["RC"] },
      descriptor: REPORT,
      desired: "FW",
      mapping: "file",
    };
    const asked = sallyport(["check", REPORT, ...asAlice, "--restricted", "RC", "-d", "FW", ...file, "--json"]);
    expect(asked.status).toBe(1);
    expect(asked.out).toBe(sallyport(["batch"], { input: JSON.stringify(request) }).out);
  });
});

describe("where the input comes from", () => {
  const token = JSON.stringify({ user: ALICE, groups: ["BU"] });

  it.each([
    ["a file", () => ["--token", stored("token.json", token)], ""],
    ["a file with a byte order mark", () => ["--token", stored("bom.json", `\ufeff${token}`)], ""],
    [
      "a file in UTF-16, as Windows' tools write",
      () => ["-t", stored("u.json", Buffer.from(`\ufeff${token}`, "utf16le"))],
      "",
    ],
    ["text", () => ["--token", token], ""],
    ["standard input", () => ["--token", "-"], token],
    [
      "an answer of filter",
      () => ["--token", "-"],
      JSON.stringify({ status: "STATUS_SUCCESS", token: JSON.parse(token) }),
    ],
  ])("the token: %s", (_, option, input) => {
    expect(sallyport(["check", REPORT, ...option(), "-d", "FR", ...file], { input })).toMatchObject({
      status: 0,
      err: "",
    });
  });

  const bytes = Buffer.from(SecurityDescriptor.parse(REPORT).toBytes());
  it.each([
    ["SDDL in a file", () => [`@${stored("report.sddl", `${REPORT}\r\n`)}`], ""],
    ["SDDL on standard input", () => ["-"], `${REPORT}\n`],
    ["hexadecimal", () => [bytes.toString("hex"), "--from", "hex"], ""],
    ["base64", () => [bytes.toString("base64"), "--from", "base64"], ""],
    ["bytes in a file", () => [`@${stored("report.bin", bytes)}`, "--from", "binary"], ""],
  ])("the descriptor: %s", (_, given, input) => {
    const { status, out } = sallyport(["check", ...given(), ...asAlice, "-d", "FW|FR", ...file], { input });
    expect(status).toBe(0);
    expect(out).toContain("0x12019f");
  });

  it("the quick token: deny-only groups, restricting SIDs, privileges, integrity", () => {
    const check = (...more: string[]) =>
      sallyport(["check", REPORT, "--user", ALICE, "-d", "FR", ...file, ...more]).status;
    expect(check("--group", "BU,WD")).toBe(0);
    expect(check("--deny-only", "BU")).toBe(1);
    expect(check("-g", "BU", "--restricted", "RC")).toBe(0);
    expect(check("-g", "BU", "--restricted", "WD")).toBe(1);
    expect(check("-d", "ACCESS_SYSTEM_SECURITY")).toBe(1);
    expect(check("-d", "ACCESS_SYSTEM_SECURITY", "--privilege", "SeSecurityPrivilege")).toBe(0);
    expect(check("-d", "FW", "-g", "BU", "--integrity", "Low")).toBe(1);
    expect(check("-d", "FW", "-g", "BU", "--restricted", "WD", "--write-restricted")).toBe(1);
    expect(check("-g", "BU", "--restricted", "WD", "--write-restricted")).toBe(0);
  });

  it("aliases of a domain need --context-domain", () => {
    const ask = (...more: string[]) =>
      sallyport(["check", "D:(A;;FA;;;DU)", "-u", ALICE, "-g", "DU", "-d", "FR", ...file, ...more]);
    expect(ask("--context-domain", "S-1-5-21-1-2-3").status).toBe(0);
    expect(ask()).toMatchObject({ status: 2, out: "" });
    expect(ask().err).toContain("ERR_SDDL_ALIAS");
  });

  it("a mapping of one's own: four masks", () => {
    const ask = (mapping: string) =>
      sallyport(["check", "D:(A;;GR;;;WD)", "-u", "WD", "-d", "0x1", "-m", mapping]).status;
    expect(ask("0x1,0x2,0x4,0x7")).toBe(0);
    expect(ask("0x2,0x1,0x4,0x7")).toBe(1);
    expect(ask("0x80000000,0,0,0")).toBe(2);
  });

  it("--principal-self and --primary-token reach the engine", () => {
    const self = ["check", "D:(A;;FR;;;PS)", "--user", ALICE, "-d", "FR", ...file];
    expect(sallyport(self).status).toBe(1);
    expect(sallyport([...self, "--principal-self", ALICE]).status).toBe(0);
    expect(sallyport([...self, "--principal-self", "XX"])).toMatchObject({ status: 2, out: "" });
    const primary = ["--primary-token", '{"user":"SY","frob":1}'];
    expect(sallyport([...self, ...primary]).err).toContain("ERR_UNKNOWN_MEMBER: primaryToken.frob");
  });

  it("a staged policy that would have answered otherwise is told", () => {
    const policies = { "S-1-17-1": { rules: [{ dacl: "D:(A;;FA;;;WD)", stagedDacl: "D:(A;;FW;;;WD)" }] } };
    const descriptor = "O:BAG:BAD:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)";
    const asked = ["--user", ALICE, "-g", "WD", "-d", "FR", ...file, "--policies", JSON.stringify(policies)];
    const { status, out } = sallyport(["check", descriptor, ...asked]);
    expect(status).toBe(0);
    expect(out).toMatch(/^ {2}staged +denied {2}0x0$/m);
  });

  it("--raw-generic and --previously-granted reach the engine", () => {
    const ask = (...more: string[]) =>
      sallyport(["check", "D:(A;;GR;;;WD)", "-u", "WD", "-d", "FILE_READ_DATA", ...file, ...more]);
    expect(ask().status).toBe(0);
    expect(ask("--raw-generic").status).toBe(1);
    expect(ask("--previously-granted", "DELETE").out).toContain("granted  0x10001");
  });
});

describe("wrong input: exit status 2, a code, and no stack", () => {
  const wrong = (args: readonly string[], input?: string) => {
    const run = sallyport(args, { input });
    expect({ status: run.status, out: run.out, stack: hasStack(run.err) }).toEqual({
      status: 2,
      out: "",
      stack: false,
    });
    return run.err;
  };

  it("SDDL: the text with a caret below the position", () => {
    expect(wrong(["check", "D:(X;;FA;;;BA)", ...asAlice, "-d", "FR", ...file])).toMatch(
      /^sallyport: descriptor: ERR_SDDL_SYNTAX: .* \(at 3\)\n {2}D:\(X;;FA;;;BA\)\n {5}\^\n$/,
    );
  });

  it("long SDDL: cut around the position, the caret still below it", () => {
    const text = `D:${"(A;;FA;;;BA)".repeat(20)}(A;;??;;;BA)${"(A;;FA;;;BA)".repeat(20)}`;
    const [, excerpt, caret] = wrong(["check", text, ...asAlice, "-d", "FR", ...file]).split("\n");
    expect(excerpt.length).toBeLessThan(80);
    expect(excerpt.slice(caret.indexOf("^"), caret.indexOf("^") + 2)).toBe("??");
  });

  it("JSON: the line and the column", () => {
    expect(
      wrong(["check", REPORT, "--token", "-", "-d", "FR", ...file], '{\n  "user": "WD",\n  "groups": [BU]\n}\n'),
    ).toMatch(/^sallyport: standard input: ERR_JSON: .*\n {2}line 3: {3}"groups": \[BU\]\n {23}\^\n$/);
  });

  it("controls in what is shown are escaped", () => {
    const text = wrong(["check", "D:(A;;FA;;;\u001b[31mBA)", ...asAlice, "-d", "FR", ...file]);
    expect(text).toContain("\\u001b[31m");
    expect(text).not.toContain("\u001b");
  });

  it.each<[string, string[], RegExp]>([
    [
      "an unknown right, with names that come near",
      ["-d", "FILE_READ", ...file],
      /unknown right "FILE_READ"\n {2}did you mean FILE_READ_DATA, FILE_READ_EA/,
    ],
    [
      "an unknown mapping, with those there are",
      ["-d", "FR", "-m", "fil"],
      /unknown name fil\n {2}one of file, directory/,
    ],
    [
      "no mapping",
      ["-d", "FR"],
      /required option '-m, --mapping <name>' not specified\n\(sallyport check --help tells more\)/,
    ],
    ["an option that does not exist", ["-d", "FR", ...file, "--frob"], /unknown option '--frob'/],
    ["an unknown call", ["-d", "FR", ...file, "--call", "Frob"], /ERR_ARGUMENT: call: expected one of SeAccessCheck/],
    [
      "object types with the wrong call",
      ["-d", "FR", ...file, "--object-types", "0:bf967aba-0de6-11d0-a285-00aa003049e2"],
      /ERR_ARGUMENT: objectTypes: belongs to/,
    ],
    ["object types that are none", ["-d", "FR", ...file, "--object-types", "0:x,y"], /expected level:guid, found y/],
    [
      "a privilege that does not exist",
      ["-d", "FR", ...file, "--privilege", "SeFrobPrivilege"],
      /ERR_TOKEN: privileges\[0\]/,
    ],
    [
      "token and quick token at once",
      ["-d", "FR", ...file, "--token", "{}"],
      /--token already says everything: --user, --group/,
    ],
  ])("%s", (_, args, message) => {
    expect(wrong(["check", REPORT, ...asAlice, ...args])).toMatch(message);
  });

  it("no token, a token that is missing, one with a mistyped member, and standard input twice", () => {
    const ask = (...more: string[]) => wrong(["check", ...more, "-d", "FR", ...file], REPORT);
    expect(ask(REPORT)).toContain("a token is needed");
    expect(ask(REPORT, "-t", join(folder, "nowhere.json"))).toContain("nowhere.json: no such file");
    expect(ask(REPORT, "-t", folder)).toContain("it is a directory");
    expect(ask(REPORT, "-t", '{"user":"WD","grups":[]}')).toContain(
      'ERR_UNKNOWN_MEMBER: grups: unknown member "grups"',
    );
    expect(ask(REPORT, "-t", '{"user":"WD","user":"BA"}')).toContain("ERR_DUPLICATE_KEY");
    expect(ask(REPORT, "-t", '{"status":"STATUS_INVALID_PARAMETER"}')).toContain("an answer without a token");
    expect(ask("-", "-t", "-")).toContain("standard input was read already");
  });

  it("an empty descriptor or token is a slip, not a descriptor that grants everything", () => {
    expect(wrong(["check", "", ...asAlice, "-d", "FR", ...file])).toBe("sallyport: descriptor: it is empty\n");
    expect(wrong(["check", "-", ...asAlice, "-d", "FR", ...file], "\r\n")).toBe(
      "sallyport: standard input: it is empty\n",
    );
    expect(wrong(["check", REPORT, "-t", "-", "-d", "FR", ...file])).toBe("sallyport: standard input: it is empty\n");
  });

  it("hexadecimal bytes taken for SDDL are recognised, and damaged bytes have an offset", () => {
    const hex = Buffer.from(SecurityDescriptor.parse(REPORT).toBytes()).toString("hex");
    expect(wrong(["check", hex, ...asAlice, "-d", "FR", ...file])).toContain("--from hex reads them");
    expect(wrong(["check", `ff${hex.slice(2)}`, "--from", "hex", ...asAlice, "-d", "FR", ...file])).toMatch(
      /ERR_DESCRIPTOR: .*\(at byte 0\)/,
    );
    expect(wrong(["check", "0g", "--from", "hex", ...asAlice, "-d", "FR", ...file])).toContain("pairs of hexadecimal");
  });
});
