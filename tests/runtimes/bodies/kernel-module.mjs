/** The kernel as a module compiled elsewhere, `sallyport/kernel.wasm`: the answers of the default engine. */

export function kernelModule({ sallyport, engine, kernel, test, equal }) {
  const { AccessToken, Engine, SecurityDescriptor } = sallyport;
  test("an engine from a given module answers alike", () => {
    const request = {
      token: AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU"] }),
      descriptor: SecurityDescriptor.parse("O:BAG:BAD:(A;;FR;;;AU)"),
      desired: 0x02000000,
      mapping: "file",
    };
    equal(Engine.from(kernel).check(request), engine.check(request));
  });
}
