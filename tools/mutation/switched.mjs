/**
 * A source with all its mutants inside, each behind a switch: `__at(n) ? mutated : original`.
 *
 * With no switch on, the text means what it meant. Lines stay lines. Besides, loops burn fuel, so that a mutant that
 * would never end traps, and nullable records become plain ones, since a switch hides a comparison with null from the
 * compiler. Does not know files.
 */
import { assignmentMutants, conditionMutants, expressionMutants, isAssignment, returnMutants } from "./operators.mjs";
import { childrenOf, functionsOf, kind, operatorOf, parse, returnType } from "./tree.mjs";

const terminators = [kind.Return, kind.Break, kind.Continue];

/**
 * `{ text, mutants }` of a source. `neighbourOf(name)` names another constant of the same type; `wanted(mutant)` may
 * leave mutants out; `firstId` is the number of the first mutant. Without `mutate` nothing but null changes.
 */
export function switched(
  text,
  path,
  { firstId = 1, neighbourOf = () => undefined, constantOf = () => undefined, wanted = () => true, mutate = true },
) {
  const mutants = [];
  const seen = new Map();
  let scope = { name: "", type: "void" };
  const source = (node) => text.slice(node.range.start, node.range.end);

  /** Numbers the mutants of a node; their ids. Reaching any of them is told by the first one, `site`. */
  function enter(node, found) {
    const start = node.range.start;
    const line = text.slice(0, start).split("\n").length;
    const lineText = text.split("\n")[line - 1].trim();
    const original = text.slice(start, node.range.end).replace(/\s+/g, " ");
    let site;
    return found.flatMap(({ operator, text: replacement }) => {
      const change = replacement === "" ? `${original} deleted` : `${original} → ${replacement.replace(/\s+/g, " ")}`;
      const count = (seen.get(`${scope.name}|${lineText}|${change}`) ?? 0) + 1;
      seen.set(`${scope.name}|${lineText}|${change}`, count);
      const mutant = { file: path, line, lineText, function: scope.name, operator, change, nth: count };
      if (!wanted(mutant)) return [];
      const id = firstId + mutants.length;
      site ??= id;
      mutants.push({ id, site, ...mutant });
      return [{ id, text: replacement }];
    });
  }

  function chosen(alternatives, rendered) {
    if (alternatives.length === 0) return rendered;
    const cases = alternatives.map(
      ({ id, text: other }, index) => `${index === 0 ? "__at" : "__is"}(${id}) ? ${grouped(other)} : `,
    );
    return `(${cases.join("")}${grouped(rendered)})`;
  }

  /** The text of a node with its children rendered; a statement brings its own semicolon. */
  function inside(node, render) {
    let out = "";
    let at = node.range.start;
    for (const child of childrenOf(node)) {
      out += text.slice(at, child.range.start) + render(child);
      at = child.range.end;
      if (isStatement(child) && node.kind !== kind.For && text[at] === ";") at += 1;
    }
    return out + text.slice(at, node.range.end);
  }

  function comparesNull(node) {
    return node.kind === kind.Binary && node.right.kind === kind.Null;
  }

  function expression(node) {
    if (!mutate || isLayout(source(node))) return source(node);
    if (isAssignment(node)) return assignment(node);
    if (node.kind === kind.UnaryPostfix) return source(node);
    const rendered = comparesNull(node) ? source(node) : inside(node, nested(node));
    return chosen(enter(node, expressionMutants(node, source, neighbourOf, constantOf)), rendered);
  }

  /** What is called, and what is named behind a dot, stays. */
  function nested(node) {
    if (node.kind !== kind.Call) return expression;
    const name = source(node.expression);
    // The offset of a load is part of the instruction.
    const offsets = name === "load" ? node.args.slice(1) : name === "store" ? node.args.slice(2) : [];
    const fixed = [node.expression, ...offsets];
    return (child) => (fixed.includes(child) ? source(child) : expression(child));
  }

  function assignment(node) {
    return `${source(node.left)} ${operatorOf(node)} ${expression(node.right)}`;
  }

  function statement(node) {
    switch (node.kind) {
      case kind.Expression: {
        const found = enter(node, [{ operator: "deleted", text: "" }, ...assignmentMutants(node.expression, source)]);
        const cases = found.map(
          ({ id, text: other }, index) => `if (${index === 0 ? "__at" : "__is"}(${id})) { ${other}; } else `,
        );
        return `{ ${cases.join("")}{ ${expression(node.expression)}; } }`;
      }
      case kind.If: {
        const whole = chosen(enter(node.condition, conditionMutants()), expression(node.condition));
        return inside(node, (child) => (child === node.condition ? whole : asBlock(child)));
      }
      case kind.While:
        return inside(node, (child) => (child === node.condition ? loopCondition(child) : burning(child)));
      case kind.For:
        return inside(node, (child) => forPart(node, child));
      case kind.Return:
        return returned(node);
      case kind.Break:
      case kind.Continue:
        return jump(node);
      case kind.Variable:
        return `${declared(node)};`;
      default:
        return inside(node, either);
    }
  }

  function either(node) {
    return isStatement(node) ? statement(node) : expression(node);
  }

  /** A declaration without its semicolon. What an assignment that can be left out would set starts as 0. */
  function declared(node) {
    return inside(node, (declarator) => inside(declarator, expression) + (declarator.initializer ? "" : " = 0"));
  }

  function forPart(node, child) {
    if (child === node.body) return burning(child);
    if (child === node.incrementor) return isAssignment(child) ? assignment(child) : source(child);
    if (child === node.condition) return loopCondition(child);
    return child.kind === kind.Variable ? declared(child) : source(child);
  }

  function loopCondition(node) {
    if (node.kind === kind.True || node.kind === kind.Empty) return source(node);
    return expression(node.kind === kind.Expression ? node.expression : node);
  }

  function asBlock(node) {
    return node.kind === kind.Block ? statement(node) : `{ ${statement(node)} }`;
  }

  function burning(node) {
    return `{ __burn(); ${statement(node)} }`;
  }

  function returned(node) {
    if (node.value === null) return skippable(node, `${source(node)};`);
    const value = node.value.kind === kind.Null ? `changetype<${scope.type}>(0)` : expression(node.value);
    const rendered = `return ${chosen(enter(node.value, returnMutants(node, scope.type, source, constantOf)), value)};`;
    return scope.tail === node ? rendered : skippable(node, rendered);
  }

  function jump(node) {
    const other = node.kind === kind.Break ? "continue" : "break";
    const found = enter(node, [
      { operator: "jump", text: `${other};` },
      { operator: "deleted", text: "" },
    ]);
    const cases = found.map(
      ({ id, text: instead }, index) => `if (${index === 0 ? "__at" : "__is"}(${id})) { ${instead} } else `,
    );
    return `{ ${cases.join("")}{ ${source(node)}; } }`;
  }

  /** A return that a mutant runs past. */
  function skippable(node, rendered) {
    const [found] = enter(node, [{ operator: "deleted", text: "" }]);
    return found === undefined ? rendered : `if (!__at(${found.id})) { ${rendered} }`;
  }

  const statements = parse(text, path);
  let out = "";
  let at = 0;
  for (const declaration of mutate ? functionsOf(statements) : []) {
    const { body } = declaration;
    const last = body.statements.at(-1);
    scope = { name: declaration.name.text, type: returnType(declaration, text), tail: last };
    out += text.slice(at, body.range.start);
    const rendered = inside(body, statement);
    // A function whose returns can be run past ends in a trap.
    const open = scope.type !== "void" && last !== undefined && !terminators.includes(last.kind);
    out += open ? `${rendered.slice(0, -1)} unreachable(); }` : rendered;
    at = body.range.end;
  }
  return { text: withoutNull(out + text.slice(at)), mutants };
}

function isStatement(node) {
  return node.kind >= kind.Block && node.kind <= kind.While;
}

/** A name in parentheses before a colon would start an arrow function. */
function grouped(text) {
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}

/** Sizes and places of records are the compiler's. */
function isLayout(written) {
  return /^(offsetof|sizeof)<\w+>\(("\w+")?\)$/.test(written);
}

/** `x == null` asks for an address, no record's type is nullable, and null given to a function is no SACL (`head` imports it). */
export function withoutNull(text, head = "") {
  const given = /, null\b(?=[,)])/g;
  return (given.test(text) ? `${head} ${text.replace(given, ", changetype<__Sacl>(0)")}` : text)
    .replace(/([\w.]+) (==|!=) null\b/g, "(changetype<usize>($1) $2 0)")
    .replace(/\? ([^?:;]+) : null\b/g, "? $1 : __none($1)")
    .replace(/\b(\w+Record) \| null\b/g, "$1");
}
