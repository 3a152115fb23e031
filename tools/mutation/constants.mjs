/**
 * Which constant stands beside which: a mask in place of its neighbour is the mistake that is easiest to make.
 *
 * Neighbours are declared next to each other in one file, have one type and different values. Does not know uses.
 */
import { dirname, join } from "node:path/posix";
import { constantsOf, importsOf } from "./tree.mjs";

/** Per file its constants: Map of path → list of { name, type, value }. */
export function constantTables(sources) {
  return new Map([...sources].map(([path, { text, statements }]) => [path, constantsOf(statements, text)]));
}

/** `{ neighbourOf, constantOf, imports }` for the file at `path`: `imports()` are the lines that bring the neighbours used so far. */
export function neighbours(path, { statements }, tables) {
  const homes = new Map((tables.get(path) ?? []).map(({ name }) => [name, path]));
  for (const { local, foreign, from } of importsOf(statements)) {
    if (local === foreign) homes.set(local, `${join(dirname(path), from)}.ts`);
  }
  const added = new Map();
  const neighbourOf = (name) => {
    const home = homes.get(name);
    const table = tables.get(home);
    const at = table?.findIndex((constant) => constant.name === name) ?? -1;
    if (at < 0) return undefined;
    const fits = ({ type, value, isExported }) =>
      type === table[at].type && value !== table[at].value && (isExported || home === path);
    const found = [...table.slice(at + 1), ...table.slice(0, at).reverse()].find(fits);
    if (found === undefined) return undefined;
    if (!homes.has(found.name)) added.set(found.name, home);
    return found.name;
  };
  const constantOf = (name) => tables.get(homes.get(name))?.find((constant) => constant.name === name)?.value;
  const imports = () => {
    const lines = [...added].map(([name, home]) => {
      const from =
        join("/", dirname(path)) === join("/", dirname(home))
          ? `./${base(home)}`
          : `../${home.split("/").at(-2)}/${base(home)}`;
      return `import { ${name} } from "${from}";`;
    });
    return lines.join(" ");
  };
  return { neighbourOf, constantOf, imports };
}

function base(path) {
  return path.split("/").at(-1).replace(/\.ts$/, "");
}
