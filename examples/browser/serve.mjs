/**
 * Serves both pages and the package's files, on 127.0.0.1 and under a strict policy: nothing but this origin, no inline
 * script, no eval; WebAssembly alone may be compiled. `PORT=8080 node serve.mjs`
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };
const pages = new URL("./", import.meta.url);
const library = new URL("./", import.meta.resolve("sallyport"));

const server = createServer(async ({ url }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  const inLibrary = pathname.startsWith("/sallyport/");
  const file = new URL(`.${inLibrary ? pathname.slice("/sallyport".length) : pathname}`, inLibrary ? library : pages);
  if (file.href.endsWith("/")) file.pathname += "index.html";
  const type = types[extname(file.pathname)];
  try {
    if (type === undefined) throw new Error("not a file of the page");
    const bytes = await readFile(file);
    const headers = { "Content-Type": type, "Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff" };
    response.writeHead(200, headers).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
