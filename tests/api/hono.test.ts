/**
 * `sallyport/hono`: who is refused, with what, and what a refused caller learns. Over in-memory requests with real JWTs;
 * the same middleware over HTTP is tests/runtimes/claims/worker.mjs.
 */
import { Hono } from "hono";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { AccessToken } from "../../src/access-token.js";
import { Checker } from "../../src/checker.js";
import { Engine } from "../../src/engine.js";
import { type AccessEnvironment, type AccessRules, requireAccess } from "../../src/hono/index.js";
import { SecurityDescriptor } from "../../src/security-descriptor.js";

const engine = new Engine();
const secret = new TextEncoder().encode("a secret of thirty-two bytes, ok.");
const descriptor = SecurityDescriptor.parse("O:BAG:BAD:(D;;FW;;;BG)(A;;FRFW;;;BU)");
const now = (): number => Math.floor(Date.now() / 1000);

const rules: AccessRules = {
  engine,
  key: secret,
  algorithms: ["HS256"],
  issuer: "https://issuer.example",
  audience: "documents",
  toToken: ({ sub, groups }) => AccessToken.create({ user: sub as string, groups: groups as string[] }),
  descriptorOf: () => descriptor,
  desired: "FILE_GENERIC_WRITE",
  mapping: "file",
};

/** An app of one guarded thing, and how often its handler ran. */
function guarded(changes: Partial<AccessRules> = {}) {
  const handler = vi.fn();
  const app = new Hono<AccessEnvironment>();
  app.use("*", requireAccess({ ...rules, ...changes }));
  app.get("/", (context) => {
    const { claims, token, verdict } = context.get("access");
    handler();
    return context.json({ subject: claims.sub, user: String(token.user.sid), access: verdict.access });
  });
  app.onError((error, context) => context.text(error.message, 500));
  const ask = (authorization?: string) =>
    app.request("/", { headers: authorization === undefined ? {} : { Authorization: authorization } });
  return { ask, handler };
}

function jwt(claims: JWTPayload = {}, key: Parameters<SignJWT["sign"]>[0] = secret, header = { alg: "HS256" }) {
  const all = { sub: "S-1-5-21-1-2-3-1001", groups: ["BU"], iss: "https://issuer.example", aud: "documents" };
  return new SignJWT({ ...all, exp: now() + 60, ...claims }).setProtectedHeader(header).sign(key);
}

describe("a request without a believable token", () => {
  it("is challenged: no token, another scheme, an empty header", async () => {
    for (const authorization of [undefined, "", "Basic YWxpY2U6cGFzcw==", "Bearerx y"]) {
      const { ask, handler } = guarded();
      const answer = await ask(authorization);
      expect([answer.status, answer.headers.get("WWW-Authenticate")]).toEqual([401, "Bearer"]);
      expect(await answer.json()).toEqual({ error: "missing_token" });
      expect(handler).not.toHaveBeenCalled();
    }
  });

  it("is refused: not a token, two tokens, one of absurd length", async () => {
    const one = await jwt();
    for (const text of ["Bearer", "Bearer  ", "Bearer a.b.c", `Bearer ${one} ${one}`, `Bearer ${one},${one}`]) {
      const answer = await guarded().ask(text);
      expect([answer.status, await answer.json()], text).toEqual([401, { error: "invalid_token" }]);
    }
    const long = await jwt({ padding: "x".repeat(20_000) });
    expect((await guarded().ask(`Bearer ${long}`)).status).toBe(401);
    expect((await guarded().ask(`bearer ${one}`)).status).toBe(200);
  });

  it.each<[string, JWTPayload, string]>([
    ["expired", { exp: now() - 1 }, "expired_token"],
    ["without an end", { exp: undefined }, "invalid_token"],
    ["not yet valid", { nbf: now() + 60 }, "invalid_token"],
    ["of another issuer", { iss: "https://issuer.example.org" }, "invalid_token"],
    ["of no issuer", { iss: undefined }, "invalid_token"],
    ["for another audience", { aud: ["mail", "calendar"] }, "invalid_token"],
    ["for no audience", { aud: undefined }, "invalid_token"],
  ])("is refused: a token %s", async (_, claims, error) => {
    const { ask, handler } = guarded();
    const answer = await ask(`Bearer ${await jwt(claims)}`);
    expect([answer.status, await answer.json()]).toEqual([401, { error }]);
    expect(answer.headers.get("WWW-Authenticate")).toMatch(
      /^Bearer error="invalid_token", error_description="[ \w]+"$/,
    );
    expect(handler).not.toHaveBeenCalled();
  });

  it("is refused: signed by another, or with an algorithm off the list", async () => {
    const other = new TextEncoder().encode("another secret of thirty-two byte");
    expect((await guarded().ask(`Bearer ${await jwt({}, other)}`)).status).toBe(401);
    expect((await guarded({ algorithms: ["HS512"] }).ask(`Bearer ${await jwt()}`)).status).toBe(401);
    const [, payload] = (await jwt()).split(".");
    const header = Buffer.from('{"alg":"none"}').toString("base64url");
    expect((await guarded().ask(`Bearer ${header}.${payload}.`)).status).toBe(401);
  });

  it("clocks may differ by the tolerance and no more", async () => {
    const late = `Bearer ${await jwt({ exp: now() - 10 })}`;
    expect((await guarded({ clockTolerance: 30 }).ask(late)).status).toBe(200);
    expect((await guarded({ clockTolerance: 5 }).ask(late)).status).toBe(401);
  });
});

describe("keys from a set", () => {
  let jwk: JWK;
  let sign: (kid: string) => Promise<string>;

  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    jwk = { ...(await exportJWK(publicKey)), kid: "one" };
    sign = (kid) => jwt({}, privateKey, { alg: "ES256", kid } as { alg: string });
  });
  const fromSet = (jwks: AccessRules["jwks"]) => guarded({ key: undefined, jwks, algorithms: ["ES256"] });

  it("are found by their id; an unknown id is the token's fault", async () => {
    expect((await fromSet({ keys: [jwk] }).ask(`Bearer ${await sign("one")}`)).status).toBe(200);
    expect((await fromSet({ keys: [jwk] }).ask(`Bearer ${await sign("two")}`)).status).toBe(401);
  });

  it("that cannot be had are our fault, and nobody passes", async () => {
    const { ask, handler } = fromSet(() => Promise.reject(new Error("the issuer is away")));
    const answer = await ask(`Bearer ${await sign("one")}`);
    expect([answer.status, await answer.text()]).toEqual([500, "the issuer is away"]);
    expect(handler).not.toHaveBeenCalled();
  });

  it("one public JWK is a key as well", async () => {
    const { ask } = guarded({ key: jwk, algorithms: ["ES256"] });
    expect((await ask(`Bearer ${await sign("one")}`)).status).toBe(200);
    expect((await ask(`Bearer ${await jwt()}`)).status).toBe(401);
  });
});

describe("a verified caller", () => {
  it("passes where access is granted, and the handler knows who it is", async () => {
    const answer = await guarded().ask(`Bearer ${await jwt()}`);
    expect(answer.status).toBe(200);
    const user = "S-1-5-21-1-2-3-1001";
    expect(await answer.json()).toEqual({ subject: user, user, access: 0x120116 });
  });

  it("is told the reason where it is denied, as much as may be revealed", async () => {
    const guest = `Bearer ${await jwt({ groups: ["BU", "BG"] })}`;
    const { ask, handler } = guarded();
    const answer = await ask(guest);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("Cache-Control")).toBe("no-store");
    const told = (await answer.json()) as { reasons: string[] };
    expect(told).toMatchObject({ error: "access_denied", cause: "explicitly-denied", status: "STATUS_ACCESS_DENIED" });
    expect(told.reasons).toHaveLength(1);
    expect(told.reasons[0]).toMatch(
      /are refused: denied to the enabled SIDs by ACE 0 \(D;;FW;;;BG\) for BUILTIN\\Guests\.$/,
    );

    const cause = await guarded({ reveal: "cause" }).ask(guest);
    expect([cause.status, await cause.json()]).toEqual([403, { error: "access_denied", cause: "explicitly-denied" }]);
    const nothing = await guarded({ reveal: "nothing" }).ask(guest);
    expect([nothing.status, await nothing.json()]).toEqual([403, { error: "access_denied" }]);
    expect(handler).not.toHaveBeenCalled();
  });

  it("asks for what the request needs", async () => {
    const desired: AccessRules["desired"] = async (context) => (context.req.method === "GET" ? 0x1 : "DELETE");
    expect((await guarded({ desired }).ask(`Bearer ${await jwt({ groups: ["BU", "BG"] })}`)).status).toBe(200);
    expect((await guarded({ desired: () => "DELETE" }).ask(`Bearer ${await jwt()}`)).status).toBe(403);
  });

  it("is nobody here without a token, and finds nothing without a descriptor", async () => {
    const unknown = await guarded({ toToken: async () => null }).ask(`Bearer ${await jwt()}`);
    expect([unknown.status, await unknown.json()]).toEqual([403, { error: "unknown_identity" }]);
    expect((await guarded({ descriptorOf: () => null }).ask(`Bearer ${await jwt()}`)).status).toBe(404);
  });

  it("does not pass when a rule or the engine throws", async () => {
    for (const changes of [
      { toToken: () => AccessToken.create({ user: "nobody" }) },
      { descriptorOf: () => Promise.reject(new Error("no database")) },
      { desired: () => "FILE_FLY" },
      { toToken: () => undefined as unknown as null },
    ] satisfies Partial<AccessRules>[]) {
      const { ask, handler } = guarded(changes);
      expect((await ask(`Bearer ${await jwt()}`)).status).toBe(500);
      expect(handler).not.toHaveBeenCalled();
    }
  });
});

describe("rules", () => {
  it.each<[string, Partial<AccessRules>]>([
    ["algorithms", { algorithms: [] }],
    ["algorithms", { algorithms: ["HS256", "none"] }],
    ["algorithms", { algorithms: undefined }],
    ["issuer", { issuer: "" }],
    ["audience", { audience: [] }],
    ["key", { key: undefined }],
    ["key", { jwks: { keys: [] } }],
    ["key", { key: "secret" as unknown as Uint8Array }],
    ["clockTolerance", { clockTolerance: 301 }],
    ["clockTolerance", { clockTolerance: Number.NaN }],
    ["reveal", { reveal: "everything" as "cause" }],
    ["engine", { engine: new Checker() as unknown as Engine }],
    ["toToken", { toToken: undefined }],
    ["descriptorOf", { descriptorOf: {} as () => null }],
  ])("that would not guard are refused at once: %s", (name, changes) => {
    expect(() => requireAccess({ ...rules, ...(changes as AccessRules) })).toThrow(
      expect.objectContaining({ code: "ERR_ARGUMENT", path: [name] }),
    );
  });

  it("are read once", async () => {
    const algorithms = ["HS512"];
    const { ask } = guarded({ algorithms });
    algorithms.push("HS256");
    expect((await ask(`Bearer ${await jwt()}`)).status).toBe(401);
  });
});
