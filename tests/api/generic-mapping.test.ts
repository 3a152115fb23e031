/** Named and own mappings. interchange.md, "Named mappings" */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../../src/errors.js";
import {
  GenericMapping,
  type GenericMappingFields,
  type MappingName,
  mappingNames,
} from "../../src/generic-mapping.js";

/** The table of interchange.md, word for word. */
const table = `
file 120089 120116 1200A0 1F01FF
directory 120089 120116 1200A0 1F01FF
pipe 120089 120116 1200A0 1F01FF
share 120089 120116 1200A0 1F01FF
key 20019 20006 20019 F003F
service 2008D 20002 20170 F01FF
scm 20014 20022 20009 F003F
process 20410 20BEA 121001 1FFFFF
thread 20048 20437 121800 1FFFFF
token 20008 200E0 20000 F01FF
job 20004 2000B 120000 1F003F
section 20005 20002 20008 F001F
event 20001 20002 120000 1F0003
semaphore 20001 20002 120000 1F0003
timer 20001 20002 120000 1F0003
mutant 20001 20000 120000 1F0001
object_directory 20003 2000C 20003 F000F
symbolic_link 20001 20000 20001 F0001
window_station 20303 2001C 20060 F037F
desktop 20041 200BE 20100 F01FF
printer 20008 20008 20008 F000C
ds_object 20094 20028 20004 F01FF
wmi_namespace 20001 2001C 20022 6003F
event_log 20001 20002 20000 F0007
`
  .trim()
  .split("\n")
  .map((line) => line.split(" "));

const own = { read: 1, write: 2, execute: 4, all: 7 };

function codeOf(mapping: unknown): string {
  try {
    GenericMapping.of(mapping as MappingName);
  } catch (error) {
    if (error instanceof ArgumentError) return error.code;
    throw error;
  }
  return "no error";
}

describe("named mappings", () => {
  it.each(table)("%s", (name, ...masks) => {
    const { read, write, execute, all } = GenericMapping.of(name as MappingName);
    expect([read, write, execute, all]).toEqual(masks.map((mask) => Number.parseInt(mask, 16)));
  });

  it("are those of the table, each one frozen instance that knows its name", () => {
    expect(mappingNames).toEqual(table.map(([name]) => name));
    for (const name of mappingNames) {
      expect(GenericMapping.of(name)).toBe(GenericMapping.of(name));
      expect(GenericMapping.of(name).name).toBe(name);
      expect(Object.isFrozen(GenericMapping.of(name))).toBe(true);
    }
  });

  it.each(["", "File", "file ", "__proto__", "constructor", "toString", "registry"])("%j is unknown", (name) => {
    expect(codeOf(name)).toBe("ERR_ARGUMENT");
  });
});

describe("a mapping of the caller's own", () => {
  it("has no name, and is read once", () => {
    let reads = 0;
    const counting: GenericMappingFields = { ...own };
    Object.defineProperty(counting, "read", { get: () => ++reads });
    const mapping = GenericMapping.of(counting);
    expect(mapping).toMatchObject({ name: null, read: 1, write: 2, execute: 4, all: 7 });
    expect(reads).toBe(1);
    expect(GenericMapping.of(mapping)).toBe(mapping);
  });

  it.each([
    ["generic bits", { ...own, all: 0x10000000 }],
    ["GENERIC_READ", { ...own, read: 0x80000000 }],
    ["MAXIMUM_ALLOWED", { ...own, write: 0x02000000 }],
    ["a missing mask", { read: 1, write: 2, execute: 4 }],
    ["a negative mask", { ...own, execute: -1 }],
    ["a mask beyond 32 bits", { ...own, execute: 2 ** 32 + 1 }],
    ["half a bit", { ...own, execute: 0.5 }],
    ["NaN", { ...own, execute: Number.NaN }],
    ["text", { ...own, execute: "4" }],
    ["null", null],
    ["undefined", undefined],
    ["a number", 7],
    ["a list", [1, 2, 4, 7]],
  ])("with %s is ERR_ARGUMENT", (_, mapping) => {
    expect(codeOf(mapping)).toBe("ERR_ARGUMENT");
  });

  it("may hold ACCESS_SYSTEM_SECURITY", () => {
    expect(GenericMapping.of({ ...own, all: 0x010f01ff }).all).toBe(0x010f01ff);
  });
});

describe("map", () => {
  it.each([
    [0x80000000, 0x120089],
    [0x40000000, 0x120116],
    [0x20000000, 0x1200a0],
    [0x10000000, 0x1f01ff],
    [0xf0000000, 0x1f01ff],
    [0xc0000000, 0x12019f],
    [0x80010000, 0x130089],
    [0x02000000, 0x02000000],
    [0x3, 0x3],
    [0, 0],
  ])("0x%x of a file", (mask, mapped) => {
    expect(GenericMapping.of("file").map(mask)).toBe(mapped);
  });

  it("leaves no generic bit, keeps every other, and does nothing twice", () => {
    fc.assert(
      fc.property(fc.constantFrom(...mappingNames), fc.nat({ max: 0xffffffff }), (name, mask) => {
        const mapping = GenericMapping.of(name);
        const mapped = mapping.map(mask);
        expect(mapped & 0xf0000000).toBe(0);
        expect(mapped & mask & 0x0fffffff).toBe(mask & 0x0fffffff);
        expect(mapping.map(mapped)).toBe(mapped);
      }),
    );
  });
});
