/**
 * A gate before handlers: a verified JWT becomes an access token, which is checked against the descriptor of the thing
 * asked for. 401 for who cannot say who they are, 403 with the reason for who may not, and through otherwise.
 *
 * Does not know how a JWT is verified or how access is decided. A function of the rules that throws refuses the
 * request: the error goes to the app, no handler behind the gate runs.
 */
import type { Context, MiddlewareHandler } from "hono";
import { ArgumentError } from "../errors.js";
import { refusals } from "../explain/table.js";
import type { Explanation } from "../explanation.js";
import type { AccessEnvironment, AccessRules, Revealed } from "./access-rules.js";
import { type Bearer, bearerReader } from "./bearer-token.js";

/** @throws ArgumentError ERR_ARGUMENT for rules that would not guard anything */
export function requireAccess(rules: AccessRules): MiddlewareHandler<AccessEnvironment> {
  // The rules are read once; whoever holds them has no second chance.
  const { engine, toToken, descriptorOf, desired, mapping, reveal = "sentences" } = rules;
  for (const [name, given] of Object.entries({ toToken, descriptorOf })) {
    if (typeof given !== "function") throw new ArgumentError("ERR_ARGUMENT", [name], "expected a function");
  }
  if (reveal !== "sentences" && reveal !== "cause" && reveal !== "nothing") {
    throw new ArgumentError("ERR_ARGUMENT", ["reveal"], "expected sentences, cause or nothing");
  }
  if (reveal !== "nothing" && typeof engine?.explain !== "function") {
    throw new ArgumentError("ERR_ARGUMENT", ["engine"], "expected an Engine: a Checker cannot say why");
  }
  const readBearer = bearerReader(rules);

  return async (context, next) => {
    const bearer = await readBearer(context.req.header("Authorization"));
    if ("refusal" in bearer) return unauthenticated(context, bearer.refusal);
    const token = await toToken(bearer.claims, context);
    if (token === null) return forbidden(context, { error: "unknown_identity" });
    const descriptor = await descriptorOf(context);
    if (descriptor === null) return context.notFound();
    const wanted = typeof desired === "function" ? await desired(context) : desired;
    const request = { token, descriptor, desired: wanted, mapping };
    const verdict = engine.check(request);
    if (!verdict.granted) {
      return forbidden(context, {
        error: "access_denied",
        ...(reveal !== "nothing" && reasonOf(engine.explain(request), reveal)),
      });
    }
    context.set("access", { claims: bearer.claims, token, descriptor, verdict });
    return next();
  };
}

type Refusal = Extract<Bearer, { refusal: string }>["refusal"];

/** RFC 6750 3.1: no error code for who brought no credentials at all. */
const challenges: Readonly<Record<Refusal, string>> = {
  missing_token: "Bearer",
  invalid_token: 'Bearer error="invalid_token", error_description="the token is not valid"',
  expired_token: 'Bearer error="invalid_token", error_description="the token has expired"',
};

function unauthenticated(context: Context, refusal: Refusal): Response {
  const headers = { "WWW-Authenticate": challenges[refusal], "Cache-Control": "no-store" };
  return context.json({ error: refusal }, 401, headers);
}

function forbidden(context: Context, body: Readonly<Record<string, unknown>>): Response {
  return context.json(body, 403, { "Cache-Control": "no-store" });
}

function reasonOf(explanation: Explanation, reveal: Exclude<Revealed, "nothing">): Record<string, unknown> {
  const { cause, bits, verdict } = explanation;
  return reveal === "cause" ? { cause } : { cause, status: verdict.status, reasons: refusals(bits) };
}
