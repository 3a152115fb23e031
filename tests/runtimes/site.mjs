/** A web server on 127.0.0.1 for pages under test: files of one folder, and a box that pages post their results into. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** Runs `body` with `{ url, results }` while `folder` is served. `results`: the first post. */
export async function whileServingFiles(folder, body) {
  let deliver;
  const results = new Promise((resolve) => {
    deliver = resolve;
  });
  const server = createServer(async (request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (request.method === "POST") {
      let text = "";
      for await (const chunk of request.setEncoding("utf8")) text += chunk;
      response.writeHead(204).end();
      deliver(JSON.parse(text));
      return;
    }
    try {
      const bytes = await readFile(join(folder, path));
      response.writeHead(200, { "Content-Type": types[extname(path)] ?? "application/octet-stream" }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await body({ url: `http://127.0.0.1:${server.address().port}`, results });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** `promise`, or an error after so many seconds. */
export function within(seconds, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came within ${seconds} seconds`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
