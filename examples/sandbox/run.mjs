/**
 * A sandboxed process at two doors: what a restricted token may do with its user's documents and with a service.
 *
 * The user's token is filtered as a browser does for its renderers: every privilege but one gone, and a short list of
 * restricting SIDs. Then three questions; each is explained bit by bit, in both passes.
 */
import { readFileSync } from "node:fs";
import { AccessToken, Engine, FileRights, FilterFlags, nameOfSid, SecurityDescriptor, ServiceRights } from "sallyport";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8").trim();
const documents = SecurityDescriptor.parse(read("documents.sddl"));
const spooler = SecurityDescriptor.parse(read("spooler.sddl"));

const engine = new Engine();
const alice = AccessToken.create(JSON.parse(read("token.json")));
const sandboxed = engine.filterToken(alice, {
  flags: FilterFlags.DISABLE_MAX_PRIVILEGE,
  restrictedSids: ["RC", "BU", "WD", "IU"],
});

console.log("A sandboxed process of alice: her token, filtered");
console.log(`  privileges left      ${sandboxed.privileges.length} of ${alice.privileges.length}`);
console.log(`  restricting SIDs     ${sandboxed.restrictedSids.map((sid) => nameOfSid(sid)).join(", ")}\n`);

const questions = [
  ["May it read alice's documents folder?", documents, FileRights.READ, "directory"],
  ["May it stop the print spooler?", spooler, ServiceRights.STOP, "service"],
  ["May it ask the print spooler for its status?", spooler, ServiceRights.QUERY_STATUS, "service"],
];
for (const [question, descriptor, desired, mapping] of questions) {
  console.log(question);
  console.log(`${engine.explain({ token: sandboxed, descriptor, desired, mapping })}\n`);
}
console.log(
  `Without the sandbox alice herself reads her documents: ${
    engine.check({ token: alice, descriptor: documents, desired: FileRights.READ, mapping: "directory" }).granted
  }`,
);
