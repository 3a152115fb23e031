/** Bytes: the self-relative form, in and out, and the same answer from either door. */

export function bytes({ sallyport, engine, test, equal, throws }) {
  const { AccessToken, SecurityDescriptor } = sallyport;
  const hex = "010000801400000024000000000000000000000001020000000000052000000020020000010100000000000512000000";
  const fromHex = (text) => Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16));
  const toHex = (list) => [...list].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  test("a descriptor has the bytes of Windows", () => {
    equal(toHex(SecurityDescriptor.parse("O:BAG:SY").toBytes()), hex);
    equal(SecurityDescriptor.fromBytes(fromHex(hex)).toString(), "O:BAG:SY");
  });

  test("bytes and text are answered alike", () => {
    const text = SecurityDescriptor.parse("O:BAG:BAD:(XA;;FR;;;WD;(@User.Level >= 3))(A;;FW;;;AU)");
    const read = SecurityDescriptor.fromBytes(text.toBytes());
    const userClaims = [{ name: "Level", type: "int64", values: [4] }];
    const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU", "WD"], userClaims });
    for (const descriptor of [text, read]) {
      equal(engine.check({ token, descriptor, desired: 0x02000000, mapping: "file" }).access, 0x12019f);
    }
  });

  test("a view into a larger buffer is read as the view alone", () => {
    const larger = new Uint8Array(hex.length / 2 + 7).fill(0xff);
    larger.set(fromHex(hex), 3);
    equal(SecurityDescriptor.fromBytes(larger.subarray(3, 3 + hex.length / 2)).toString(), "O:BAG:SY");
  });

  test("bytes cut short say where", () => {
    const error = throws(() => SecurityDescriptor.fromBytes(fromHex(hex).subarray(0, 30)));
    equal([error.name, error.code, typeof error.offset], ["FormatError", "ERR_DESCRIPTOR", "number"]);
  });
}
