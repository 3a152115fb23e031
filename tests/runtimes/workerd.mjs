/** Serves a folder's worker.js and kernel.wasm under workerd, for as long as a test needs it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { answering, freePort, whileRunning } from "./process.mjs";

/** Runs `body` with the address of the worker, which sees `variables` as text bindings. */
export async function whileServing(file, folder, variables, body) {
  const bindings = Object.entries(variables).map(
    ([name, text]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(text)})`,
  );
  writeFileSync(
    join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [
    (name = "worker.js", esModule = embed "worker.js"),
    (name = "kernel.wasm", wasm = embed "kernel.wasm"),
  ],
  bindings = [${bindings.join(", ")}],
  compatibilityDate = "2025-10-01",
);
`,
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  return whileRunning(
    file,
    ["serve", "config.capnp", `--socket-addr=http=127.0.0.1:${port}`],
    { cwd: folder },
    async () => {
      await answering(url);
      return body(url);
    },
  );
}
