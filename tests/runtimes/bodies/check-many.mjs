/** `checkMany` is `check` repeated. */

export function checkMany({ sallyport, engine, test, equal }) {
  const { AccessToken, SecurityDescriptor } = sallyport;
  const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU", "BU"] });
  const texts = ["O:BAG:BAD:(A;;FR;;;BU)", "O:BAG:BAD:", "O:BAG:BA", "O:BAG:BAD:(D;;FR;;;AU)(A;;FR;;;BU)"];

  test("many descriptors are answered in their order", () => {
    const descriptors = texts.map((text) => SecurityDescriptor.parse(text));
    const masks = engine.checkMany({ token, descriptors, desired: "FILE_GENERIC_READ", mapping: "file" });
    equal([...masks], [0x120089, 0, 0x120089, 0]);
  });

  test("a thousand answers are those of check", () => {
    const descriptors = Array.from({ length: 1000 }, (_, i) =>
      SecurityDescriptor.parse(
        `O:BAG:BAD:(${i % 3 === 0 ? "D" : "A"};;FR;;;AU)(A;;FW;;;S-1-5-21-1-2-3-${1000 + (i % 7)})`,
      ),
    );
    const desired = "FILE_READ_DATA";
    const masks = engine.checkMany({ token, descriptors, desired, mapping: "file" });
    const wrong = descriptors.findIndex(
      (descriptor, i) => engine.check({ token, descriptor, desired, mapping: "file" }).access !== masks[i],
    );
    equal(wrong, -1);
  });
}
