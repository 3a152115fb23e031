/**
 * A service with three documents, each guarded by a descriptor. Whoever asks shows a JWT; its claims become an access
 * token, and the engine says whether that token may read or write the document asked for.
 *
 * Knows nothing of the runtime it is served by: worker.mjs and server.mjs do.
 */
import { Hono } from "hono";
import { AccessToken, Engine, SecurityDescriptor } from "sallyport";
import { requireAccess } from "sallyport/hono";

/** Employees are S-1-5-21-1-2-3-513, the finance department S-1-5-21-1-2-3-1200. */
const descriptors = new Map(
  Object.entries({
    handbook: "O:SYG:SYD:(A;;FA;;;S-1-5-21-1-2-3-1200)(A;;FR;;;S-1-5-21-1-2-3-513)",
    salaries: "O:SYG:SYD:(D;;FA;;;NU)(A;;FA;;;S-1-5-21-1-2-3-1200)",
    forecast: "O:SYG:SYD:(XA;;FR;;;S-1-5-21-1-2-3-513;(@User.clearance >= 3))",
  }).map(([name, sddl]) => [name, SecurityDescriptor.parse(sddl)]),
);

/** What the issuer says of someone, as an access token. The issuer is trusted to name SIDs of its own domain alone. */
function toToken({ sid, groups, clearance, amr }) {
  if (typeof sid !== "string" || !sid.startsWith("S-1-5-21-1-2-3-")) return null;
  const own = Array.isArray(groups) ? groups.filter((group) => String(group).startsWith("S-1-5-21-1-2-3-")) : [];
  // Who did not show a second factor comes over the network, and a descriptor may refuse that.
  const logon = Array.isArray(amr) && amr.includes("mfa") ? [] : ["NU"];
  return AccessToken.create({
    user: sid,
    groups: [...own, "AU", ...logon],
    userClaims: Number.isSafeInteger(clearance) ? [{ name: "clearance", type: "int64", values: [clearance] }] : [],
  });
}

/** @param {{ JWKS: string, ISSUER: string, AUDIENCE: string }} settings the issuer's keys as JSON text, and its names */
export function createApp({ JWKS, ISSUER, AUDIENCE }) {
  const app = new Hono();
  const engine = new Engine();
  const guarded = (desired) =>
    requireAccess({
      engine,
      jwks: JSON.parse(JWKS),
      algorithms: ["ES256"],
      issuer: ISSUER,
      audience: AUDIENCE,
      toToken,
      descriptorOf: (context) => descriptors.get(context.req.param("name")) ?? null,
      desired,
      mapping: "file",
    });

  app.get("/", (context) => context.text("documents"));
  app.get("/documents/:name", guarded("FILE_GENERIC_READ"), (context) => {
    const { token, verdict } = context.get("access");
    return context.json({ name: context.req.param("name"), reader: String(token.user.sid), access: verdict.access });
  });
  app.put("/documents/:name", guarded("FILE_GENERIC_WRITE"), (context) =>
    context.json({ written: context.req.param("name") }),
  );
  return app;
}
