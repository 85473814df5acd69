import { GitHubError, isJsonObject } from '@switchyard/core'
import { bug } from './errors.ts'

/** A member of an answer that may be anything; undefined when there is none. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isJsonObject(inner) ? inner[name] : undefined), value)
}

/** @throws {GitHubError} when GitHub's answer lacks what its schema promises. */
export function getText(value: unknown, ...path: readonly string[]): string {
  const found = member(value, ...path)
  if (typeof found === 'string') return found
  throw unexpected(path)
}

export function getNumber(value: unknown, ...path: readonly string[]): number {
  const found = member(value, ...path)
  if (typeof found === 'number') return found
  throw unexpected(path)
}

export function getList(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found: unknown = member(value, ...path)
  if (Array.isArray(found)) return found
  throw unexpected(path)
}

function unexpected(path: readonly string[]): GitHubError {
  return new GitHubError('GITHUB_UNEXPECTED', `GitHub's answer has no ${path.join('.')}`, { status: 200, route: 'POST /graphql' })
}

/**
 * A file's text from its tree entry; undefined when there is no such file.
 *
 * @throws {InternalError} for a text that GitHub cut: nothing of ours is that large, and half a record is no record.
 */
export function readBlob(entry: unknown, path: string): string | undefined {
  if (entry === null || entry === undefined) return undefined
  const blob = member(entry, 'object')
  const text = member(blob, 'text')
  if (typeof text !== 'string') throw bug(`${path} on the ledger's branch is no text file`)
  if (member(blob, 'isTruncated') !== false) throw bug(`${path} on the ledger's branch is too large to be read whole`)
  return text
}
