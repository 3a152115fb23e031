/** Descriptors in what people paste and save: recognised, named, and refused with a place. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesToBase64, bytesToHex } from "../../src/binary/text-encoding.js";
import { CarrierError } from "../../src/carriers/carrier-error.js";
import { readDescriptors } from "../../src/carriers/read-descriptors.js";
import { ArgumentError, FormatError, isSallyportError, SddlError } from "../../src/errors.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";
import { Sid } from "../../src/sid.js";

const sddl = "O:BAG:SYD:PAI(A;OICI;FA;;;BA)(A;;0x1200a9;;;BU)S:AI(AU;SAFA;WDWO;;;WD)";
const other = "D:(D;;FA;;;AN)(A;;FR;;;AU)";
const bytes = SecurityDescriptor.parse(sddl).toBytes();
const hex = bytesToHex(bytes);
const base64 = bytesToBase64(bytes);
const pairs = hex.match(/../g) as string[];

/** `size` units a line. */
function folded(text: string, size: number, start: string): string {
  return (text.match(new RegExp(`.{1,${size}}`, "g")) as string[]).join(start);
}

const regValue = (name: string, text: string, type = "hex") =>
  `"${name}"=${type}:${folded((bytesToHex(SecurityDescriptor.parse(text).toBytes()).match(/../g) as string[]).join(","), 75, "\\\r\n  ")}\r\n`;

const getAcl = (path: string, text: string, width = 70) =>
  [
    `Path   : Microsoft.PowerShell.Core\\FileSystem::${path}`,
    "Owner  : BUILTIN\\Administrators",
    "Access : NT AUTHORITY\\SYSTEM Allow  FullControl",
    "         BUILTIN\\Administrators Allow  FullControl",
    "Audit  : ",
    `Sddl   : ${folded(text, width, "\r\n         ")}`,
    "",
  ].join("\r\n");

const ldif = (dn: string, text: string) =>
  `dn: ${folded(dn, 20, "\r\n ")}\r\nchangetype: add\r\nnTSecurityDescriptor:: ${folded(
    bytesToBase64(SecurityDescriptor.parse(text).toBytes()),
    50,
    "\r\n ",
  )}\r\ncn: x\r\n\r\n`;

function utf16(text: string, hasMark: boolean): Uint8Array {
  const units = Uint16Array.from(hasMark ? `\ufeff${text}` : text, (unit) => unit.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

type Read = readonly [carrier: string, ...entries: (readonly [name: string | null, sddl: string])[]];

function read(input: string | Uint8Array): Read {
  const { carrier, entries } = readDescriptors(input);
  return [carrier, ...entries.map(({ name, descriptor }) => [name, descriptor.toString()] as const)];
}

function refusal(input: string | Uint8Array): CarrierError {
  try {
    readDescriptors(input);
  } catch (error) {
    if (error instanceof CarrierError) return error;
    throw error;
  }
  throw new Error("accepted");
}

describe("carriers", () => {
  const one: Read[1] = [null, sddl];
  it.each<[string, string | Uint8Array, Read]>([
    ["bytes", bytes, ["bytes", one]],
    ["SDDL", `\r\n  ${sddl}\r\n\r\n`, ["sddl", one]],
    ["SDDL with a mark", `\ufeff${sddl}`, ["sddl", one]],
    ["SDDL in UTF-16", utf16(sddl, true), ["sddl", one]],
    ["SDDL in UTF-8", new TextEncoder().encode(`\ufeff${sddl}`), ["sddl", one]],
    ["SDDL in lines", folded(sddl, 11, "\r\n"), ["sddl", one]],
    ["hex", hex.toUpperCase(), ["hex", one]],
    ["hex in lines", ` ${folded(pairs.join(" "), 48, " \n")}\n`, ["hex", one]],
    ["one 0x", `0x${hex}`, ["hex", one]],
    ["a list of 0x", pairs.map((pair) => `0x${pair.replace(/^0/, "")}`).join(", "), ["hex", one]],
    ["BitConverter's hex", pairs.join("-"), ["hex", one]],
    ["base64", base64, ["base64", one]],
    ["base64 in lines", `\n${folded(base64, 64, "\r\n")} \n`, ["base64", one]],
    ["a bare hex:", `hex:${folded(pairs.join(","), 60, "\\\n  ")}`, ["reg", one]],
    [
      "a .reg file",
      utf16(
        `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\a\\Security]\r\n"Other"="x"\r\n"Blob"=hex:01,02\r\n${regValue("Security", sddl)}\r\n[HKEY_LOCAL_MACHINE\\b]\r\n@=hex(3):${pairs.join(",")}\r\n${regValue('q\\"\\\\q', other, "hex(3)")}`,
        true,
      ),
      [
        "reg",
        ["HKEY_LOCAL_MACHINE\\a\\Security\\Security", sddl],
        ["HKEY_LOCAL_MACHINE\\b", sddl],
        ['HKEY_LOCAL_MACHINE\\b\\q"\\q', other],
      ],
    ],
    [
      "LDIF",
      `version: 1\n# a comment\n${ldif("CN=A,DC=example,DC=com,OU=rather long", sddl)}${ldif("CN=B", other)}dn:: Q049w4Q=\nntsecuritydescriptor:: ${base64}\n`,
      ["ldif", ["CN=A,DC=example,DC=com,OU=rather long", sddl], ["CN=B", other], ["CN=Ä", sddl]],
    ],
    [
      "Get-Acl | Format-List",
      `\r\n\r\n${getAcl("C:\\temp", sddl)}\r\n${getAcl("C:\\b c", other, 9)}`,
      ["get-acl", ["C:\\temp", sddl], ["C:\\b c", other]],
    ],
    ["one property", `  Sddl : ${sddl}\n`, ["get-acl", one]],
    [
      "Get-Acl | Format-List *",
      `PSPath  : X::C:\\a\nPSChildName : a\nPath : X::C:\\longer\n  path\nAccessToString : NT AUTHORITY\\SYSTEM Allow  FullControl\nSddl : ${other}\n`,
      ["get-acl", ["C:\\a", other]],
    ],
    [
      "sc sdshow",
      `C:\\Windows>sc sdshow spooler\r\n\r\n${folded(sddl, 30, "\r\n")}\r\n\r\nPS D:\\> sc.exe \\\\host sdshow "a b"\r\n${other}\r\n\r\nPS D:\\> \r\n`,
      ["sc-sdshow", ["spooler", sddl], ["a b", other]],
    ],
    ["sc sdshow alone", `\r\n${other}\r\n`, ["sddl", [null, other]]],
    [
      "icacls /save",
      utf16(`temp\r\n${other}\r\ntemp\\D: odd\r\nD:AI(A;;FA;;;SY)\r\n\r\nD:NO_ACCESS_CONTROL\r\n\r\n`, true),
      ["icacls", ["temp", other], ["temp\\D: odd", "D:AI(A;;FA;;;SY)"], ["", "D:NO_ACCESS_CONTROL"]],
    ],
    [
      "icacls /save without a mark",
      utf16(`D:\\data\r\n${other}\r\nb\r\n${other}\r\n`, false),
      ["icacls", ["D:\\data", other], ["b", other]],
    ],
  ])("%s", (_, input, expected) => {
    expect(read(input)).toEqual(expected);
  });

  it("take the SIDs of aliases from the context", () => {
    const context = { domain: Sid.parse("S-1-5-21-1-2-3") };
    expect(readDescriptors("O:DA", context).entries[0].descriptor.toString(context)).toBe("O:DA");
    expect(refusal("O:DA")).toMatchObject({ code: "ERR_SDDL_ALIAS", position: 2 });
  });

  it("every way to write a descriptor down gives it back", () => {
    const aces = fc.array(fc.constantFrom("(A;;FA;;;SY)", "(D;CI;GR;;;S-1-5-21-1-2-3-4)", "(A;OI;CCDCLC;;;AU)"));
    const width = fc.integer({ min: 8, max: 90 });
    const carriers = fc.constantFrom<(text: string, size: number) => string | Uint8Array>(
      (text, size) => folded(text, size, "\n"),
      (text, size) => folded(bytesToBase64(SecurityDescriptor.parse(text).toBytes()), size, " \r\n"),
      (text, size) => folded(bytesToHex(SecurityDescriptor.parse(text).toBytes()), 2 * size, "\n"),
      (text) => `x\n${text}\n`,
      (text) => utf16(`x\r\n${text}\r\n`, false),
      (text, size) => getAcl("C:\\x", text, size),
      (text) => ldif("CN=x", text),
      (text) => regValue("x", text),
    );
    fc.assert(
      fc.property(aces, width, carriers, (list, size, carry) => {
        const text = `O:SYG:SYD:P${list.join("")}`;
        expect(read(carry(text, size))[1]?.[1]).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});

describe("lines broken by the output", () => {
  const conditional = 'D:(XA;;FX;;;WD;(@USER.a == "x, y" && (Exists @USER.b)))';
  const canonical = SecurityDescriptor.parse(conditional).toString();
  const broken = (at: number) => `Sddl : ${conditional.slice(0, at)}\r\n       ${conditional.slice(at).trimStart()}`;

  it("are joined wherever no blank can be lost, and never change what is read", () => {
    let joined = 0;
    for (let at = 1; at < conditional.length; at++) {
      try {
        expect(read(broken(at))).toEqual(["get-acl", [null, canonical]]);
        joined++;
      } catch (error) {
        expect(error).toMatchObject({ code: "ERR_ARGUMENT", carrier: "get-acl" });
      }
    }
    expect(joined).toBeGreaterThan(conditional.length / 2);
    const blank = conditional.indexOf("Exists ") + 7;
    for (const at of [blank, conditional.indexOf("x, y") + 3, conditional.indexOf("ists")]) {
      expect(refusal(broken(at)).message).toContain("a blank may be lost");
    }
  });

  it("inside a condition of plain SDDL are its own blanks", () => {
    const text = 'D:(XA;;FX;;;WD;\n(@USER.a ==\r\n\t"x"\n))';
    expect(read(text)).toEqual(["sddl", [null, 'D:(XA;;FX;;;WD;(@USER.a == "x"))']]);
  });

  it("that are cut off are refused, not read as less", () => {
    const text = `Sddl : D:(A;;FA;;;SY)\n(D;;FA;;;AN)\n`;
    expect(refusal(text)).toMatchObject({ code: "ERR_ARGUMENT", position: text.indexOf("(D;") });
  });
});

describe("refusals", () => {
  it("of text that is nothing tell what was tried", () => {
    for (const text of ["", "  \n", "hello, world", "{}"]) {
      const error = refusal(text);
      expect(error).toMatchObject({ code: "ERR_ARGUMENT", position: 0, carrier: null });
      expect(error.tried).toEqual(["reg", "ldif", "get-acl", "hex", "base64", "sc-sdshow", "icacls", "sddl"]);
      expect(error.message).toContain("reg, ldif, get-acl, hex, base64, sc-sdshow, icacls, sddl");
      expect(error).toBeInstanceOf(ArgumentError);
      expect(isSallyportError(error)).toBe(true);
    }
  });

  it("of AccessToString say why", () => {
    const lines = "NT AUTHORITY\\SYSTEM Allow  FullControl\nBUILTIN\\Users Deny  Write\n";
    for (const text of [lines, `AccessToString : ${lines}`]) {
      expect(refusal(text)).toMatchObject({ code: "ERR_ARGUMENT", carrier: "get-acl", position: 0 });
      expect(refusal(text).message).toContain("AccessToString is no descriptor");
    }
  });

  it.each<[string, string, string, string, string | null]>([
    ["SDDL", " D:(A;;FA;;;ZZ)", "ERR_SID", "ZZ", null],
    ["SDDL in lines", "D:(A;;FA;;;SY)\r\n(A;;FA;;;ZZ)", "ERR_SID", "ZZ", null],
    ["icacls", "a\r\nD:\r\nb\r\nD:(A;;FQ;;;SY)\r\n", "ERR_SDDL_SYNTAX", "FQ", "b"],
    ["a name without SDDL", "a\nD:\nb\nc\nD:\n", "ERR_ARGUMENT", "c\n", "a"],
    ["Get-Acl", "Path : X::C:\\a\nSddl : D:(A;;\n       FQ;;;SY)\n", "ERR_SDDL_SYNTAX", "FQ", "C:\\a"],
    ["sc sdshow", "C:\\>sc sdshow a\nD:(A;;FQ;;;SY)\n", "ERR_SDDL_SYNTAX", "FQ", "a"],
    ["sc sdshow of nothing", "C:\\>sc sdshow a\n", "ERR_ARGUMENT", "C:", "a"],
    ["hex digits", `hex:01,00,0g,${"00,".repeat(20)}00`, "ERR_ARGUMENT", "0g", null],
    ["half a byte", `"a"=hex:01,00,4,${"00,".repeat(20)}00`, "ERR_ARGUMENT", "4,", "a"],
    ["a value cut off", '"a"=hex:01,00,\\', "ERR_ARGUMENT", "", "a"],
  ])("of %s name the place and the entry", (_, text, code, place, entry) => {
    const error = refusal(text);
    const position =
      place === "" ? text.length : entry === "a" && place === "C:" ? error.position : text.indexOf(place);
    expect([error.code, error.position, error.entry]).toEqual([code, position, entry]);
  });

  it("lead the faults of bytes back to their digits", () => {
    // The owner's offset points behind the end.
    const wrong = [...pairs];
    wrong.splice(4, 4, "ff", "ff", "00", "00");
    const text = `hex:${wrong.slice(0, 10).join(",")},\\\n  ${wrong.slice(10).join(",")}`;
    expect(refusal(text)).toMatchObject({ code: "ERR_DESCRIPTOR", carrier: "reg", position: 4 + 3 * 4 });
    expect(refusal(text).cause).toBeInstanceOf(FormatError);
    const packed = Uint8Array.from(wrong, (pair) => Number.parseInt(pair, 16));
    expect(refusal(packed)).toMatchObject({ code: "ERR_DESCRIPTOR", carrier: "bytes", position: 4 });
    const spaced = ` ${folded(bytesToBase64(packed), 4, "\n")}`;
    expect(refusal(spaced)).toMatchObject({ code: "ERR_DESCRIPTOR", carrier: "base64", position: 1 + 5 + 1 });
  });

  it("count bytes when the input is bytes", () => {
    const text = "é\r\nD:(A;;FQ;;;SY)\r\n";
    const at = text.indexOf("FQ");
    expect(refusal(text).position).toBe(at);
    expect(refusal(text).cause).toBeInstanceOf(SddlError);
    expect(refusal(utf16(text, true)).position).toBe(2 + 2 * at);
    expect(refusal(new TextEncoder().encode(text)).position).toBe(at + 1);
  });

  it("of bytes that are no text, and of what is neither", () => {
    expect(refusal(new Uint8Array([0xe4, 0x0d, 0x0a, 0x44, 0x3a]))).toMatchObject({
      code: "ERR_ARGUMENT",
      carrier: null,
    });
    expect(refusal(new Uint8Array(0))).toMatchObject({ code: "ERR_ARGUMENT", position: 0 });
    for (const input of [null, 5, {}, [1]]) {
      expect(() => readDescriptors(input as unknown as string)).toThrow(ArgumentError);
    }
  });

  it("of what is too large come before any reading", () => {
    expect(refusal("x".repeat(0x800001))).toMatchObject({ code: "ERR_LIMIT", position: 0x800000 });
    expect(refusal(new Uint8Array(0x1000001))).toMatchObject({ code: "ERR_LIMIT", position: 0x1000000 });
    expect(refusal("01".repeat(0x100001))).toMatchObject({ code: "ERR_LIMIT", carrier: "hex" });
    expect(refusal("AQ".repeat(0xaaab0))).toMatchObject({ code: "ERR_LIMIT", carrier: "base64" });
    expect(refusal("a\nD:\n".repeat(65537))).toMatchObject({ code: "ERR_LIMIT", carrier: "icacls" });
  });

  it.each([
    "\n",
    " ",
    "a ",
    "hex:\\\n",
    "01,",
    "0x1 ",
    "\\",
    '"',
    "[",
    "]",
    "A",
    "Sddl : D:\n",
    "Path : x\n ",
    "dn: x\n",
    "D:\n",
    "a\nD:\n",
    "x Allow  ",
    "nTSecurityDescriptor::\n ",
    "C:\\>",
    "sc sdshow ",
    "sc \\\\",
    "D:(XA;;;;;WD;(a\n",
    "@=hex:01\n",
    "Sddl : x\n y\n",
  ])("of %j over and over take linear time", (piece) => {
    const text = piece.repeat(0x80000 / piece.length);
    const start = performance.now();
    try {
      readDescriptors(text);
    } catch (error) {
      expect(isSallyportError(error)).toBe(true);
    }
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it("are the only way out for damaged input", () => {
    const whole = [
      `a\r\n${other}\r\n`,
      getAcl("C:\\x", sddl),
      ldif("CN=x", sddl),
      regValue("x", sddl),
      base64,
      hex,
      sddl,
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...whole),
        fc.nat(),
        fc.nat({ max: 9 }),
        fc.string({ maxLength: 3 }),
        (text, where, cut, put) => {
          const at = where % text.length;
          const damaged = text.slice(0, at) + put + text.slice(at + cut);
          try {
            const { entries } = readDescriptors(damaged);
            expect(entries.length).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(CarrierError);
            const { position } = error as CarrierError;
            expect(position >= 0 && position <= damaged.length).toBe(true);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
