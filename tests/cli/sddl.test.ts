/** `sallyport sddl`: parse, format, convert; and the words of the tables against the constants they stand for. */
import { describe, expect, it } from "vitest";
import * as aceConstants from "../../assembly/shared/ace.js";
import * as descriptorConstants from "../../assembly/shared/security-descriptor.js";
import { controlNames, flagWords, maskWords, typeWord } from "../../src/cli/ace-words.js";
import { SecurityDescriptor } from "../../src/index.js";
import { hasStack, sallyport } from "./running.js";

const sddl = (...args: string[]) => sallyport(["sddl", ...args]);

describe("parse", () => {
  it("shows owner, group, control and every ACE with type, flags, rights and SID", () => {
    const text =
      'O:SYG:S-1-5-21-1-2-3-513D:PAI(A;;FA;;;SY)(D;OICIIO;0x1301bf;;;BG)(XA;;FR;;;WD;(@User.Dept == "R&D"))S:(ML;;NWNR;;;HI)(AU;SAFA;FA;;;WD)';
    const { status, out, err } = sddl("parse", text, "--mapping", "file");
    expect({ status, err }).toEqual({ status: 0, err: "" });
    expect(out).toBe(`owner    NT AUTHORITY\\SYSTEM
group    Domain Users (S-1-5-21-1-2-3)
control  SE_DACL_PRESENT | SE_SACL_PRESENT | SE_DACL_AUTO_INHERITED | SE_DACL_PROTECTED | SE_SELF_RELATIVE

DACL  3 ACEs, revision 2
  #  type      flags     who                  rights
  0  allow               NT AUTHORITY\\SYSTEM  FILE_ALL_ACCESS
  1  deny      OI CI IO  BUILTIN\\Guests       FILE_GENERIC_READ | FILE_GENERIC_WRITE | FILE_GENERIC_EXECUTE | DELETE
  2  allow if            Everyone             FILE_GENERIC_READ
     if (@USER.Dept == "R&D")

SACL  2 ACEs, revision 2
  #  type   flags  who                   rights
  0  label         Mandatory Label\\High  NO_WRITE_UP | NO_READ_UP
  1  audit  SA FA  Everyone              FILE_ALL_ACCESS

SIDs
  NT AUTHORITY\\SYSTEM            S-1-5-18 (SY)
  Domain Users (S-1-5-21-1-2-3)  S-1-5-21-1-2-3-513
  BUILTIN\\Guests                 S-1-5-32-546 (BG)
  Everyone                       S-1-1-0 (WD)
  Mandatory Label\\High           S-1-16-12288 (HI)
`);
  });

  it.each([
    ["O:BA", "absent: everyone is granted everything"],
    ["D:NO_ACCESS_CONTROL", "NULL: everyone is granted everything"],
    ["D:", "empty: nobody is granted anything"],
  ])("says what a DACL without ACEs means: %s", (text, words) => {
    expect(sddl("parse", text).out).toContain(`DACL  ${words}`);
  });

  it("shows an ACE of a type that nobody knows, from bytes", () => {
    const bytes = SecurityDescriptor.parse("D:(A;;FA;;;WD)").toBytes();
    bytes[28] = 0x77;
    const { out, status } = sddl("parse", Buffer.from(bytes).toString("hex"), "--from", "hex");
    expect(status).toBe(0);
    expect(out).toContain("type 0x77");
    expect(out).toContain("unknown type: matches nobody");
  });

  it("object types stand below their ACE", () => {
    const [type, heir] = ["ab721a53-1e2f-11d0-9819-00aa0040529b", "bf967aba-0de6-11d0-a285-00aa003049e2"];
    const { out } = sddl("parse", `D:(OA;CI;CR;${type};${heir};PS)`, "--mapping", "ds_object");
    expect(out).toContain(`ADS_RIGHT_DS_CONTROL_ACCESS\n     object type ${type}\n     inherited by ${heir}\n`);
  });

  it("--json says the same in numbers", () => {
    const { out } = sddl("parse", "O:BAD:P(A;OI;FR;;;BU)", "--json");
    expect(JSON.parse(out)).toEqual({
      owner: "S-1-5-32-544",
      group: null,
      control: 0x9004,
      daclState: "present",
      dacl: {
        revision: 2,
        aces: [
          {
            ...{ type: 0, flags: 1, mask: 0x120089, sid: "S-1-5-32-545", name: "BUILTIN\\Users" },
            ...{ objectType: null, inheritedObjectType: null, sddl: "(A;OI;FR;;;BU)" },
          },
        ],
      },
      saclState: "absent",
      sacl: null,
    });
  });
});

describe("format", () => {
  it("prints canonical SDDL, aliases of a domain where one is given", () => {
    expect(sddl("format", "O:S-1-5-32-544 D:(A;;0x1f01ff;;;S-1-5-18)")).toEqual({
      status: 0,
      out: "O:BAD:(A;;FA;;;SY)\n",
      err: "",
    });
    const user = "O:S-1-5-21-1-2-3-513";
    expect(sddl("format", user).out).toBe(`${user}\n`);
    expect(sddl("format", user, "--context-domain", "S-1-5-21-1-2-3").out).toBe("O:DU\n");
    expect(sddl("format", "O:BA", "--json").out).toBe('{"sddl":"O:BA"}\n');
  });

  it("what has no spelling is refused with the place in the bytes", () => {
    const bytes = SecurityDescriptor.parse("D:(A;;FA;;;WD)").toBytes();
    bytes[28] = 0x77;
    const { status, out, err } = sddl("format", Buffer.from(bytes).toString("base64"), "--from", "base64");
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toMatch(/^sallyport: descriptor: ERR_DESCRIPTOR: .*\(at byte 28\)\n$/);
  });
});

describe("convert", () => {
  const text = "O:BAG:SYD:(A;;FA;;;BU)";
  const hex = Buffer.from(SecurityDescriptor.parse(text).toBytes()).toString("hex");

  it("goes round through every form", () => {
    expect(sddl("convert", text, "--to", "hex").out).toBe(`${hex}\n`);
    const base64 = sddl("convert", hex, "--from", "hex", "--to", "base64").out.trim();
    expect(base64).toBe(Buffer.from(hex, "hex").toString("base64"));
    expect(sddl("convert", base64, "--from", "base64", "--to", "sddl").out).toBe(`${text}\n`);
    expect(JSON.parse(sddl("convert", text, "--to", "hex", "--json").out)).toEqual({ hex });
  });

  it("hex may stand in lines, as other tools print it", () => {
    const lines = hex.replace(/(.{32})/g, "$1\r\n");
    expect(sallyport(["sddl", "convert", "-", "--from", "hex", "--to", "sddl"], { input: lines }).out).toBe(
      `${text}\n`,
    );
  });

  it.each<[string, string[], string]>([
    ["no form to make", ["convert", "O:BA"], "--to <form>"],
    ["a form that does not exist", ["convert", "O:BA", "--to", "xml"], "Allowed choices are sddl, hex, base64"],
    ["no descriptor", ["format"], "missing required argument 'descriptor'"],
    ["bytes without a file", ["format", "x", "--from", "binary"], "binary comes from @file"],
    ["no such command", ["frob"], "unknown command 'frob'"],
    ["SDDL that is none", ["format", "O:BAD:(A;;FA;;;BA"], "\n  O:BAD:(A;;FA;;;BA\n"],
  ])("%s: exit status 2", (_, args, message) => {
    const { status, out, err } = sddl(...args);
    expect({ status, out, stack: hasStack(err) }).toEqual({ status: 2, out: "", stack: false });
    expect(err).toContain(message);
  });
});

describe("the words stand for the constants", () => {
  it("every ACE type has its word, in the order of their numbers", () => {
    const types = Object.entries(aceConstants).filter(
      ([name]) => name.endsWith("_ACE_TYPE") && name !== "LAST_KNOWN_ACE_TYPE",
    );
    expect(types).toHaveLength(22);
    for (const [name, type] of types) {
      const words = name
        .toLowerCase()
        .replace("access_allowed", "allow")
        .replace("access_denied", "deny")
        .replace("system_", "");
      const expected = words
        .replace(/_ace_type$/, "")
        .replace("callback_object", "object if")
        .replace("callback", "if")
        .replace(/^(mandatory|process_trust)_label$/, (_, kind) => (kind === "mandatory" ? "label" : "trust label"))
        .replace("resource_attribute", "attribute")
        .replace("scoped_policy_id", "policy")
        .replaceAll("_", " ");
      expect(typeWord(type), name).toBe(expected);
    }
    expect(typeWord(0x16)).toBe("type 0x16");
  });

  it("every control bit has its header name", () => {
    const constants = descriptorConstants as Record<string, number>;
    expect(controlNames.map((name) => constants[name])).toEqual(controlNames.map((_, bit) => 1 << bit));
    expect(controlNames).toHaveLength(16);
  });

  it("flags are those of SDDL, and the mask of a label is its policy", () => {
    expect(flagWords(0xff)).toBe("OI CI NP IO ID CR SA FA");
    const { SYSTEM_MANDATORY_LABEL_ACE_TYPE: type, ...constants } = aceConstants;
    const mask = constants.SYSTEM_MANDATORY_LABEL_NO_READ_UP | constants.SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP;
    expect(maskWords({ type, mask }, "file")).toBe("NO_READ_UP | NO_EXECUTE_UP");
    expect(maskWords({ type, mask: 0x11 }, null)).toBe("NO_WRITE_UP | 0x10");
  });
});
