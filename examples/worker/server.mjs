/** The service under Node alone: `JWKS=… ISSUER=… AUDIENCE=… PORT=8080 node server.mjs`. */
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { createApp } from "./app.mjs";

const app = createApp(process.env);

createServer(async ({ method, url, headers }, response) => {
  const answer = await app.fetch(new Request(`http://${headers.host ?? "localhost"}${url}`, { method, headers }));
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null) response.end();
  else Readable.fromWeb(answer.body).pipe(response);
}).listen(Number(process.env.PORT ?? 8080), "127.0.0.1");
