import { findNearest } from '@switchyard/core'
import { type CommandFault, inOrder, listWords } from '../fault.ts'
import type { PlacedSelector, Audience, Selector } from './selector.ts'
import { matchesWildcard } from './wildcard.ts'

/** What can be selected: a customer of a release, a machine of a fleet. Its address is `cluster/namespace`. */
export interface Member {
  readonly cluster: string
  readonly namespace: string
  /** What people call it; need not be unique. */
  readonly name: string
  readonly tags: readonly string[]
}

export type Selected<M extends Member> =
  /** In the order of the members given, each once. */
  { readonly ok: true; readonly members: readonly M[] } | { readonly ok: false; readonly faults: readonly CommandFault[] }

export interface AudienceQuestion<M extends Member> {
  readonly audience: Audience
  readonly members: readonly M[]
  /** What a member is called in messages. Default: customer. */
  readonly noun?: string
}

/** Addresses in a message: enough to choose from. */
const MAX_CANDIDATES = 10

/**
 * The members that an audience stands for. Every selector must match something, exclusions too, since a typing error in
 * one must not reach more members than meant; a bare name must be unique. All faults at once.
 */
export function selectMembers<M extends Member>({ audience, members, noun = 'customer' }: AudienceQuestion<M>): Selected<M> {
  const named = audience.selectors.map((selector) => ({ selector, found: members.filter((member) => isMatch(selector, member)) }))
  const faults = named.flatMap(({ selector, found }) => faultOf({ selector, found, members, noun }))
  const [first] = audience.selectors
  const included = named.filter(({ selector }) => !selector.exclude)
  if (!audience.all && included.length === 0 && first) faults.push(onlyExclusions(first))
  if (faults.length > 0) return { ok: false, faults: inOrder(faults) }
  const wanted = new Set(audience.all ? members : included.flatMap(({ found }) => found))
  const unwanted = new Set(named.filter(({ selector }) => selector.exclude).flatMap(({ found }) => found))
  const chosen = members.filter((member) => wanted.has(member) && !unwanted.has(member))
  if (chosen.length === 0) return { ok: false, faults: [nothingSelected(noun, audience)] }
  return { ok: true, members: chosen }
}

/** A member as commands write it. */
export function addressOf({ cluster, namespace }: Member): string {
  return `${cluster}/${namespace}`
}

/** Whether a selector, taken without its `!`, stands for a member. */
export function isMatch(selector: Selector, member: Member): boolean {
  switch (selector.by) {
    case 'address':
      return matchesWildcard(norm(member.cluster), selector.cluster) && matchesWildcard(norm(member.namespace), selector.namespace)
    case 'cluster':
      return matchesWildcard(norm(member.cluster), selector.pattern)
    case 'tag':
      return member.tags.some((tag) => matchesWildcard(norm(tag), selector.pattern))
    case 'name':
      return norm(member.name) === selector.name || norm(member.namespace) === selector.name
  }
}

function norm(text: string): string {
  return text.normalize('NFC')
}

interface Judged {
  readonly selector: PlacedSelector
  readonly found: readonly Member[]
  readonly members: readonly Member[]
  readonly noun: string
}

function faultOf({ selector, found, members, noun }: Judged): CommandFault[] {
  const { source, line, column } = selector
  if (found.length === 0) {
    const hint = hintFor(selector, members)
    return [{ code: 'unknown-member', message: `No ${noun} matches “${source}”.`, hint, line, column }]
  }
  if (selector.by !== 'name' || found.length === 1) return []
  const candidates = listSome(found.map((member) => `${selector.exclude ? '!' : ''}${addressOf(member)}`))
  const message = `“${source}” stands for ${found.length} ${noun}s.`
  return [{ code: 'ambiguous-member', message, hint: `Write one of ${candidates}.`, line, column }]
}

function hintFor(selector: Selector, members: readonly Member[]): string {
  const { prefix, written, known } = choiceFor(selector, members)
  const cluster = selector.by === 'name' && members.some((member) => norm(member.cluster) === selector.name)
  if (cluster) return `All on that cluster are “${selector.exclude ? '!' : ''}cluster:${selector.name}”.`
  const near = findNearest(written, known)
  if (near !== undefined) return `Did you mean “${selector.exclude ? '!' : ''}${prefix}${near}”?`
  return known.length === 0 ? 'There is none.' : `There are ${listSome(known.map((one) => `${prefix}${one}`))}.`
}

/** What could have been written in a selector's place. */
function choiceFor(selector: Selector, members: readonly Member[]): { prefix: string; written: string; known: readonly string[] } {
  const unique = (words: readonly string[]): readonly string[] => [...new Set(words)]
  switch (selector.by) {
    case 'address':
      return { prefix: '', written: `${selector.cluster}/${selector.namespace}`, known: unique(members.map(addressOf)) }
    case 'cluster':
      return { prefix: 'cluster:', written: selector.pattern, known: unique(members.map(({ cluster }) => cluster)) }
    case 'tag':
      return { prefix: 'tag:', written: selector.pattern, known: unique(members.flatMap(({ tags }) => tags)) }
    case 'name': {
      const names = [...members.map(({ namespace }) => namespace), ...members.map(({ name }) => name)]
      return { prefix: '', written: selector.name, known: unique(names) }
    }
  }
}

function listSome(words: readonly string[]): string {
  const rest = words.length - MAX_CANDIDATES
  return `${listWords(words.slice(0, MAX_CANDIDATES))}${rest > 0 ? ` and ${rest} more` : ''}`
}

function onlyExclusions({ line, column }: PlacedSelector): CommandFault {
  return {
    code: 'only-exclusions',
    message: 'The selectors only say who is left out.',
    hint: 'Add “--all”, or name who is meant.',
    line,
    column,
  }
}

function nothingSelected(noun: string, { selectors, line, column }: Audience): CommandFault {
  return {
    code: 'nothing-selected',
    message: `No ${noun} is left.`,
    hint: selectors.length > 0 ? 'Take an exclusion away, or name others.' : `There is no ${noun} yet.`,
    line,
    column,
  }
}
