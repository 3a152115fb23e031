/** Firefox, where it is installed: the suite in a page that posts its results back. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { versionOf, whileRunning } from "../process.mjs";
import { whileServingFiles, within } from "../site.mjs";

const file = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** A browser that calls nobody. */
const preferences = {
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "",
  "toolkit.telemetry.enabled": false,
};

export const firefox = {
  name: "firefox",
  optional: true,
  install: "apt-get install firefox-esr",
  version: () => versionOf(file),
  run: ({ folder }) =>
    whileServingFiles(folder, ({ url, results }) => {
      const profile = join(folder, "firefox-profile");
      mkdirSync(profile, { recursive: true });
      const lines = Object.entries(preferences).map(
        ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
      );
      writeFileSync(join(profile, "user.js"), lines.join("\n"));
      const env = { ...process.env, HOME: profile, MOZ_HEADLESS: "1" };
      const flags = ["--headless", "--no-remote", "--profile", profile, `${url}/page.html`];
      return whileRunning(file, flags, { env }, () => within(90, results));
    }),
};
