import { isFullName } from '@switchyard/core'
import { InvalidArgumentError } from 'commander'

const MAX_PORT = 65_535

/** @throws {InvalidArgumentError} for what is no port. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > MAX_PORT) throw new InvalidArgumentError(`A port is a number from 0 to ${MAX_PORT}.`)
  return port
}

/** @throws {InvalidArgumentError} for what cannot be the name of an account: letters, digits and single inner hyphens, 39 at most. */
export function parseLogin(text: string): string {
  if (!/^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(text)) {
    throw new InvalidArgumentError('An account is named with letters, digits and single hyphens, at most 39.')
  }
  return text
}

/** @throws {InvalidArgumentError} for what is not `owner/name`. */
export function parseRepository(text: string): string {
  if (!isFullName(text)) throw new InvalidArgumentError('A repository is written owner/name.')
  return text
}

/** @throws {InvalidArgumentError} for what git would take for an option or would not take for a branch. */
export function parseBranch(text: string): string {
  // eslint-disable-next-line no-control-regex
  if (text === '' || /^[-/.]|[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|[/.]$|\.lock$/.test(text)) {
    throw new InvalidArgumentError('This cannot be the name of a branch.')
  }
  return text
}

/** @throws {InvalidArgumentError} for what is no whole number from 1 on. */
export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('This is a number from 1 on.')
  return Number(text)
}
