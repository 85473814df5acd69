import { findPatternFault, quote } from '@switchyard/core'
import type { Field } from './labels.ts'
import { MAX_PATH_LENGTH } from './limits.ts'
import { type Code, piecesOf } from './pieces.ts'
import type { PlanFinding } from './source.ts'

export interface ParsedPaths {
  readonly paths: readonly string[]
  readonly findings: readonly PlanFinding[]
}

/** The paths of `Files:`, none twice. Words beside a path's backticks are a remark; an entry without any is a fault. */
export function parsePaths(field: Field, text: string): ParsedPaths {
  const paths = new Set<string>()
  const findings: PlanFinding[] = []
  for (const piece of piecesOf(field, text)) {
    if (piece.codes.length === 0) {
      const message = `${quote(piece.text)} is not in backticks.`
      findings.push({ code: 'not-in-backticks', message, hint: 'Write paths as `src/login.ts`, in backticks.', offset: piece.start })
    }
    for (const code of piece.codes) {
      const path = code.text.trim()
      const fault = findPathFault(path)
      if (fault === undefined) paths.add(path)
      else findings.push(unsafePath(code, fault))
    }
  }
  return { paths: [...paths], findings }
}

function unsafePath({ text, offset }: Code, fault: string): PlanFinding {
  const message = `${text.trim() === '' ? 'This' : quote(text.trim())} is no path of the repository: ${fault}.`
  const hint = 'Write it from the repository’s root: `src/login.ts`, `docs/`, `src/**/*.ts`.'
  return { code: 'unsafe-path', message, hint, offset }
}

/** What is wrong with a path, directory or glob of a plan, as the end of "… is no path of the repository: "; undefined: nothing. */
function findPathFault(path: string): string | undefined {
  if (path === '') return 'it is empty'
  if (path.length > MAX_PATH_LENGTH) return `it is longer than ${MAX_PATH_LENGTH} characters`
  if (/[\p{C}\p{Zl}\p{Zp}]/u.test(path)) return 'it holds a character that is not seen'
  if (path.includes('\\')) return 'it holds a backslash'
  if (/^(?:\/|~|[A-Za-z]:)/.test(path)) return 'it is absolute'
  if (path.startsWith('!')) return 'it begins with `!`'
  for (const part of path.replace(/\/$/, '').split('/')) {
    if (part === '') return 'it has two slashes together'
    if (part === '..') return 'it climbs with `..`'
    if (part === '.') return 'it has a part `.`'
    if (/^\.git[. ]*$/i.test(part)) return 'it reaches into `.git`'
  }
  return path.includes('*') ? findPatternFault(path) : undefined
}
