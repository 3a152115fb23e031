/** Printing access masks, and the rights for users. formats.md 2 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DesktopRights,
  DirectoryRights,
  DsRights,
  describeMask,
  EventLogRights,
  EventRights,
  FileRights,
  formatMask,
  GenericRights,
  JobRights,
  KeyRights,
  MutantRights,
  ObjectDirectoryRights,
  PipeRights,
  PrinterRights,
  ProcessRights,
  parseMask,
  rightsOf,
  ScmRights,
  SectionRights,
  SemaphoreRights,
  ServiceRights,
  StandardRights,
  SymbolicLinkRights,
  ThreadRights,
  TimerRights,
  TokenRights,
  WindowStationRights,
  WmiRights,
} from "../../src/access-mask.js";
import { ArgumentError } from "../../src/errors.js";
import { type MappingName, mappingNames } from "../../src/generic-mapping.js";

const anyMask = fc.nat({ max: 0xffffffff });

describe("rightsOf", () => {
  it("names each bit, ascending, by the kind of object", () => {
    const names = (type?: MappingName) => rightsOf(0x80120021, type).map((right) => right.name);
    expect(names("file")).toEqual(["FILE_READ_DATA", "FILE_EXECUTE", "READ_CONTROL", "SYNCHRONIZE", "GENERIC_READ"]);
    expect(names("directory")).toEqual([
      "FILE_LIST_DIRECTORY",
      "FILE_TRAVERSE",
      "READ_CONTROL",
      "SYNCHRONIZE",
      "GENERIC_READ",
    ]);
    expect(names("share")).toEqual(names("file"));
    expect(names()).toEqual(["0x1", "0x20", "READ_CONTROL", "SYNCHRONIZE", "GENERIC_READ"]);
  });

  it("shows a bit without a name as a number", () => {
    expect(rightsOf(0x08000200, "file")).toEqual([
      { name: "0x200", mask: 0x200 },
      { name: "0x8000000", mask: 0x08000000 },
    ]);
  });

  it("the bits together are the mask, and every name reads back to its bit", () => {
    fc.assert(
      fc.property(fc.constantFrom(undefined, ...mappingNames), anyMask, (type, mask) => {
        const rights = rightsOf(mask, type);
        expect(rights.reduce((all, right) => (all | right.mask) >>> 0, 0)).toBe(mask);
        for (const right of rights) expect(parseMask(right.name)).toBe(right.mask);
      }),
    );
  });

  it("an unknown kind of object is ERR_ARGUMENT", () => {
    for (const type of ["files", "__proto__", "constructor"]) {
      expect(() => rightsOf(1, type as MappingName)).toThrow(ArgumentError);
    }
  });
});

describe("formatMask and describeMask", () => {
  it.each<[number, MappingName | null, string, string]>([
    [0x100001, "file", "FILE_READ_DATA | SYNCHRONIZE", "FILE_READ_DATA | SYNCHRONIZE"],
    [
      0xf003f,
      "key",
      "KEY_QUERY_VALUE | KEY_SET_VALUE | KEY_CREATE_SUB_KEY | KEY_ENUMERATE_SUB_KEYS | KEY_NOTIFY | KEY_CREATE_LINK | DELETE | READ_CONTROL | WRITE_DAC | WRITE_OWNER",
      "KEY_ALL_ACCESS",
    ],
    [0x20019, "key", "KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS | KEY_NOTIFY | READ_CONTROL", "KEY_READ"],
    [0xf0000, null, "DELETE | READ_CONTROL | WRITE_DAC | WRITE_OWNER", "STANDARD_RIGHTS_REQUIRED"],
    [0x20000, "token", "READ_CONTROL", "READ_CONTROL"],
    [0, "file", "0", "0"],
  ])("0x%x of %s", (mask, type, formatted, described) => {
    expect(formatMask(mask, type)).toBe(formatted);
    expect(describeMask(mask, type)).toBe(described);
  });

  it("a whole is named only when it reads back to the same mask", () => {
    for (const type of mappingNames) {
      const described = describeMask(0x1f01ff, type);
      if (!described.includes(" ")) expect(parseMask(described)).toBe(0x1f01ff);
    }
    expect(describeMask(0x1f01ff, "file")).toBe("FILE_ALL_ACCESS");
    expect(describeMask(0x120089, "directory")).toBe("FILE_GENERIC_READ");
  });
});

describe("rights for users", () => {
  it("are frozen objects of unsigned masks", () => {
    const all = [
      FileRights,
      DirectoryRights,
      PipeRights,
      KeyRights,
      ServiceRights,
      ScmRights,
      ProcessRights,
      ThreadRights,
      TokenRights,
      JobRights,
      SectionRights,
      EventRights,
      MutantRights,
      SemaphoreRights,
      TimerRights,
      ObjectDirectoryRights,
      SymbolicLinkRights,
      WindowStationRights,
      DesktopRights,
      PrinterRights,
      WmiRights,
      EventLogRights,
      DsRights,
      StandardRights,
      GenericRights,
    ];
    for (const rights of all) {
      expect(Object.isFrozen(rights)).toBe(true);
      for (const mask of Object.values(rights)) expect(mask >>> 0).toBe(mask);
    }
  });

  it("say what the headers say", () => {
    expect(FileRights.READ).toBe(0x120089);
    expect(FileRights.READ_DATA).toBe(1);
    expect(DirectoryRights.LIST_DIRECTORY).toBe(FileRights.READ_DATA);
    expect(StandardRights.ALL).toBe(StandardRights.REQUIRED | StandardRights.SYNCHRONIZE);
    expect(GenericRights.READ).toBe(0x80000000);
  });
});
