/** Threads where the runtime has them, and the answers of one engine in any case. */

export function parallel({ sallyport, parallel: entry, threads, engine, test, equal }) {
  const { AccessToken, DescriptorSet, SecurityDescriptor } = sallyport;
  const { ParallelEngine } = entry;
  const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["AU", "BU"] });
  const parts = Array.from({ length: 3000 }, (_, i) =>
    SecurityDescriptor.parse(`O:BAG:BAD:(${i % 3 === 0 ? "D" : "A"};;FR;;;AU)(A;;FW;;;S-1-5-21-1-2-3-${i})`).toBytes(),
  );
  parts[2000] = parts[2000].slice(0, 30);
  const offsets = new Uint32Array(parts.length + 1);
  parts.forEach((part, i) => {
    offsets[i + 1] = offsets[i] + part.length;
  });
  const bytes = new Uint8Array(offsets[parts.length]);
  for (const [i, part] of parts.entries()) bytes.set(part, offsets[i]);
  const question = { token, desired: 1, mapping: "file" };

  test("two threads answer as one engine does", async () => {
    const several = new ParallelEngine({ threads: 2 });
    equal(await several.threads(), threads ? 2 : 0);
    const wanted = engine.scanBytes({ ...question, bytes, offsets });
    equal(wanted.faults.length, 1);
    const found = await several.scanBytes({ ...question, bytes, offsets });
    equal([[...found.access], found.faults], [[...wanted.access], wanted.faults]);
    const descriptors = DescriptorSet.fromBytes(bytes, offsets.subarray(0, 2001));
    const matrix = { ...question, token: undefined, tokens: [token, token], descriptors };
    equal([...(await several.checkMatrix(matrix))], [...engine.checkMatrix(matrix)]);
    await several.close();
  });

  test("as many as there are cores, and an end that is told", async () => {
    const several = new ParallelEngine();
    const found = await several.scanBytes({ ...question, bytes, offsets });
    equal(found.faults.length, 1);
    await several.close();
    const error = await several.scanBytes({ ...question, bytes, offsets }).catch((caught) => caught);
    equal(error.code, "ERR_ENGINE");
  });
}
