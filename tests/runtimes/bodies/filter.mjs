/** Filtered tokens: fewer privileges, deny-only groups, restricting SIDs. */

export function filter({ sallyport, engine, test, equal, throws }) {
  const { AccessToken, FilterFlags } = sallyport;
  const admin = AccessToken.create({
    user: "S-1-5-21-1-2-3-500",
    groups: ["BA", "AU"],
    privileges: ["SeBackupPrivilege", "SeChangeNotifyPrivilege"],
  });

  test("filtering leaves the source as it was", () => {
    const filtered = engine.filterToken(admin, {
      flags: FilterFlags.DISABLE_MAX_PRIVILEGE,
      restrictedSids: ["RC", "WD"],
    });
    equal([filtered.privileges.length, admin.privileges.length], [1, 2]);
    equal(filtered.restrictedSids.map(String), ["S-1-5-12", "S-1-1-0"]);
    equal([filtered.isRestricted, admin.isRestricted], [true, false]);
  });

  test("a disabled group denies only", () => {
    const filtered = engine.filterToken(admin, { sidsToDisable: ["BA"] });
    const group = filtered.groups.find(({ sid }) => String(sid) === "S-1-5-32-544");
    equal((group.attributes & 0x10) !== 0, true);
  });

  test("a filtered token survives JSON", () => {
    const filtered = engine.filterToken(admin, { restrictedSids: ["RC"] });
    equal(AccessToken.create(JSON.parse(JSON.stringify(filtered))).toJSON(), filtered.toJSON());
  });

  test("what is no token is refused", () => {
    equal(throws(() => engine.filterToken({})).code, "ERR_ARGUMENT");
  });
}
