/** The example pages in a real browser, under their own strict policy: with and without a bundler, the same answers. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { bundleForBrowser } from "../bundle.mjs";
import { answering, freePort, judge, whileRunning } from "../process.mjs";

/** A page of the example, and everything it complained of. */
async function open(browser, address) {
  const page = await browser.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const answer = await page.goto(address);
  await page.waitForFunction(() => document.getElementById("verdict").textContent !== "", null, { timeout: 20_000 });
  return { page, complaints, policy: answer.headers()["content-security-policy"] };
}

const verdictOf = (page) => page.locator("#verdict").textContent();

async function explains(browser, address) {
  const { page, complaints, policy } = await open(browser, address);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval';/);
  assert.equal(await verdictOf(page), "Granted");
  await page.fill("#groups", "AU BG");
  assert.equal(await verdictOf(page), "Denied: explicitly denied");
  const rows = await page.locator("#bits tbody tr").allTextContents();
  assert.equal(rows.length, 2);
  assert.match(rows.join("\n"), /FILE_WRITE_DATAnoFILE_WRITE_DATA is refused: denied .* ACE 0 .*BUILTIN\\Guests/);
  await page.fill("#groups", "AU");
  await page.fill("#restricting", "RC");
  assert.equal(await verdictOf(page), "Denied: restricting list");
  await page.fill("#sddl", "D:(A;;FR;;;XY)");
  assert.match(await verdictOf(page), /\(at \d+\)$/);
  await page.fill("#sddl", "<img src=x onerror=alert(1)>");
  assert.equal(await page.locator("main img").count(), 0);
  assert.deepEqual(complaints, []);
  await page.close();
}

/** The policy would refuse what it must: a page that may not compile WebAssembly says so. */
async function policyHolds(browser, address) {
  const { page } = await open(browser, address);
  const evaluated = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.injected = true";
    document.body.append(script);
    return globalThis.injected === true;
  });
  assert.equal(evaluated, false);
  await page.close();
}

export async function browserClaims(browser, folder) {
  const example = join(folder, "examples/browser");
  await bundleForBrowser(join(example, "bundled.js"), join(example, "bundled.min.js"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const env = { ...process.env, PORT: String(port) };
  return whileRunning(process.execPath, ["examples/browser/serve.mjs"], { cwd: folder, env }, async () => {
    await answering(url);
    if (process.env.SCREENSHOT !== undefined) {
      const { page } = await open(browser, url);
      await page.fill("#groups", "AU BG");
      await page.screenshot({ path: process.env.SCREENSHOT, fullPage: true });
      await page.close();
    }
    return judge([
      ["examples/browser: the page without a bundler explains", () => explains(browser, url)],
      ["examples/browser: the bundled page explains", () => explains(browser, `${url}bundled.html`)],
      ["examples/browser: an inline script does not run", () => policyHolds(browser, url)],
    ]);
  });
}
