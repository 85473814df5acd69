import { quotePath, type TreeFault, type TreeFaultCode } from './fault-codes.ts'
import { MAX_NAME_BYTES, MAX_PATH_BYTES, MAX_PATH_NAMES } from './limits.ts'
import { byteLength } from './text.ts'

interface PathRule {
  readonly code: TreeFaultCode
  /** `bare`: the names without what is not seen. */
  readonly isBroken: (path: string, names: readonly string[], bare: readonly string[]) => boolean
  readonly what: string
  readonly hint: string
}

const RENAME = 'Rename it in the template, and tag a new version.'

/** What HFS+ leaves out of names when it compares them, and more of its kind. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u
const ALL_UNSEEN = /\p{Default_Ignorable_Code_Point}/gu

/** In the order in which they are asked: the first that is broken is told. */
const RULES: readonly PathRule[] = [
  { code: 'path-not-unicode', isBroken: (path) => !path.isWellFormed(), what: 'is not valid Unicode', hint: RENAME },
  { code: 'path-newline', isBroken: (path) => /[\n\r\u0085\u2028\u2029]/.test(path), what: 'holds a line break', hint: RENAME },
  { code: 'path-control-character', isBroken: hasControlCharacter, what: 'holds a control character', hint: RENAME },
  {
    code: 'path-backslash',
    isBroken: (path) => path.includes('\\'),
    what: 'holds a backslash, which parts folders on Windows',
    hint: RENAME,
  },
  {
    code: 'path-absolute',
    isBroken: (path) => /^(\/|[A-Za-z]:)/.test(path),
    what: 'is absolute',
    hint: 'Name files from the root of the repository.',
  },
  {
    code: 'path-empty',
    isBroken: (_path, _names, bare) => bare.some((name) => /^ *$/.test(name)),
    what: 'has an empty name',
    hint: 'Put one slash between names, none at the end.',
  },
  {
    code: 'path-dot-segment',
    isBroken: (_path, _names, bare) => bare.some((name) => /^\. *$/.test(name)),
    what: 'has `.` for a name',
    hint: 'Leave the `.` out.',
  },
  {
    code: 'path-parent',
    isBroken: (_path, _names, bare) => bare.some(isParent),
    what: 'leads out with `..`',
    hint: 'Name files from the root of the repository.',
  },
  {
    code: 'path-git',
    isBroken: (_path, _names, bare) => bare.some(isGitName),
    what: 'is what some system takes for `.git`',
    hint: 'Git keeps its own data there; choose another name.',
  },
  {
    code: 'name-too-long',
    isBroken: (_, names) => names.some((name) => byteLength(name) > MAX_NAME_BYTES),
    what: `has a name of more than ${MAX_NAME_BYTES} bytes`,
    hint: 'Shorten it.',
  },
  {
    code: 'path-too-long',
    isBroken: (path) => byteLength(path) > MAX_PATH_BYTES,
    what: `has more than ${MAX_PATH_BYTES} bytes`,
    hint: 'Shorten it.',
  },
  {
    code: 'path-too-deep',
    isBroken: (_, names) => names.length > MAX_PATH_NAMES,
    what: `has more than ${MAX_PATH_NAMES} names`,
    hint: 'Use fewer folders.',
  },
]

/** What is wrong with a path of a tree, whatever else is in it; undefined when nothing is. */
export function findPathFault(path: string): TreeFault | undefined {
  const names = path.split('/')
  const bare = UNSEEN.test(path) ? names.map((name) => name.replaceAll(ALL_UNSEEN, '')) : names
  const rule = RULES.find(({ isBroken }) => isBroken(path, names, bare))
  if (rule === undefined) return undefined
  return { code: rule.code, message: `The path ${quotePath(path)} ${rule.what}.`, hint: rule.hint, path, severity: 'error' }
}

/** C0, DEL and C1, and what turns the direction of text so that another name is read than the one that stands there. */
function hasControlCharacter(path: string): boolean {
  return /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(path)
}

/** Windows drops spaces and dots at a name's end. */
function isParent(name: string): boolean {
  return /^(?=.*\..*\.)[ .]+$/.test(name)
}

/**
 * Whether some file system takes this name for `.git`: any case; spaces, dots and streams that NTFS drops from its end; its
 * short name; letters of other widths. Source: git, `is_hfs_dotgit` and `is_ntfs_dotgit`.
 */
function isGitName(name: string): boolean {
  return /^(\.git|git~\d+)[ .]*(:.*)?$/.test(name.normalize('NFKC').toLowerCase())
}

/** The key by which file systems that ignore case, and those that compose characters, tell names apart. */
export function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase().toUpperCase().normalize('NFC')
}
