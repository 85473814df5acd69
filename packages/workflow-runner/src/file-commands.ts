/** A file that an action wrote commands into does not follow the format. */
export class FileCommandError extends Error {
  override readonly name = 'FileCommandError'
}

/**
 * Parses `GITHUB_OUTPUT`, `GITHUB_ENV` and `GITHUB_STATE`: lines of `name=value`, and `name<<delimiter` blocks.
 * A name that comes twice keeps the last value. Rules of the runner's `EnvFileKeyValuePairs`.
 *
 * @throws FileCommandError for a line that is neither, or a block that does not end.
 */
export function parseKeyValueFile(text: string): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>()
  const lines = text.split('\n')
  // A text that ends in a line break has no further line after it.
  if (lines.at(-1) === '') lines.pop()
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.set(line.slice(0, equals), line.slice(equals + 1))
    } else if (heredoc >= 0) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)]
      if (name === '' || delimiter === '') throw new FileCommandError(`Invalid format '${line}'. Name and delimiter must not be empty`)
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) throw new FileCommandError(`Invalid value. Matching delimiter not found '${delimiter}'`)
      pairs.set(name, lines.slice(index + 1, end).join('\n'))
      index = end
    } else {
      throw new FileCommandError(`Invalid format '${line}'`)
    }
  }
  return pairs
}

/** Parses `GITHUB_PATH`: a folder a line; the last one is searched first, and one that comes again moves to the end. */
export function parsePathFile(text: string): readonly string[] {
  const folders = new Set<string>()
  for (const line of text.split(/\r?\n/).filter((entry) => entry !== '')) {
    folders.delete(line)
    folders.add(line)
  }
  return [...folders]
}
