/**
 * An AssemblyScript source as a tree of expressions and statements, with the text of each node.
 *
 * Wraps the compiler's own parser; knows node kinds, types left out. Does not know what a mutant is.
 */
import * as compiler from "assemblyscript";

export const { NodeKind: kind, LiteralKind: literal } = compiler;

/** Operator of a unary or binary node, as written. */
export function operatorOf(node) {
  return compiler.operatorTokenToString(node.operator);
}

const skipped = new Set([
  kind.NamedType,
  kind.FunctionType,
  kind.TypeName,
  kind.TypeParameter,
  kind.Parameter,
  kind.Decorator,
]);

/** The top-level statements of `text`. Throws on a syntax error. */
export function parse(text, path) {
  const program = compiler.newProgram(compiler.newOptions());
  compiler.parse(program, text, path, true);
  const wrong = compiler.nextDiagnostic(program);
  if (wrong) throw new Error(`${path}: ${compiler.formatDiagnostic(wrong, false, true)}`);
  return program.sources.find((source) => source.normalizedPath === path).statements;
}

function isNode(value) {
  return typeof value === "object" && value !== null && typeof value.kind === "number" && "range" in value;
}

/** Nodes directly below `node` that hold expressions or statements, in the order of the text. */
export function childrenOf(node) {
  const named = node.kind === kind.PropertyAccess ? ["expression"] : Object.keys(node);
  return named
    .filter((name) => name !== "range" && name !== "name" && name !== "typeArguments" && name !== "signature")
    .flatMap((name) => node[name])
    .filter((value) => isNode(value) && !skipped.has(value.kind))
    .sort((a, b) => a.range.start - b.range.start);
}

/** Functions declared at the top level. */
export function functionsOf(statements) {
  return statements.filter((node) => node.kind === kind.FunctionDeclaration && node.body !== null);
}

/** Names of the types that the function takes a value of; `void` without a type. */
export function returnType(declaration, text) {
  const { start, end } = declaration.signature.returnType.range;
  return text.slice(start, end).replace(/\s*\|\s*null$/, "");
}

/** `export const NAME: type = value;` and the like at the top level, in their order. */
export function constantsOf(statements, text) {
  return statements
    .filter((node) => node.kind === kind.Variable)
    .flatMap((node) => node.declarations.map((declaration) => Object.assign(declaration, { from: node.range.start })))
    .filter(
      ({ name, type, initializer }) =>
        /^[A-Z][A-Z0-9_]*$/.test(name.text) && type && initializer?.kind === kind.Literal,
    )
    .map(({ name, type, initializer, from }) => ({
      name: name.text,
      isExported: /^export\b/.test(text.slice(from)) || /export\s+$/.test(text.slice(0, from)),
      type: text.slice(type.range.start, type.range.end),
      value: Number(text.slice(initializer.range.start, initializer.range.end)),
    }));
}

/** Local names of what a file imports, and from where. */
export function importsOf(statements) {
  return statements
    .filter((node) => node.kind === kind.Import && node.declarations)
    .flatMap((node) =>
      node.declarations.map((declaration) => ({
        local: declaration.name.text,
        foreign: declaration.foreignName.text,
        from: node.path.value,
      })),
    );
}
