/**
 * The worker example over real HTTP, under Node and under workerd: the same requests, good tokens and every kind of bad
 * one among them.
 */
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundleForWorkerd } from "../bundle.mjs";
import { answering, freePort, judge, whileRunning } from "../process.mjs";
import { whileServing } from "../workerd.mjs";

const ISSUER = "https://issuer.example";
const AUDIENCE = "documents";
const EMPLOYEES = "S-1-5-21-1-2-3-513";
const FINANCE = "S-1-5-21-1-2-3-1200";

/** An issuer: its settings for the service, and how it (or a forger) signs. */
async function issuer(folder) {
  const { SignJWT, exportJWK, generateKeyPair } = await import(
    createRequire(join(folder, "package.json")).resolve("jose")
  );
  const own = await generateKeyPair("ES256", { extractable: true });
  const stolen = await generateKeyPair("ES256", { extractable: true });
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "one", alg: "ES256" };
  const sign = (claims, { key = own.privateKey, alg = "ES256", kid = "one", lifetime = 300, ...names } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const jwt = new SignJWT(claims).setProtectedHeader({ alg, kid }).setIssuedAt(now);
    jwt.setIssuer(names.issuer ?? ISSUER).setAudience(names.audience ?? AUDIENCE);
    if (lifetime !== null) jwt.setExpirationTime(now + lifetime);
    if (names.notBefore !== undefined) jwt.setNotBefore(now + names.notBefore);
    return jwt.sign(key);
  };
  const settings = { JWKS: JSON.stringify({ keys: [jwk] }), ISSUER, AUDIENCE };
  return { settings, sign, stolen: stolen.privateKey, publicText: new TextEncoder().encode(JSON.stringify(jwk)) };
}

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function requests(url, { sign, stolen, publicText }) {
  const employee = { sid: "S-1-5-21-1-2-3-1001", groups: [EMPLOYEES], amr: ["pwd"] };
  const accountant = { sid: "S-1-5-21-1-2-3-1002", groups: [EMPLOYEES, FINANCE], amr: ["pwd", "mfa"] };
  const ask = (path, token, method = "GET") =>
    fetch(`${url}documents/${path}`, {
      method,
      headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
    });
  const refused = async (token, error, challenge = /^Bearer error="invalid_token"/) => {
    const answer = await ask("handbook", token);
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get("WWW-Authenticate"), challenge);
    assert.equal(answer.headers.get("Cache-Control"), "no-store");
    assert.deepEqual(await answer.json(), { error });
  };

  return [
    ["what is open stays open", async () => assert.equal(await (await fetch(url)).text(), "documents")],
    [
      "an employee reads the handbook",
      async () => {
        const answer = await ask("handbook", await sign(employee));
        assert.equal(answer.status, 200);
        assert.deepEqual(await answer.json(), { name: "handbook", reader: employee.sid, access: 0x120089 });
      },
    ],
    [
      "and is told why not to write it",
      async () => {
        const answer = await ask("handbook", await sign(employee), "PUT");
        assert.equal(answer.status, 403);
        assert.equal(answer.headers.get("Cache-Control"), "no-store");
        const { error, cause, status, reasons } = await answer.json();
        assert.deepEqual([error, cause, status], ["access_denied", "not-granted", "STATUS_ACCESS_DENIED"]);
        assert.match(reasons[0], /FILE_WRITE_DATA.* are refused: not granted: no ACE allows it to the enabled SIDs\.$/);
      },
    ],
    [
      "an accountant writes it",
      async () => assert.equal((await ask("handbook", await sign(accountant), "PUT")).status, 200),
    ],
    [
      "without a second factor the salaries stay closed, with it they open",
      async () => {
        const answer = await ask("salaries", await sign({ ...accountant, amr: ["pwd"] }));
        const { cause, reasons } = await answer.json();
        assert.deepEqual([answer.status, cause], [403, "explicitly-denied"]);
        assert.match(reasons[0], /NT AUTHORITY\\NETWORK/);
        assert.equal((await ask("salaries", await sign(accountant))).status, 200);
      },
    ],
    [
      "a condition over a claim decides",
      async () => {
        assert.equal((await ask("forecast", await sign({ ...employee, clearance: 3 }))).status, 200);
        assert.equal((await ask("forecast", await sign({ ...employee, clearance: 2 }))).status, 403);
        assert.equal((await ask("forecast", await sign(employee))).status, 403);
      },
    ],
    [
      "what is not there is not found",
      async () => assert.equal((await ask("secret", await sign(employee))).status, 404),
    ],
    ["no token: a challenge, no error", () => refused(undefined, "missing_token", /^Bearer$/)],
    ["an expired token", async () => refused(await sign(accountant, { lifetime: -1 }), "expired_token")],
    ["a token without an end", async () => refused(await sign(accountant, { lifetime: null }), "invalid_token")],
    ["a token of tomorrow", async () => refused(await sign(accountant, { notBefore: 60 }), "invalid_token")],
    ["a token of another key", async () => refused(await sign(accountant, { key: stolen }), "invalid_token")],
    [
      "a token of an unknown key",
      async () => refused(await sign(accountant, { key: stolen, kid: "two" }), "invalid_token"),
    ],
    [
      "a token of another issuer",
      async () => refused(await sign(accountant, { issuer: "https://other" }), "invalid_token"),
    ],
    [
      "a token for another audience",
      async () => refused(await sign(accountant, { audience: "mail" }), "invalid_token"),
    ],
    [
      "a token signed with the public key as a secret",
      async () => refused(await sign(accountant, { alg: "HS256", key: publicText }), "invalid_token"),
    ],
    [
      "an unsigned token",
      async () => {
        const [, payload] = (await sign(accountant)).split(".");
        await refused(`${base64({ alg: "none" })}.${payload}.`, "invalid_token");
      },
    ],
    [
      "a token whose claims were changed",
      async () => {
        const [header, , signature] = (await sign(employee)).split(".");
        const exp = Math.floor(Date.now() / 1000) + 300;
        const claims = base64({ ...accountant, iss: ISSUER, aud: AUDIENCE, exp });
        await refused(`${header}.${claims}.${signature}`, "invalid_token");
      },
    ],
    ["what is no token at all", () => refused("not-a-token", "invalid_token")],
    [
      "verified, but nobody here",
      async () => {
        const answer = await ask("handbook", await sign({ sid: "S-1-5-18", groups: ["S-1-5-32-544"] }));
        assert.deepEqual([answer.status, await answer.json()], [403, { error: "unknown_identity" }]);
      },
    ],
    [
      "groups of elsewhere count for nothing",
      async () => {
        const claims = { ...employee, groups: ["S-1-5-32-544", "SY", FINANCE.replace("1-2-3", "1-2-4")] };
        assert.equal((await ask("handbook", await sign(claims))).status, 403);
      },
    ],
  ].map(([title, claim]) => [`examples/worker: ${title}`, claim]);
}

/** Under Node, served by examples/worker/server.mjs. */
export async function workerInNode(folder) {
  const who = await issuer(folder);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const env = { ...process.env, ...who.settings, PORT: String(port) };
  return whileRunning(process.execPath, ["examples/worker/server.mjs"], { cwd: folder, env }, async () => {
    await answering(url);
    return judge(requests(url, who));
  });
}

/** Under workerd, bundled from examples/worker/worker.mjs. */
export async function workerInWorkerd(file, folder) {
  const who = await issuer(folder);
  const site = join(folder, "workerd-example");
  mkdirSync(site, { recursive: true });
  await bundleForWorkerd(join(folder, "examples/worker/worker.mjs"), join(site, "worker.js"), site);
  return whileServing(file, site, who.settings, (url) => judge(requests(url, who)));
}
