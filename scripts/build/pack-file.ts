import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ncc from '@vercel/ncc'
import { minifySync, parseSync } from 'rolldown/utils'

/** What the runner starts. */
export const FIRST = 'index.js'
/** What that loads while it awaits its first answer. */
export const LATE = 'late.js'

export const manifest = `${JSON.stringify({ type: 'module' }, null, 2)}\n`

/** Stack traces and errors tell functions and classes by their names. */
const names = { function: true, class: true }

/**
 * One ES module to one minified ES module that asks the process for its built-in modules, which is cheaper at start-up than
 * importing them. The other file of the bundle stays outside.
 *
 * @throws Error if it would need a module loader of its own, or exports what changes later.
 */
export async function packFile(name: string, code: string): Promise<string> {
  checkExports(name, code)
  const packed = await requireBuiltins(name, code)
  const { code: minified, errors } = minifySync(name, packed, {
    module: true,
    compress: { target: 'es2022', keepNames: names },
    mangle: { keepNames: names },
  })
  if (errors.length > 0) throw new Error(`${name} cannot be minified: ${errors.map(({ message }) => message).join('\n')}`)
  return minified.endsWith('\n') ? minified : `${minified}\n`
}

/** By ncc. */
async function requireBuiltins(name: string, code: string): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), 'switchyard-bundle-'))
  // Names that clash are told apart by the folder's name, which therefore is always the same.
  const folder = join(scratch, 'bundle', 'action')
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'package.json'), manifest)
    writeFileSync(join(folder, name), leaveToNode(code))
    const packed = await ncc(join(folder, name), {
      minify: false,
      cache: false,
      quiet: true,
      esm: true,
      target: 'es2022',
      externals: { [`./${FIRST}`]: `./${FIRST}` },
    })
    const assets = Object.keys(packed.assets).filter((asset) => asset !== 'package.json')
    if (assets.length > 0) throw new Error(`${name} would need further files: ${assets.join(', ')}`)
    // ncc numbers modules by their path once it needs its own loader, so the bytes would depend on the folder.
    if (packed.code.includes('__nccwpck_require__(')) {
      throw new Error(`${name} needs a module loader of its own: look for a top-level await, __dirname or require`)
    }
    return askProcess(packed.code)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** ncc makes itself a `require`, for which Node loads what nothing else here needs. */
function askProcess(code: string): string {
  return code
    .replace(/^import \{ createRequire as (\w+) \} from "module";$/m, '')
    .replaceAll(/\b__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)\(/g, 'process.getBuiltinModule(')
}

/** Node loads the other file when the expression is reached; ncc would load it at once. */
function leaveToNode(code: string): string {
  return code.replaceAll(/\bimport\((["'`]\.\/(?:index|late)\.js["'`])\)/g, 'import(/* webpackIgnore: true */ $1)')
}

/** ncc hands over what an export holds when the module has run; one that changes afterwards would be seen as it was then. */
function checkExports(name: string, code: string): void {
  const { body } = parseSync(name, code).program
  const exported = new Set(
    body
      .flatMap((node) => (node.type === 'ExportNamedDeclaration' ? node.specifiers : []))
      .map(({ local }) => ('name' in local ? local.name : '')),
  )
  const changing = body
    .flatMap((node) => (node.type === 'VariableDeclaration' && node.kind === 'let' ? node.declarations : []))
    .flatMap(({ id }) => (id.type === 'Identifier' && exported.has(id.name) ? id.name : []))
  if (changing.length > 0) throw new Error(`${name} exports what changes later: ${changing.join(', ')}`)
}
