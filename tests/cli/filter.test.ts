/** `sallyport filter`: what changed, the interchange answer, and refusals by status. */
import { describe, expect, it } from "vitest";
import { ALICE, hasStack, sallyport } from "./running.js";

const admin = ["--user", ALICE, "--group", "BA,BU,WD", "--privilege", "SeDebugPrivilege,SeChangeNotifyPrivilege"];
const filter = (...args: string[]) => sallyport(["filter", ...args]);

describe("what changed", () => {
  it("groups turned deny-only, privileges removed, the restricting list, flags", () => {
    const asked = [
      "--disable",
      "BA",
      "--delete-privilege",
      "SeDebugPrivilege",
      "--restrict",
      "RC,BU",
      "--flags",
      "WRITE_RESTRICTED",
    ];
    expect(filter(...admin, ...asked)).toEqual({
      status: 0,
      err: "",
      out: `filtered  STATUS_SUCCESS
  deny only    BUILTIN\\Administrators (S-1-5-32-544)  enabled → deny only
  privileges   - SeDebugPrivilege
               1 kept: SeChangeNotifyPrivilege
  restricting  + NT AUTHORITY\\RESTRICTED (S-1-5-12)
               + BUILTIN\\Users (S-1-5-32-545)
  flags        not write-restricted → write-restricted
`,
    });
  });

  it("a list that meets another: what went is told", () => {
    const { out } = filter("--user", ALICE, "--restricted", "WD,BU", "--restrict", "WD,RC");
    expect(out).toContain("- BUILTIN\\Users (S-1-5-32-545)\n");
    expect(out).toContain("1 kept: Everyone (S-1-1-0)\n");
    expect(filter("--user", ALICE, "--restricted", "BU", "--restrict", "RC").out).toContain("restricted to nothing");
  });

  it("DISABLE_MAX_PRIVILEGE and SANDBOX_INERT, by names or as a number", () => {
    const { out } = filter(...admin, "--flags", "DISABLE_MAX_PRIVILEGE,SANDBOX_INERT");
    expect(out).toContain("- SeDebugPrivilege\n");
    expect(out).toContain("not sandbox-inert → sandbox-inert\n");
    expect(filter(...admin, "--flags", "3").out).toBe(out);
  });

  it("an owner that became deny-only gives way to the user", () => {
    const token = JSON.stringify({ user: ALICE, groups: [{ sid: "BA", attributes: 15 }], owner: "BA" });
    const { out } = filter("--token", token, "--disable", "BA");
    expect(out).toContain(`owner      BUILTIN\\Administrators (S-1-5-32-544) → ${ALICE}\n`);
  });

  it("nothing asked: nothing changed", () => {
    expect(filter(...admin).out).toContain("nothing changed but the token's identity");
  });
});

describe("--json", () => {
  it("is the answer of the interchange, and check takes it as a token", () => {
    const { status, out } = filter(...admin, "--disable", "BA", "--json");
    expect(status).toBe(0);
    const { token, ...rest } = JSON.parse(out);
    expect(rest).toEqual({ status: "STATUS_SUCCESS" });
    expect(token.groups[0]).toEqual({ sid: "S-1-5-32-544", attributes: 0x11 });
    const ask = (input: string) =>
      sallyport(["check", "D:(A;;FA;;;BA)", "-t", "-", "-d", "FR", "-m", "file"], { input });
    expect(ask(out)).toMatchObject({ status: 1, err: "" });
    expect(ask(filter(...admin, "--json").out)).toMatchObject({ status: 0, err: "" });
  });
});

describe("refusals and wrong input", () => {
  it("a refusal by status is exit status 1", () => {
    const duplicate = ["--restrict", "RC", "--flags", "0x100"];
    expect(filter(...admin, ...duplicate)).toEqual({ status: 1, out: "refused  STATUS_INVALID_PARAMETER\n", err: "" });
    expect(filter(...admin, ...duplicate, "--json")).toMatchObject({
      status: 1,
      out: '{"status":"STATUS_INVALID_PARAMETER"}\n',
    });
  });

  it("--call and --tcb reach the engine", () => {
    const widening = ["--user", ALICE, "--restricted", "RC", "--restrict", "WD", "--call", "CreateRestrictedToken"];
    expect(filter(...widening).status).toBe(0);
    const asked = (...more: string[]) =>
      filter(...admin, "--flags", "SANDBOX_INERT", "--call", "CreateRestrictedToken", ...more);
    expect([asked().out, asked("--tcb").out].map((out) => out.includes("sandbox-inert"))).toEqual([false, true]);
  });

  it.each([
    ["ERR_SID", ["--disable", "XX"]],
    ["ERR_ARGUMENT: flags", ["--flags", "FROB"]],
    ["ERR_ARGUMENT", ["--delete-privilege", "SeFrobPrivilege"]],
    ["--call <name>", ["--call", "Frob"]],
  ])("%s: exit status 2", (message, args) => {
    const { status, out, err } = filter(...admin, ...args);
    expect({ status, out, stack: hasStack(err) }).toEqual({ status: 2, out: "", stack: false });
    expect(err).toContain(message);
  });
});
