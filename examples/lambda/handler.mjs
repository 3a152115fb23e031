/** An AWS Lambda behind an HTTP API with a JWT authorizer: may the caller read the report? */
import { AccessToken, Engine, SecurityDescriptor } from "sallyport";

const engine = new Engine();
const report = SecurityDescriptor.parse("O:SYG:SYD:(A;;FR;;;S-1-5-21-1-2-3-1200)");

export async function handler(event) {
  const { sid, groups } = event.requestContext.authorizer.jwt.claims;
  // The authorizer hands lists over as text: "[a b]".
  const token = AccessToken.create({ user: sid, groups: groups.replace(/[[\]]/g, "").split(" ").filter(Boolean) });
  const request = { token, descriptor: report, desired: "FILE_GENERIC_READ", mapping: "file" };
  if (engine.check(request).granted) return { statusCode: 200, body: JSON.stringify({ report: "all is well" }) };
  return { statusCode: 403, body: JSON.stringify({ cause: engine.explain(request).cause }) };
}
