/** The example that prints two lines, under the runtime it is for. */
import { judge, output } from "../process.mjs";

export const programClaims = (example, file, args, folder, env = process.env) =>
  judge([
    [
      `${example}: reads, and does not write`,
      async () => {
        const printed = await output(file, args, { cwd: folder, env });
        const wanted = "granted 0x120089\ndenied: STATUS_ACCESS_DENIED (not granted)\n";
        if (printed !== wanted) throw new Error(`printed ${JSON.stringify(printed)}`);
      },
    ],
  ]);
