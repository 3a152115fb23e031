/** The Lambda example, called as the platform calls it. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { judge } from "../process.mjs";

export async function lambdaClaims(folder) {
  const { handler } = await import(pathToFileURL(join(folder, "examples/lambda/handler.mjs")).href);
  const event = (groups) => ({
    requestContext: { authorizer: { jwt: { claims: { sid: "S-1-5-21-1-2-3-1001", groups } } } },
  });
  return judge([
    [
      "examples/lambda: finance reads the report",
      async () => assert.equal((await handler(event("[S-1-5-21-1-2-3-513 S-1-5-21-1-2-3-1200]"))).statusCode, 200),
    ],
    [
      "examples/lambda: others are told why not",
      async () => {
        const { statusCode, body } = await handler(event("[S-1-5-21-1-2-3-513]"));
        assert.deepEqual([statusCode, JSON.parse(body)], [403, { cause: "not-granted" }]);
      },
    ],
  ]);
}
