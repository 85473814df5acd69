import { Visitor, parseSync } from 'rolldown/utils'
import type { ESTree } from 'rolldown/utils'

/** What the rules look at in one source file. */
export interface Module {
  /** Relative to the repository, with forward slashes. */
  readonly file: string
  readonly lines: number
  readonly imports: readonly Import[]
  /** Uses of things that pure code must be given instead. */
  readonly impurities: readonly Use[]
  /** Uses of `process.env`. */
  readonly environmentReads: readonly Use[]
  /** Casts through `unknown`, which switch the type checker off. */
  readonly forcedCasts: readonly Use[]
}

export interface Import {
  readonly specifier: string
  readonly line: number
}

export interface Use {
  readonly name: string
  readonly line: number
}

const impureObjects = new Set(['process', 'console', 'crypto', 'performance', 'globalThis', 'navigator'])
const impureCalls = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'require', 'Date'])
const impureMembers = new Set(['Date.now', 'Math.random'])

/** @throws Error if the text is not valid TypeScript. */
export function parseModule(file: string, text: string): Module {
  const { program, module, errors } = parseSync(file, text)
  if (errors.length > 0) throw new Error(`${file}: ${errors.map((error) => error.message).join('\n')}`)
  const lineStarts = [...text.matchAll(/^/gm)].map((match) => match.index)
  const lineAt = (offset: number): number => lineStarts.findLastIndex((start) => start <= offset) + 1
  const requests = [
    ...module.staticImports.map((entry) => entry.moduleRequest),
    ...module.staticExports.flatMap((entry) => entry.entries.flatMap((item) => (item.moduleRequest ? [item.moduleRequest] : []))),
  ].map(({ value, start }) => ({ specifier: value, line: lineAt(start) }))
  const late = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    // A specifier that is not a plain string is kept as its source text, and then fits no rule.
    specifier: text.slice(start, end).replace(/^(['"`])(.*)\1$/s, '$2'),
    line: lineAt(start),
  }))
  // A package's data file is read from where the package is: that is a use of it, too.
  const resolved = [...text.matchAll(/\bimport\.meta\.resolve\((['"])([^'"]+)\1\)/g)].map(({ index, 2: specifier = '' }) => ({
    specifier,
    line: lineAt(index),
  }))
  return {
    file,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [...requests, ...late, ...resolved],
    ...findUses(program, lineAt),
  }
}

type Uses = Pick<Module, 'impurities' | 'environmentReads' | 'forcedCasts'>

function findUses(program: ESTree.Program, lineAt: (offset: number) => number): Uses {
  const impurities: Use[] = []
  const environmentReads: Use[] = []
  const forcedCasts: Use[] = []
  const declared = findDeclaredNames(program)
  const isGlobal = (node: ESTree.Expression | ESTree.Super, names: ReadonlySet<string>): node is ESTree.IdentifierReference =>
    node.type === 'Identifier' && names.has(node.name) && !declared.has(node.name)

  new Visitor({
    MemberExpression(node) {
      const object = node.object.type === 'Identifier' && !declared.has(node.object.name) ? node.object.name : undefined
      const property = !node.computed && node.property.type === 'Identifier' ? node.property.name : literalText(node.property)
      const name = `${object}.${property}`
      if (object && (impureObjects.has(object) || impureMembers.has(name))) impurities.push({ name, line: lineAt(node.start) })
      if (name === 'process.env') environmentReads.push({ name, line: lineAt(node.start) })
    },
    CallExpression(node) {
      if (isGlobal(node.callee, impureCalls)) impurities.push({ name: `${node.callee.name}()`, line: lineAt(node.start) })
    },
    NewExpression(node) {
      const isClock = isGlobal(node.callee, new Set(['Date'])) && node.arguments.length === 0
      if (isClock) impurities.push({ name: 'new Date()', line: lineAt(node.start) })
    },
    VariableDeclarator(node) {
      const takesFromProcess = node.id.type === 'ObjectPattern' && node.init?.type === 'Identifier' && node.init.name === 'process'
      if (takesFromProcess) environmentReads.push({ name: 'process', line: lineAt(node.start) })
    },
    TSAsExpression(node) {
      const forced = node.expression.type === 'TSAsExpression' && node.expression.typeAnnotation.type === 'TSUnknownKeyword'
      if (forced) forcedCasts.push({ name: 'as unknown as', line: lineAt(node.start) })
    },
  }).visit(program)
  return { impurities, environmentReads, forcedCasts }
}

const literalText = (node: { readonly type: string; readonly value?: unknown }): string | undefined =>
  node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined

/** Names that the module declares itself anywhere, and which are therefore not the globals of that name. */
function findDeclaredNames(program: ESTree.Program): ReadonlySet<string> {
  const names = new Set<string>()
  const note = (node: { readonly type: string; readonly name?: unknown } | null): void => {
    if (node?.type === 'Identifier' && typeof node.name === 'string') names.add(node.name)
  }
  new Visitor({
    VariableDeclarator: (node) => note(node.id),
    FunctionDeclaration: (node) => [node.id, ...node.params].forEach(note),
    FunctionExpression: (node) => node.params.forEach(note),
    ArrowFunctionExpression: (node) => node.params.forEach(note),
    ImportSpecifier: (node) => note(node.local),
    ImportDefaultSpecifier: (node) => note(node.local),
    ImportNamespaceSpecifier: (node) => note(node.local),
  }).visit(program)
  return names
}
