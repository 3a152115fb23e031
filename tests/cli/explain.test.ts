/** `sallyport explain`: the table of bits and passes, the reasons told apart, and the form of Windows' events. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventLines, eventWords } from "../../src/cli/event-text.js";
import { ask } from "../../src/cli/question.js";
import { Engine } from "../../src/index.js";
import { ALICE, root, sallyport } from "./running.js";

const REPORT = "O:BAG:BAD:(D;;FW;;;BG)(A;;FA;;;BA)(A;;FRFW;;;BU)(A;;FR;;;RC)";
const file = ["--mapping", "file"];
const explain = (descriptor: string, ...more: string[]) =>
  sallyport(["explain", descriptor, "--user", ALICE, ...file, ...more]);

describe("the table", () => {
  it("has a column a pass, and the deciding ACE of each", () => {
    const { status, out } = explain(REPORT, "-g", "BU", "--restricted", "RC", "-d", "FILE_READ_DATA|FILE_WRITE_DATA");
    expect(status).toBe(1);
    expect(out).toBe(`denied  stopped by the restricting list
  asked   0x3  FILE_READ_DATA | FILE_WRITE_DATA
  status  STATUS_ACCESS_DENIED

  right                 enabled SIDs    restricting SIDs
  FILE_READ_DATA   yes  allowed, ACE 2  allowed, ACE 3
  FILE_WRITE_DATA  no   allowed, ACE 2  no ACE

ACEs
  ACE 2  allow  BUILTIN\\Users            (A;;0x12019f;;;BU)
  ACE 3  allow  NT AUTHORITY\\RESTRICTED  (A;;FR;;;RC)

Refused
  FILE_WRITE_DATA is refused: no ACE allows it to the restricting SIDs.
`);
  });

  it("says what stood before the passes", () => {
    const { status, out } = explain("D:(A;;FA;;;WD)S:(ML;;NW;;;HI)", "-g", "WD", "-d", "FILE_WRITE_DATA");
    const missing = explain(REPORT, "-g", "BU", "-d", "ACCESS_SYSTEM_SECURITY").out;
    expect(status).toBe(1);
    expect(out).toMatch(/^ {2}right +enabled SIDs +stopped by$/m);
    expect(missing).toMatch(/^ {2}ACCESS_SYSTEM_SECURITY +no +no ACE +no SeSecurityPrivilege$/m);
    expect(out).toMatch(/^ {2}FILE_WRITE_DATA +no +allowed, ACE 0 +integrity$/m);
    expect(out).toMatch(/^ {2}ACE 0 +allow +Everyone +\(A;;FA;;;WD\)$/m);
    expect(out).toMatch(/^ {2}SACL 0 +label +Mandatory Label\\High +\(ML;;NW;;;HI\)$/m);
    expect(out).toContain("the token's integrity Medium (8192) is below the object's High (12288)");
  });

  it("shows owner, privilege, missing and empty DACL as what decided", () => {
    const cell = (right: string, descriptor: string, ...more: string[]) =>
      new RegExp(`^  ${right} +(.*)$`, "m")
        .exec(explain(descriptor, "-d", right, ...more).out)?.[1]
        .replace(/ +/g, " ");
    expect(cell("READ_CONTROL", `O:${ALICE}D:(A;;FR;;;BA)`)).toBe("yes owner");
    expect(cell("WRITE_OWNER", "O:BAD:(A;;FR;;;BA)", "--privilege", "SeTakeOwnershipPrivilege")).toBe(
      "yes SeTakeOwnershipPrivilege",
    );
    expect(cell("FILE_READ_DATA", "O:BAG:BA")).toBe("yes no DACL");
    expect(cell("FILE_READ_DATA", "O:BAG:BAD:")).toBe("no empty DACL");
  });

  it.each([
    ["explicitly denied", REPORT, ["-g", "BG", "-d", "FW"]],
    ["not granted: no ACE allows it", REPORT, ["-d", "FR"]],
    ["stopped by the restricting list", REPORT, ["-g", "BU", "--restricted", "WD", "-d", "FR"]],
    ["stopped by integrity", `${REPORT}S:(ML;;NW;;;HI)`, ["-g", "BU", "-d", "FW"]],
    ["stopped by a missing privilege", REPORT, ["-g", "BU", "-d", "ACCESS_SYSTEM_SECURITY"]],
    ["the call itself failed", REPORT, ["-g", "BU", "-d", "GENERIC_READ", "--call", "AccessCheck"]],
  ])("tells refusals apart: %s", (words, descriptor, more) => {
    const { status, out } = explain(descriptor, ...more);
    expect({ status, first: out.split("\n")[0] }).toEqual({ status: 1, first: `denied  ${words}` });
  });

  it.each([
    ["STATUS_GENERIC_NOT_MAPPED: this call takes no generic rights", ["-d", "GENERIC_READ", "--call", "AccessCheck"]],
    [
      "STATUS_INVALID_SECURITY_DESCR: this call wants a descriptor with owner and group",
      ["-d", "FR", "--call", "AccessCheck"],
    ],
  ])("says what a failed call lacked: %s", (words, more) => {
    expect(explain("D:(A;;FA;;;WD)", ...more).out).toContain(`status  ${words}`);
  });

  it("shows a condition, its parts and the attributes it read", () => {
    const token = { user: ALICE, groups: ["BU"], userClaims: [{ name: "Dept", type: "string", values: ["R&D"] }] };
    const descriptor = 'D:(XA;;FR;;;BU;(@User.Dept == "R&D" && @User.Level >= 3))(XA;;FX;;;BU;(@User.Dept == "R&D"))';
    const { out } = sallyport(["explain", descriptor, "-t", JSON.stringify(token), "-d", "FX", ...file]);
    expect(out).toMatch(
      /ACE 1 {2}allow if {2}BUILTIN\\Users {2}\(XA;;FX;;;BU;\(@USER\.Dept == "R&D"\)\)\n {9}condition is TRUE\n/,
    );
    expect(out).toContain("           @User.Dept = {R&D}\n");
    expect(out).toMatch(
      /ACEs that did not act\n {2}ACE 0 .* does not act: its condition is unknown, which allows nothing\./,
    );
  });

  it("MAXIMUM_ALLOWED speaks of what was not granted, not of refusals", () => {
    const { status, out } = explain(REPORT, "-g", "BU", "-d", "MAXIMUM_ALLOWED");
    expect(status).toBe(0);
    expect(out).toContain("\nNot granted\n");
    expect(out).not.toContain("refused");
  });

  it("an object type list has a table a node", () => {
    const nodes = "0:bf967aba-0de6-11d0-a285-00aa003049e2,1:4c164200-20c0-11d0-a768-00aa006e0529";
    const args = ["--call", "AccessCheckByType", "--object-types", nodes, "-d", "0x10", "--mapping", "ds_object"];
    const { out } = sallyport([
      "explain",
      `O:BAG:BAD:(OA;;RP;4c164200-20c0-11d0-a768-00aa006e0529;;${ALICE})`,
      "--user",
      ALICE,
      ...args,
    ]);
    expect(out).toMatch(/Object type bf967aba-0de6-11d0-a285-00aa003049e2, level 0\n.*\n {2}ADS_RIGHT_DS_READ_PROP/);
    expect(out).toMatch(/Object type 4c164200-20c0-11d0-a768-00aa006e0529, level 1\n/);
  });

  it("rules of a central policy are listed", () => {
    const policies = {
      "S-1-17-1": { rules: [{ appliesTo: '(@User.Dept == "X")', dacl: "D:(A;;FA;;;WD)" }, { dacl: "D:(A;;FR;;;WD)" }] },
    };
    const { out } = explain(
      "O:BAG:BAD:(A;;FA;;;WD)S:(SP;;;;;S-1-17-1)",
      "-g",
      "WD",
      "-d",
      "FW|FR",
      "--policies",
      JSON.stringify(policies),
    );
    expect(out.split("\n")[0]).toBe("denied  stopped by the central access policy");
    expect(out).toContain("  rule 0 does not apply: its condition is ");
    expect(out).toContain("  rule 1 applies and gives 0x120089  FILE_GENERIC_READ\n");
    expect(out).toMatch(/^ {2}FILE_WRITE_DATA +no +allowed, ACE 0 +policy rule 1$/m);
  });
});

describe("--json", () => {
  it("is the answer of the interchange with its explanation", () => {
    const { status, out } = explain(REPORT, "-g", "BU", "-d", "FR", "--json");
    const { granted, explanation } = JSON.parse(out);
    expect({ status, granted, cause: explanation.cause }).toEqual({ status: 0, granted: true, cause: "granted" });
    expect(explanation.bits).toHaveLength(5);
    expect(explanation.bits[0]).toMatchObject({
      right: "READ_CONTROL",
      accessReason: { code: 1801, ace: "D:(A;;0x12019f;;;BU)" },
    });
  });
});

describe("--as event", () => {
  it("prints the section of events 4656 and 4663, whole", () => {
    const { status, out } = explain(
      `O:${ALICE}D:(A;OICI;0x1200a9;;;BU)`,
      "-g",
      "BU",
      "-d",
      "READ_CONTROL|SYNCHRONIZE|DELETE",
      "--as",
      "event",
    );
    expect(status).toBe(1);
    expect(out).toBe(
      [
        "Access Request Information:",
        "\tAccesses:\t\tDELETE",
        "\t\t\t\tREAD_CONTROL",
        "\t\t\t\tSYNCHRONIZE",
        "\tAccess Reasons:\t\tDELETE:\tNot granted",
        "\t\t\t\tREAD_CONTROL:\tGranted by Ownership",
        "\t\t\t\tSYNCHRONIZE:\tGranted by\tD:(A;OICI;0x1200a9;;;BU)",
        "\tAccess Mask:\t\t0x130000",
        "\tPrivileges Used for Access Check:\t-",
        "",
      ].join("\n"),
    );
  });

  it.each([
    ["Denied by\tD:(D;;FW;;;BG)", REPORT, ["-g", "BG", "-d", "FILE_WRITE_DATA"]],
    [
      "Denied by Integrity Policy check\tS:(ML;;NW;;;HI)",
      `${REPORT}S:(ML;;NW;;;HI)`,
      ["-g", "BU", "-d", "FILE_WRITE_DATA"],
    ],
    ["Granted by NULL DACL", "O:BAG:BAD:NO_ACCESS_CONTROL", ["-d", "FILE_WRITE_DATA"]],
    ["Denied by Empty DACL", "O:BAG:BAD:", ["-d", "FILE_WRITE_DATA"]],
    ["Unknown or unchecked", REPORT, ["-g", "BG,BU", "-d", "FILE_WRITE_DATA|FILE_READ_DATA"]],
    ["Not granted due to missing\tSeSecurityPrivilege", REPORT, ["-d", "ACCESS_SYSTEM_SECURITY"]],
    ["Granted by\tSeSecurityPrivilege", REPORT, ["-d", "ACCESS_SYSTEM_SECURITY", "--privilege", "SeSecurityPrivilege"]],
  ])("says %j", (words, descriptor, more) => {
    expect(explain(descriptor, ...more, "--as", "event").out).toContain(`:\t${words}\n`);
  });

  interface Row {
    readonly id: string;
    readonly mask: string;
    readonly reasons: readonly {
      readonly right: string;
      readonly code: number;
      readonly reason: string;
      readonly ace: string | null;
    }[];
  }
  const path = join(root, "../shared/vectors/windows-access-reasons.jsonl");
  const rows: Row[] = existsSync(path)
    ? readFileSync(path, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line))
    : [];
  if (rows.length === 0) console.log("skipped: the events of Windows, ../shared/vectors is not there");
  // One check explains these; the parent folder, denied requests and policies need what the events do not show.
  const plain = rows.filter(
    ({ mask, reasons }) => mask !== "" && reasons.every(({ code }) => code === 1801 || code === 1804),
  );
  const told = rows.length === 0 ? it.skip : it;

  told("a log and our answer are the same, right by right", async () => {
    const engine = new Engine();
    expect(plain.length).toBeGreaterThan(15);
    for (const { id, mask, reasons } of plain) {
      const aces = [...new Set(reasons.flatMap(({ ace }) => (ace === null ? [] : [ace.slice(2)])))];
      const group = aces.map((ace) => /;([^;)]+)\)$/.exec(ace)?.[1] ?? "");
      const owner = reasons.some(({ code }) => code === 1804) ? ALICE : "S-1-5-21-9-9-9-500";
      const options = { user: ALICE, group, desired: mask, mapping: "file", from: "sddl" } as const;
      const domain = { contextDomain: "S-1-5-21-1-2-3" };
      const answered = await ask(`O:${owner}D:${aces.join("")}`, { ...options, ...domain }, engine, true);
      const theirs = reasons.map(
        ({ right, code, ace }) => `${right}:\t${eventWords.get(code)}${ace === null ? "" : `\t${ace}`}`,
      );
      const reasonsAt = 1 + theirs.length;
      const ours = eventLines(answered).slice(reasonsAt, reasonsAt + theirs.length);
      expect(
        ours.map((line) => line.trim().replace("Access Reasons:\t\t", "")),
        id,
      ).toEqual(theirs);
    }
  });

  told("has a word for every reason that Windows was seen to give", () => {
    for (const { reasons } of rows) {
      for (const { code, reason } of reasons) {
        const word = eventWords.get(code) ?? "";
        // The ACE stands beside these two.
        expect(code === 1801 || code === 1802 ? `${word} ACE` : word).toMatch(new RegExp(`^${reason}$`, "i"));
      }
    }
  });
});
