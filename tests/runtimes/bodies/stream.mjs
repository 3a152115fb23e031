/** A stream: the answers of `check` in batches, from a source that may be asynchronous. */

export function stream({ sallyport, engine, test, equal }) {
  const { AccessToken, SecurityDescriptor } = sallyport;
  const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU"] });
  const open = SecurityDescriptor.parse("D:(A;;FR;;;AU)");
  const shut = SecurityDescriptor.parse("D:").toBytes();

  test("values, bytes and broken bytes come out in their order", async () => {
    async function* source() {
      for (let i = 0; i < 1500; i++) yield i % 2 === 0 ? open : shut;
      yield new Uint8Array(3);
    }
    const batches = [];
    for await (const batch of engine.checkStream({ token, desired: 1, mapping: "file", descriptors: source() })) {
      batches.push(batch);
    }
    equal(
      batches.map(({ first, access }) => [first, access.length, access[0], access[1]]),
      [
        [0, 1024, 1, 0],
        [1024, 477, 1, 0],
      ],
    );
    equal(batches[1].faults, [{ index: 1500, offset: 0 }]);
  });
}
