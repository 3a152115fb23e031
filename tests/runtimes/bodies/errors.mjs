/** Errors: stable codes, places, and one test for all of them. */

export function errors({ sallyport, engine, test, equal, throws }) {
  const { AccessToken, Engine, SecurityDescriptor, Sid, isSallyportError } = sallyport;
  const token = AccessToken.create({ user: "S-1-5-18" });

  test("each kind has its name, its code and its place", () => {
    const text = throws(() => SecurityDescriptor.parse("D:(A;;FR;;;BU"));
    equal([text.name, isSallyportError(text), Number.isInteger(text.position)], ["SddlError", true, true]);
    const argument = throws(() => AccessToken.create({ user: "S-1-5-18", groups: ["BA", "nobody"] }));
    equal(
      [argument.name, argument instanceof TypeError, argument.path.slice(0, 2)],
      ["ArgumentError", true, ["groups", 1]],
    );
    equal(throws(() => Sid.parse("S-1")).code, "ERR_SID");
    equal(isSallyportError(new TypeError("other")), false);
  });

  test("a request without a descriptor is an error, no denial", () => {
    equal(throws(() => engine.check({ token, desired: 1, mapping: "file" })).code, "ERR_ARGUMENT");
    equal(
      throws(() => engine.check({ token, descriptor: SecurityDescriptor.parse("D:"), desired: 1, mapping: "door" }))
        .code,
      "ERR_ARGUMENT",
    );
  });

  test("a foreign module is refused", () => {
    equal(throws(() => Engine.from({})).code, "ERR_ENGINE");
  });
}
