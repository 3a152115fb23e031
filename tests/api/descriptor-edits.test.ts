/** Labels and protection: one thing changes, everything else stays. */
import { describe, expect, it } from "vitest";
import { protect, unprotect, withLabel } from "../../src/descriptor-edits.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";

const read = SecurityDescriptor.parse;
const fault = expect.objectContaining({ code: "ERR_ARGUMENT" });

/** A DACL whose first ACE nobody knows. */
function unknown(sddl: string): SecurityDescriptor {
  const bytes = read(sddl).toBytes();
  bytes[28] = 0x77;
  return SecurityDescriptor.fromBytes(bytes);
}

describe("withLabel", () => {
  it.each([
    ["O:BAD:(A;;FA;;;BA)", { level: "High" }, "O:BAD:(A;;FA;;;BA)S:(ML;;NW;;;HI)"],
    ["S:(AU;SA;FA;;;WD)", { level: 0x1000, policy: 3 }, "S:(AU;SA;FA;;;WD)(ML;;NWNR;;;LW)"],
    ["S:P(ML;;NW;;;HI)(AU;SA;FA;;;WD)(ML;;NR;;;SI)", { level: "Low", flags: 3 }, "S:P(ML;OICI;NW;;;LW)(AU;SA;FA;;;WD)"],
    ["S:(ML;OICIIO;NW;;;HI)", { level: "Medium" }, "S:(ML;OICIIO;NW;;;HI)(ML;;NW;;;ME)"],
    ["S:NO_ACCESS_CONTROL", { level: "Medium" }, "S:(ML;;NW;;;ME)"],
    ["S:(ML;;NW;;;HI)(AU;SA;FA;;;WD)", null, "S:(AU;SA;FA;;;WD)"],
    ["S:(ML;;NW;;;HI)", null, "S:"],
    ["D:", null, "D:"],
  ])("%s with %o", (before, label, after) => {
    expect(withLabel(read(before), label).toString()).toBe(after);
  });

  it("keeps what nobody knows", () => {
    const before = unknown("D:(A;;FA;;;BA)");
    expect(withLabel(before, { level: "High" }).dacl).toBe(before.dacl);
  });

  it.each([[{ level: "high" }], [{ level: -1 }], [{ level: 1.5 }], [{ level: "toString" }], [{ level: 0, policy: 8 }]])(
    "refuses %o",
    (label) => {
      expect(() => withLabel(read("D:"), label)).toThrow(fault);
    },
  );
});

describe("protect", () => {
  const inherited = "D:AI(A;;FR;;;WD)(A;OICIID;FA;;;BA)S:AI(AU;IDSA;FA;;;WD)";

  it("makes inherited ACEs explicit, or drops them, in one ACL", () => {
    expect(protect(read(inherited), "keep").toString()).toBe("D:PAI(A;;FR;;;WD)(A;OICI;FA;;;BA)S:AI(AU;IDSA;FA;;;WD)");
    expect(protect(read(inherited), "drop").toString()).toBe("D:PAI(A;;FR;;;WD)S:AI(AU;IDSA;FA;;;WD)");
    expect(protect(read(inherited), "drop", "sacl").toString()).toBe("D:AI(A;;FR;;;WD)(A;OICIID;FA;;;BA)S:PAI");
  });

  it("is a bit alone where nothing is inherited, a NULL DACL and none included", () => {
    for (const [before, after] of [
      ["D:(A;;FR;;;WD)", "D:P(A;;FR;;;WD)"],
      ["D:NO_ACCESS_CONTROL", "D:PNO_ACCESS_CONTROL"],
    ]) {
      expect(protect(read(before), "keep").toString()).toBe(after);
    }
    expect(protect(read("O:BA"), "drop").daclState).toBe("absent");
  });

  it("keeps what nobody knows, inherited or not, and the revision", () => {
    const before = unknown("D:(A;ID;FA;;;BA)(OA;ID;CR;bf967aba-0de6-11d0-a285-00aa003049e2;;WD)(A;;FR;;;WD)");
    const kept = protect(before, "keep").dacl;
    expect(kept?.aces.map(({ type, flags }) => [type, flags])).toEqual([
      [0x77, 0],
      [5, 0],
      [0, 0],
    ]);
    expect(kept?.aces[0].data).toEqual(before.dacl?.aces[0].data);
    expect(protect(before, "drop").dacl).toMatchObject({ revision: 4, aces: [{ type: 0 }] });
  });

  it("is undone by unprotect, which changes no ACE", () => {
    const before = read("D:P(A;;FR;;;WD)S:P");
    expect(unprotect(before).toString()).toBe("D:(A;;FR;;;WD)S:P");
    expect(unprotect(before, "sacl").toString()).toBe("D:P(A;;FR;;;WD)S:");
    expect(unprotect(before).dacl).toBe(before.dacl);
  });

  it("refuses other words", () => {
    expect(() => protect(read("D:"), "copy" as "keep")).toThrow(fault);
    expect(() => protect(read("D:"), "keep", "owner" as "dacl")).toThrow(fault);
    expect(() => unprotect(read("D:"), "owner" as "dacl")).toThrow(fault);
  });
});
