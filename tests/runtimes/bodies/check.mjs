/** The verdict of one check: granted, denied, mapped, restricted, below the label. */

export function check({ sallyport, engine, test, equal }) {
  const { AccessToken, FileRights, SecurityDescriptor } = sallyport;
  const alice = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU", "BU"] });
  const ask = (sddl, desired, token = alice) =>
    engine.check({ token, descriptor: SecurityDescriptor.parse(sddl), desired, mapping: "file" });

  test("an allow ACE grants what it names", () => {
    const verdict = ask("O:BAG:BAD:(A;;FR;;;BU)", FileRights.READ);
    equal(verdict, { granted: true, access: 0x120089, status: "STATUS_SUCCESS", privilegesUsed: [] });
  });

  test("an earlier deny wins, and nothing is granted", () => {
    const verdict = ask("O:BAG:BAD:(D;;FW;;;AU)(A;;FA;;;BU)", FileRights.WRITE);
    equal(verdict, { granted: false, access: 0, status: "STATUS_ACCESS_DENIED", privilegesUsed: [] });
  });

  test("an absent DACL grants everything, an empty one nothing", () => {
    equal(ask("O:BAG:BA", "GENERIC_ALL").access, 0x1f01ff);
    equal(ask("O:BAG:BAD:", "GENERIC_ALL").granted, false);
  });

  test("MAXIMUM_ALLOWED answers with the whole mask", () => {
    equal(ask("O:BAG:BAD:(A;;FRFX;;;AU)", 0x02000000).access, 0x1200a9);
  });

  test("a restricted token needs both of its doors", () => {
    const restricted = engine.filterToken(alice, { restrictedSids: ["RC"] });
    equal(ask("O:BAG:BAD:(A;;FR;;;AU)", FileRights.READ, restricted).granted, false);
    equal(ask("O:BAG:BAD:(A;;FR;;;AU)(A;;FR;;;RC)", FileRights.READ, restricted).granted, true);
  });

  test("a token below the object's label writes nothing", () => {
    const low = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU"], integrity: "Low" });
    equal(ask("O:BAG:BAD:(A;;FA;;;AU)", FileRights.WRITE, low).granted, false);
    equal(ask("O:BAG:BAD:(A;;FA;;;AU)", FileRights.READ, low).granted, true);
  });
}
