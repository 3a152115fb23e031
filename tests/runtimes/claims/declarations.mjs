/** The declarations of the packed package, as a strict compiler of someone else sees them: from ES modules and CommonJS. */
import { copyFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { judge, output } from "../process.mjs";

const manifest = createRequire(import.meta.url).resolve("typescript/package.json");
const compiler = join(dirname(manifest), createRequire(import.meta.url)(manifest).bin.tsc);

/** entries/consumer.ts in both kinds of module. */
export function declarationClaims(folder) {
  copyFileSync(join(folder, "consumer.ts"), join(folder, "consumer.cts"));
  return judge(
    ["consumer.ts", "consumer.cts"].map((file) => [
      `declarations: ${file} compiles`,
      async () => {
        const lib = ["--lib", "es2023,dom,dom.iterable", "--types", "", "--target", "es2022"];
        const args = [...lib, "--module", "nodenext", "--strict", "--noEmit", file];
        await output(process.execPath, [compiler, ...args], { cwd: folder });
      },
    ]),
  );
}
