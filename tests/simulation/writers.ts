import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

/** A top-level function, and the names of its file's imports and of its own file that its body mentions. */
interface Member {
  exported: boolean;
  mentions: Set<string>;
}

const lib = 'src/lib';
/** Tests and what they share. */
const isOfTests = /(\.test|(^|\/)test-[^/]+)\.ts$/;
/** The functions that every write and every log event goes through in the end. */
const roots = [
  'store/write#mutate',
  'store/merge-records#mergeRecords',
  'store/discard#discardMutation',
  'store/events#recordEvent',
  'remote/rpc#callRpc',
];

/**
 * The exported functions and classes of `shared`, `features` and `shell` that, directly or indirectly, write a record, record an event or
 * call the server: `shelf/folder/file#name`. Read from the code itself, so that a new one is included automatically.
 */
export function writers(): string[] {
  const members = new Map<string, Member>();
  for (const file of readdirSync(lib, { recursive: true, encoding: 'utf8' }))
    if (file.endsWith('.ts') && !isOfTests.test(file))
      for (const [name, member] of membersOf(join(lib, file))) members.set(name, member);
  const writing = new Set(roots);
  for (let before = 0; before !== writing.size;) {
    before = writing.size;
    for (const [name, { mentions }] of members)
      if ([...mentions].some((mention) => writing.has(mention))) writing.add(name);
  }
  return [...writing]
    .filter((name) => /^(shared|features|shell)\//.test(name) && members.get(name)?.exported)
    .sort();
}

function membersOf(path: string): Map<string, Member> {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const own = keyOf(path);
  const names = new Map<string, string>();
  const bodies: { name: string; node: ts.Node; exported: boolean }[] = [];
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) readImport(statement, path, names);
    else for (const body of declared(statement)) bodies.push(body);
  }
  for (const { name } of bodies) names.set(name, `${own}#${name}`);
  return new Map(
    bodies.map(({ name, node, exported }) => [
      `${own}#${name}`,
      { exported, mentions: mentioned(node, path, names) },
    ]),
  );
}

function readImport(statement: ts.ImportDeclaration, path: string, names: Map<string, string>): void {
  const clause = statement.importClause;
  const target = resolve(path, (statement.moduleSpecifier as ts.StringLiteral).text);
  if (!target || !clause || clause.isTypeOnly || !clause.namedBindings) return;
  if (ts.isNamedImports(clause.namedBindings))
    for (const { name, propertyName, isTypeOnly } of clause.namedBindings.elements)
      if (!isTypeOnly) names.set(name.text, `${target}#${(propertyName ?? name).text}`);
}

function* declared(statement: ts.Statement): Generator<{ name: string; node: ts.Node; exported: boolean }> {
  const exported =
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if ((ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) && statement.name)
    yield { name: statement.name.text, node: statement, exported };
  if (ts.isVariableStatement(statement))
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer && ts.isIdentifier(name)) yield { name: name.text, node: initializer, exported };
}

/** The names that a body mentions, including through `const { name } = await import('module')`. */
function mentioned(node: ts.Node, path: string, names: Map<string, string>): Set<string> {
  const found = new Set<string>();
  const visit = (each: ts.Node): void => {
    if (ts.isIdentifier(each)) {
      const known = names.get(each.text);
      if (known) found.add(known);
    }
    if (ts.isVariableDeclaration(each) && each.initializer && ts.isObjectBindingPattern(each.name)) {
      const [, module] = /^\(?await import\('([^']+)'\)/.exec(each.initializer.getText()) ?? [];
      const target = module && resolve(path, module);
      if (target)
        for (const { name, propertyName } of each.name.elements)
          found.add(`${target}#${(propertyName ?? name).getText()}`);
    }
    ts.forEachChild(each, visit);
  };
  ts.forEachChild(node, visit);
  return found;
}

/** The key of the file that a specifier names, `undefined` for files outside the project. */
function resolve(from: string, specifier: string): string | undefined {
  const path = specifier.startsWith('$lib/')
    ? specifier.replace('$lib', lib)
    : specifier.startsWith('.')
      ? join(dirname(from), specifier)
      : undefined;
  return path && existsSync(`${path}.ts`) ? keyOf(`${path}.ts`) : undefined;
}

const keyOf = (path: string) => relative(lib, path).replace(/\.ts$/, '');

/** The components that use the store's own writing functions and bypass those of the features. */
export function writingComponents(): string[] {
  return ['src/lib', 'src/routes']
    .flatMap((root) =>
      readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file)),
    )
    .filter((file) => file.endsWith('.svelte'))
    .filter((file) => {
      const text = readFileSync(file, 'utf8');
      return /import (?!type)[^;]*(store\/(mutate|merge-records|events)|remote\/)/.test(text);
    });
}
