/**
 * The kernel seen from outside: what it imports and exports, and the bounds of its memory.
 *
 * Reads a compiled module; knows nothing of what its exports do.
 */

/** Bounds of a memory in pages of 64 KiB; `maximum` is null where none is declared. */
export interface MemoryBounds {
  readonly initial: number;
  readonly maximum: number | null;
}

const MEMORY_SECTION = 5;

/** The memory a module defines, from its binary; null when it defines none. */
export function definedMemory(bytes: Uint8Array): MemoryBounds | null {
  let at = 8;
  const leb = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const section = bytes[at++];
    const size = leb();
    if (section !== MEMORY_SECTION) {
      at += size;
      continue;
    }
    if (leb() === 0) return null;
    const flags = leb();
    const initial = leb();
    return { initial, maximum: (flags & 1) === 1 ? leb() : null };
  }
  return null;
}

/** One line per import and export, in the order of their names, with the parameter count of functions. */
export function describeAbi(bytes: Uint8Array): string {
  const module = new WebAssembly.Module(bytes as BufferSource);
  const imports = WebAssembly.Module.imports(module).map((one) => `import ${one.kind} ${one.module}.${one.name}`);
  const instance = imports.length === 0 ? new WebAssembly.Instance(module) : null;
  const exports = WebAssembly.Module.exports(module).map(({ name, kind }) => {
    const value = instance?.exports[name];
    if (typeof value === "function") return `export function ${name}/${value.length}`;
    if (value instanceof WebAssembly.Global) return `export global ${name} = ${String(value.value)}`;
    return `export ${kind} ${name}`;
  });
  const lines = [...imports.sort(), ...exports.sort()];
  return `${lines.join("\n")}\n${imports.length} imports, ${exports.length} exports\n`;
}
