/** Why: `explain` gives the verdict of `check`, and a sentence for each refusal. */

export function explain({ sallyport, engine, test, equal }) {
  const { AccessToken, FileRights, SecurityDescriptor } = sallyport;
  const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU"] });
  const descriptor = SecurityDescriptor.parse("O:BAG:BAD:(D;;0x2;;;AU)(A;;FRFW;;;AU)");
  const request = { token, descriptor, desired: FileRights.READ | FileRights.WRITE, mapping: "file" };

  test("the verdict is that of check", () => {
    equal(engine.explain(request).verdict, engine.check(request));
  });

  test("the bit that was denied names its ACE, the others theirs", () => {
    const { bits, cause, complete } = engine.explain(request);
    equal([cause, complete], ["explicitly-denied", true]);
    const refused = bits.filter(({ granted }) => !granted);
    equal(
      refused.map(({ right, reason }) => [right, reason.kind, reason.ace.index, reason.ace.name]),
      [["FILE_WRITE_DATA", "denied-by-ace", 0, "NT AUTHORITY\\Authenticated Users"]],
    );
    equal(bits.find(({ right }) => right === "FILE_READ_DATA").reason.ace.index, 1);
  });

  test("it prints as text and serialises as JSON", () => {
    const explanation = engine.explain(request);
    equal(String(explanation).split("\n")[0], "denied: STATUS_ACCESS_DENIED (explicitly denied)");
    equal(JSON.parse(JSON.stringify(explanation)).bits.length, explanation.bits.length);
  });
}
