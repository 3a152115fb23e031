/** The kinds of object and the names of their rights. interchange.md */
import { describe, expect, it } from "vitest";
import { GenericMapping, mappingNames } from "../../src/generic-mapping.js";
import { objectTypes } from "../../src/object-type.js";
import { sddlRights, sharedBits, sharedComposites } from "../../src/rights/standard.js";

describe("objectTypes", () => {
  it("has every named mapping, and that mapping", () => {
    expect(Object.keys(objectTypes)).toEqual(mappingNames);
    for (const name of mappingNames)
      expect(objectTypes[name]).toMatchObject({ name, mapping: GenericMapping.of(name) });
  });

  it("no name means two things", () => {
    const meaning = new Map<string, number>();
    const families = Object.values(objectTypes).map(({ rights }) => Object.entries(rights));
    const shared = [...sharedBits, ...sharedComposites, ...sddlRights].map(({ name, mask }) => [name, mask] as const);
    for (const [name, mask] of [...families.flat(), ...shared]) {
      expect([name, meaning.get(name) ?? mask]).toEqual([name, mask]);
      meaning.set(name, mask);
    }
    expect(meaning.size).toBeGreaterThan(250);
  });

  it.each(mappingNames)("%s: one name for each specific bit, ascending", (name) => {
    const masks = objectTypes[name].family.bits.map((right) => right.mask);
    expect(masks).toEqual([...new Set(masks)].sort((a, b) => a - b));
    for (const mask of masks) expect([mask & (mask - 1), mask >>> 16]).toEqual([0, 0]);
  });

  it.each(mappingNames)("%s: every specific bit of GENERIC_ALL has a name", (name) => {
    const { family, mapping } = objectTypes[name];
    const named = family.bits.reduce((all, right) => all | right.mask, 0);
    // Processes and threads grant all sixteen bits, of which the headers name fewer.
    const expected = name === "process" || name === "thread" ? 0 : mapping.all & 0xffff;
    expect(expected & ~named).toBe(0);
  });

  it.each([
    ["file", "FILE_GENERIC_READ", "read"],
    ["file", "FILE_GENERIC_WRITE", "write"],
    ["file", "FILE_GENERIC_EXECUTE", "execute"],
    ["file", "FILE_ALL_ACCESS", "all"],
    ["directory", "FILE_GENERIC_EXECUTE", "execute"],
    ["key", "KEY_READ", "read"],
    ["key", "KEY_WRITE", "write"],
    ["key", "KEY_EXECUTE", "execute"],
    ["key", "KEY_ALL_ACCESS", "all"],
    ["service", "SERVICE_ALL_ACCESS", "all"],
    ["scm", "SC_MANAGER_ALL_ACCESS", "all"],
    ["process", "PROCESS_ALL_ACCESS", "all"],
    ["thread", "THREAD_ALL_ACCESS", "all"],
    ["token", "TOKEN_READ", "read"],
    ["token", "TOKEN_WRITE", "write"],
    ["token", "TOKEN_EXECUTE", "execute"],
    ["token", "TOKEN_ALL_ACCESS", "all"],
    ["job", "JOB_OBJECT_ALL_ACCESS", "all"],
    ["section", "SECTION_ALL_ACCESS", "all"],
    ["event", "EVENT_ALL_ACCESS", "all"],
    ["mutant", "MUTANT_ALL_ACCESS", "all"],
    ["semaphore", "SEMAPHORE_ALL_ACCESS", "all"],
    ["timer", "TIMER_ALL_ACCESS", "all"],
    ["object_directory", "DIRECTORY_ALL_ACCESS", "all"],
    ["symbolic_link", "SYMBOLIC_LINK_ALL_ACCESS", "all"],
    ["printer", "PRINTER_READ", "read"],
    ["printer", "PRINTER_ALL_ACCESS", "all"],
    ["ds_object", "DS_GENERIC_READ", "read"],
    ["ds_object", "DS_GENERIC_WRITE", "write"],
    ["ds_object", "DS_GENERIC_EXECUTE", "execute"],
    ["ds_object", "DS_GENERIC_ALL", "all"],
    ["event_log", "ELF_LOGFILE_ALL_ACCESS", "all"],
  ] as const)("%s: %s is what the mapping gives for %s", (type, name, generic) => {
    expect(objectTypes[type].rights[name]).toBe(objectTypes[type].mapping[generic]);
  });
});
