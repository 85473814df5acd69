import type { ShapeWords } from '@switchyard/core/config'

/** What `.github/switchyard.yml` says of its own shape. */
export const switchyardWords: ShapeWords = {
  keys: { '': ['commands', 'accepts'], commands: ['command', 'selectors', 'role'] },
  explain({ code }, what) {
    if (code !== 'invalid_format') return undefined
    return {
      code: 'bad-command',
      message: `${what} is not a command’s name.`,
      hint: 'Write it without the slash: `release archive`, `release *`, or `"*"` for all.',
    }
  },
}
