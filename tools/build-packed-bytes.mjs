/**
 * Binary files inlined as text that gzip likes: an esbuild plugin for `import bytes from "./kernel.wasm"`, where `bytes()`
 * unpacks them.
 *
 * Base64 shifts bytes across characters, so gzip no longer sees what repeats and the inlined kernel costs a quarter more
 * than the file. Here a byte is one character, or two where it is 89 or above: printable ASCII, no quote, no backslash.
 */
import { readFileSync } from "node:fs";

const FIRST = 35;
const DIGITS = 91;
const SINGLE = 89;
const BACKSLASH = 92;

const digit = (value) => String.fromCharCode(value + FIRST + (value + FIRST >= BACKSLASH ? 1 : 0));

/** The text of `bytes`; `unpackSource` reads it back. */
export function packBytes(bytes) {
  let text = "";
  for (const byte of bytes) {
    const above = byte - SINGLE;
    text += above < 0 ? digit(byte) : digit(SINGLE + Math.floor(above / DIGITS)) + digit(above % DIGITS);
  }
  return text;
}

/**
 * A JavaScript function of the packed text and the count of its bytes. One loop without calls, in place: it runs cold,
 * once, and takes half the time of a first decision's start.
 */
export const unpackSource = `(text, count) => {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0, to = 0; to < count; ) {
    let code = bytes[at++];
    let value = code - (code < ${BACKSLASH} ? ${FIRST} : ${FIRST + 1});
    if (code >= ${FIRST + 1 + SINGLE}) {
      code = bytes[at++];
      value = ${SINGLE} + (value - ${SINGLE}) * ${DIGITS} + code - (code < ${BACKSLASH} ? ${FIRST} : ${FIRST + 1});
    }
    bytes[to++] = value;
  }
  return bytes.slice(0, count);
}`;

export const packedBytes = {
  name: "packed-bytes",
  setup(build) {
    build.onResolve({ filter: /^packed-bytes$/ }, () => ({ path: "packed-bytes", namespace: "packed-bytes" }));
    build.onLoad({ filter: /.*/, namespace: "packed-bytes" }, () => ({
      contents: `export const unpack = ${unpackSource};`,
    }));
    build.onLoad({ filter: /\.wasm$/ }, ({ path }) => {
      const bytes = readFileSync(path);
      const contents = `import { unpack } from "packed-bytes";\nexport default () => unpack("${packBytes(bytes)}", ${bytes.length});\n`;
      return { contents, loader: "js" };
    });
  },
};
