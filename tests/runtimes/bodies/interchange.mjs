/** The JSON language of `sallyport/interchange`, over the same classes as the library's. */

export function interchange({ sallyport, interchange: { answer, parseRequest }, engine, test, equal, throws }) {
  const ask = (request) => JSON.parse(answer(JSON.stringify(request), engine));

  test("a line is answered with a line", () => {
    equal(ask({ id: 1, op: "sddl_to_binary", sddl: "O:BAG:SY" }), {
      id: 1,
      hex: "010000801400000024000000000000000000000001020000000000052000000020020000010100000000000512000000",
    });
    const descriptor = { sddl: "O:BAG:BAD:(A;;FR;;;SY)" };
    const verdict = ask({ op: "check", token: { user: "S-1-5-18" }, descriptor, desired: 1, mapping: "file" });
    equal([verdict.granted, verdict.access], [true, 1]);
    equal(ask({ id: "x", op: "nothing" }).error.code, "ERR_ARGUMENT");
  });

  test("its errors are the library's", () => {
    const error = throws(() => parseRequest("{"));
    equal([sallyport.isSallyportError(error), error.code], [true, "ERR_JSON"]);
  });
}
