/** May a member of the Users group read this file, and why not write it? */
import { AccessToken, Engine, FileRights, SecurityDescriptor } from "sallyport";

const engine = new Engine();
const token = AccessToken.create({ user: "S-1-5-21-1-2-3-1001", groups: ["BU"] });
const descriptor = SecurityDescriptor.parse("O:BAG:BAD:(A;;FR;;;BU)");

for (const desired of [FileRights.READ, FileRights.WRITE]) {
  console.log(String(engine.explain({ token, descriptor, desired, mapping: "file" })).split("\n")[0]);
}
