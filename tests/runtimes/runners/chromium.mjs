/** Chromium, Debian's: the suite in a page over plain files, and the example pages under their own policy. */
import { createRequire } from "node:module";
import { browserClaims } from "../claims/browser.mjs";
import { versionOf } from "../process.mjs";
import { whileServingFiles, within } from "../site.mjs";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** playwright-core; null when it is not installed. */
function playwright() {
  try {
    return createRequire(import.meta.url)("playwright-core");
  } catch {
    return null;
  }
}

export const chromium = {
  name: "chromium",
  install: "apt-get install chromium, and npm ci --prefix tests/runtimes",
  version: async () => (playwright() === null ? null : versionOf(executablePath, ["--no-sandbox", "--version"])),
  run: async ({ folder }) => {
    const browser = await playwright().chromium.launch({ executablePath, args });
    try {
      const results = await whileServingFiles(folder, async ({ url, results }) => {
        const page = await browser.newPage();
        const failed = new Promise((_, reject) => page.on("pageerror", reject));
        failed.catch(() => {});
        await page.goto(`${url}/page.html`);
        return Promise.race([within(60, results), failed]);
      });
      return [...results, ...(await browserClaims(browser, folder))];
    } finally {
      await browser.close();
    }
  },
};
