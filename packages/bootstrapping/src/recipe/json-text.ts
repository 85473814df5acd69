import { isMap, isScalar, type Pair, parseDocument, type YAMLMap } from 'yaml'
import { compareCodePoints } from '../tree/code-points.ts'

/** A member of a JSON object, with the places of its key and its value in the text. */
export interface Member {
  readonly key: string
  readonly value: unknown
  readonly isObject: boolean
  /** From the key's first quote to behind the value. */
  readonly start: number
  readonly keyEnd: number
  readonly valueStart: number
  readonly end: number
}

/** A JSON object as it stands in a text. */
export interface JsonNode {
  readonly members: readonly Member[]
  readonly start: number
  readonly end: number
  child(key: string): JsonNode | undefined
}

type Path = readonly string[]

/** Longest text that is read, in UTF-16 units. */
const MAX_LENGTH = 500_000

/**
 * Reads strict JSON; undefined when the text is no JSON object, has a key twice, is too long or nested too deeply. YAML holds
 * JSON, and its parser keeps places.
 */
export function readJsonObject(text: string): JsonNode | undefined {
  if (text.length > MAX_LENGTH) return undefined
  const mark = text.startsWith('\ufeff') ? 1 : 0
  try {
    JSON.parse(text.slice(mark))
    const parsed = parseDocument(text.slice(mark), { schema: 'json', prettyErrors: false, logLevel: 'silent' })
    return parsed.errors.length === 0 && isMap(parsed.contents) ? nodeOf(parsed.contents, mark) : undefined
  } catch {
    return undefined
  }
}

function nodeOf(map: YAMLMap, mark: number): JsonNode {
  const [start = 0, end = 0] = map.range ?? []
  const pairs = map.items.map((pair) => ({ pair, member: memberOf(pair, mark) }))
  return {
    members: pairs.map(({ member }) => member),
    start: start + mark,
    end: end + mark,
    child: (key) => {
      const value = pairs.find(({ member }) => member.key === key)?.pair.value
      return isMap(value) ? nodeOf(value, mark) : undefined
    },
  }
}

function memberOf({ key, value }: Pair, mark: number): Member {
  const [start = 0, keyEnd = 0] = isScalar(key) ? (key.range ?? []) : []
  const [valueStart = 0, end = 0] = rangeOf(value)
  return {
    key: isScalar(key) ? String(key.value) : '',
    value: isScalar(value) ? value.value : undefined,
    isObject: isMap(value),
    start: start + mark,
    keyEnd: keyEnd + mark,
    valueStart: valueStart + mark,
    end: end + mark,
  }
}

function rangeOf(value: unknown): readonly number[] {
  const hasRange = typeof value === 'object' && value !== null && 'range' in value && Array.isArray(value.range)
  return hasRange && Array.isArray(value.range) ? value.range.map(Number) : []
}

export function findMember(root: JsonNode, path: Path): Member | undefined {
  const holder = findNode(root, path.slice(0, -1))
  return holder?.members.find(({ key }) => key === path.at(-1))
}

function findNode(root: JsonNode, path: Path): JsonNode | undefined {
  return path.reduce<JsonNode | undefined>((node, key) => node?.child(key), root)
}

/** The text with another value at this path; all else stays as it was written. */
export function replaceValue(text: string, path: Path, value: string): string {
  const root = readJsonObject(text)
  const member = root && findMember(root, path)
  return member ? splice(text, member.valueStart, { end: member.end, put: JSON.stringify(value) }) : text
}

/** The text without the member at this path, nor the comma that parted it. */
export function removeMember(text: string, path: Path): string {
  const root = readJsonObject(text)
  const holder = root && findNode(root, path.slice(0, -1))
  const at = holder?.members.findIndex(({ key }) => key === path.at(-1)) ?? -1
  const member = holder?.members[at]
  if (holder === undefined || member === undefined) return text
  const last = holder.members[at - 1]
  const next = holder.members[at + 1]
  if (next !== undefined) return splice(text, member.start, { end: next.start, put: '' })
  if (last !== undefined) return splice(text, last.end, { end: member.end, put: '' })
  return splice(text, holder.start, { end: holder.end, put: '{}' })
}

export interface NewMember {
  /** The object that it goes into. */
  readonly path: Path
  readonly key: string
  readonly value: string | Record<string, never>
  /** Stands where the order wants it, if the others stand in order. */
  readonly isSorted?: boolean
  readonly before?: string
  readonly after?: string
}

/** The text with one more member, written as its neighbours are: their white space, their colons. */
export function addMember(text: string, wanted: NewMember): string {
  const root = readJsonObject(text)
  const holder = root && findNode(root, wanted.path)
  if (root === undefined || holder === undefined) return text
  const first = holder.members[0]
  if (first === undefined) return addFirst(text, { root, holder, wanted })
  const gap = text.slice(holder.start + 1, first.start)
  const written = write(text, wanted, first)
  const index = indexFor(holder.members, wanted)
  const previous = holder.members[index - 1]
  if (previous === undefined) return splice(text, first.start, { end: first.start, put: `${written},${gap}` })
  return splice(text, previous.end, { end: previous.end, put: `,${gap}${written}` })
}

interface Empty {
  readonly root: JsonNode
  readonly holder: JsonNode
  readonly wanted: NewMember
}

/** The first member of an object: one step further in than the object itself, as the whole file shows. */
function addFirst(text: string, { root, holder, wanted }: Empty): string {
  const neighbour = root.members[0]
  const outer = neighbour === undefined ? '\n  ' : text.slice(root.start + 1, neighbour.start)
  const unit = /\n([ \t]*)$/.exec(outer)?.[1]
  const written = write(text, wanted, neighbour)
  if (unit === undefined) return splice(text, holder.start, { end: holder.end, put: `{${written}}` })
  const lineEnd = outer.includes('\r\n') ? '\r\n' : '\n'
  const depth = wanted.path.length
  const put = `{${lineEnd}${unit.repeat(depth + 1)}${written}${lineEnd}${unit.repeat(depth)}}`
  return splice(text, holder.start, { end: holder.end, put })
}

function write(text: string, { key, value }: NewMember, neighbour: Member | undefined): string {
  const colon = neighbour === undefined ? ': ' : text.slice(neighbour.keyEnd, neighbour.valueStart)
  return `${JSON.stringify(key)}${/\n/.test(colon) ? ': ' : colon}${JSON.stringify(value)}`
}

function indexFor(members: readonly Member[], { key, isSorted, before, after }: NewMember): number {
  const keys = members.map((member) => member.key)
  if (before !== undefined && keys.includes(before)) return keys.indexOf(before)
  if (after !== undefined && keys.includes(after)) return keys.indexOf(after) + 1
  const inOrder = isSorted === true && keys.every((one, at) => at === 0 || compareCodePoints(keys[at - 1] ?? '', one) < 0)
  const later = inOrder ? keys.findIndex((other) => compareCodePoints(key, other) < 0) : -1
  return later < 0 ? keys.length : later
}

function splice(text: string, start: number, { end, put }: { readonly end: number; readonly put: string }): string {
  return `${text.slice(0, start)}${put}${text.slice(end)}`
}
