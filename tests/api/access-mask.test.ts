/** Reading access masks. interchange.md, "Numbers and names". Their printing is in rights.test.ts. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeMask, formatMask, parseMask } from "../../src/access-mask.js";
import { ArgumentError } from "../../src/errors.js";
import { mappingNames } from "../../src/generic-mapping.js";

const anyMask = fc.nat({ max: 0xffffffff });

describe("parseMask", () => {
  it.each<[number | string, number]>([
    [0, 0],
    [4294967295, 0xffffffff],
    [0x80000000, 0x80000000],
    ["0x120089", 0x120089],
    ["0xFfFfFfFf", 0xffffffff],
    ["0x0", 0],
    ["0x000000000000000001", 1],
    ["0", 0],
    ["1179785", 0x120089],
    ["4294967295", 0xffffffff],
    ["0000000000000000010", 10],
    ["FR", 0x120089],
    ["FR|SD", 0x130089],
    ["FILE_READ_DATA|DELETE", 0x10001],
    ["MAXIMUM_ALLOWED", 0x02000000],
    ["GENERIC_READ", 0x80000000],
    ["GA|GR|GW|GX", 0xf0000000],
    ["FR|FR", 0x120089],
    ["GR", 0x80000000],
    ["RC", 0x20000],
    ["WD", 0x40000],
    ["WO", 0x80000],
    ["CC", 1],
    ["DC", 2],
    ["LC", 4],
    ["SW", 8],
    ["RP", 0x10],
    ["WP", 0x20],
    ["DT", 0x40],
    ["LO", 0x80],
    ["CR", 0x100],
    ["FA", 0x1f01ff],
    ["FW", 0x120116],
    ["FX", 0x1200a0],
    ["KA", 0xf003f],
    ["KR", 0x20019],
    ["KW", 0x20006],
    ["KX", 0x20019],
    ["NW", 1],
    ["NR", 2],
    ["NX", 4],
    ["ACCESS_SYSTEM_SECURITY", 0x01000000],
    ["SYNCHRONIZE", 0x100000],
    ["STANDARD_RIGHTS_REQUIRED", 0xf0000],
    ["STANDARD_RIGHTS_ALL", 0x1f0000],
    ["SPECIFIC_RIGHTS_ALL", 0xffff],
    ["FILE_LIST_DIRECTORY", 1],
    ["FILE_EXECUTE", 0x20],
    ["FILE_TRAVERSE", 0x20],
    ["FILE_CREATE_PIPE_INSTANCE", 4],
    ["KEY_WOW64_RES", 0x300],
    ["SERVICE_START", 0x10],
    ["SC_MANAGER_CONNECT", 1],
    ["PROCESS_VM_READ", 0x10],
    ["PROCESS_QUERY_LIMITED_INFORMATION", 0x1000],
    ["THREAD_SET_THREAD_TOKEN", 0x80],
    ["TOKEN_ADJUST_SESSIONID", 0x100],
    ["TOKEN_ALL_ACCESS_P", 0xf00ff],
    ["JOB_OBJECT_TERMINATE", 8],
    ["SECTION_MAP_READ", 4],
    ["FILE_MAP_EXECUTE", 0x20],
    ["EVENT_MODIFY_STATE", 2],
    ["MUTANT_QUERY_STATE", 1],
    ["SEMAPHORE_MODIFY_STATE", 2],
    ["TIMER_MODIFY_STATE", 2],
    ["DIRECTORY_CREATE_OBJECT", 4],
    ["SYMBOLIC_LINK_QUERY", 1],
    ["WINSTA_READSCREEN", 0x200],
    ["DESKTOP_SWITCHDESKTOP", 0x100],
    ["PRINTER_ACCESS_USE", 8],
    ["SERVER_ACCESS_ENUMERATE", 2],
    ["JOB_ACCESS_READ", 0x20],
    ["JOB_READ", 0x20030],
    ["WBEM_REMOTE_ACCESS", 0x20],
    ["WBEM_RIGHT_PUBLISH", 0x80],
    ["ELF_LOGFILE_CLEAR", 4],
    ["ADS_RIGHT_DS_CONTROL_ACCESS", 0x100],
    ["ADS_RIGHT_ACTRL_DS_LIST", 4],
    ["ACTRL_DS_SELF", 8],
    ["ADS_RIGHT_GENERIC_ALL", 0x10000000],
    ["FILE_READ_DATA | SYNCHRONIZE", 0x100001],
    ["DELETE | 0x200 | 0x400000", 0x410200],
  ])("%j is %i", (text, mask) => {
    expect(parseMask(text)).toBe(mask);
  });

  it.each<[unknown]>([
    [-1],
    [1.5],
    [Number.NaN],
    [Infinity],
    [4294967296],
    ["4294967296"],
    ["99999999999999999999"],
    ["0x100000000"],
    ["0x1ffffffff"],
    [`0x${"f".repeat(100_000)}`],
    [""],
    [" "],
    ["0x"],
    ["0x "],
    ["0X1"],
    ["0xg"],
    ["12abc"],
    ["1e3"],
    [" 5"],
    ["5 "],
    ["+5"],
    ["-5"],
    ["5.0"],
    ["0b1"],
    ["0o7"],
    ["\uff15"],
    ["1_000"],
    ["fr"],
    ["Fr"],
    ["FILE_READ_data"],
    ["FRSD"],
    ["FR| SD"],
    ["FR |SD"],
    ["FR||SD"],
    ["|FR"],
    ["FR|"],
    ["|"],
    ["FR,SD"],
    ["FR|1"],
    ["FR|0x1"],
    ["FR | 1"],
    ["FR | 0x100000000"],
    ["FR | SD|RC"],
    ["FR |  SD"],
    ["FR | "],
    [" | FR"],
    ["__proto__"],
    ["constructor"],
    ["toString"],
    [5n],
    [true],
    [false],
    [null],
    [undefined],
    [{}],
    [[5]],
    [["FR"]],
    [{ valueOf: () => 5 }],
    [{ toString: () => "FR" }],
    [new Number(5)],
    [new String("FR")],
  ])("%o is ERR_ARGUMENT", (value) => {
    let error: unknown;
    try {
      parseMask(value as number, ["desired"]);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code: "ERR_ARGUMENT", path: ["desired"] });
    expect((error as Error).message.length).toBeLessThan(200);
  });

  it("number, hexadecimal and decimal say the same", () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        expect([parseMask(mask), parseMask(`0x${mask.toString(16)}`), parseMask(String(mask))]).toEqual([
          mask,
          mask,
          mask,
        ]);
      }),
    );
  });

  it("what is printed reads back", () => {
    fc.assert(
      fc.property(anyMask, fc.constantFrom(null, ...mappingNames), (mask, type) => {
        expect(parseMask(formatMask(mask, type))).toBe(mask);
        expect(parseMask(describeMask(mask, type))).toBe(mask);
      }),
    );
  });

  it("-0 is 0", () => {
    expect(Object.is(parseMask(-0), 0)).toBe(true);
  });
});
