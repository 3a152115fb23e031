/** The arena is a cache: emptied, filled and outgrown, it changes no verdict; engines share nothing. */

export function reset({ sallyport, engine, newEngine, test, equal }) {
  const { AccessToken, SecurityDescriptor } = sallyport;
  const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU"] });
  const descriptor = SecurityDescriptor.parse("O:BAG:BAD:(A;;FR;;;AU)");
  const request = { token, descriptor, desired: "FILE_GENERIC_READ", mapping: "file" };

  test("a reset changes no verdict", () => {
    const before = engine.check(request);
    engine.reset();
    equal(engine.check(request), before);
  });

  test("values are at home in any engine", () => {
    const other = newEngine({ seed: 7 });
    equal(other.check(request), engine.check(request));
    other.reset();
    equal(engine.check(request).granted, true);
  });

  test("more descriptors than the arena holds are answered all the same", () => {
    const small = newEngine({ maximumMemory: 4 << 20 });
    const aces = Array.from({ length: 200 }, (_, i) => `(A;;FR;;;S-1-5-21-9-9-9-${i})`).join("");
    for (let i = 0; i < 1000; i++) {
      const descriptor = SecurityDescriptor.parse(`O:BAG:S-1-5-21-8-8-8-${i}D:${aces}(A;;FR;;;${i % 2 ? "AU" : "BG"})`);
      const { granted } = small.check({ ...request, descriptor });
      if (granted !== (i % 2 === 1)) equal([i, granted], [i, !granted]);
    }
    equal(small.check(request).granted, true);
  });
}
