import type { Fault, Place } from '../fault.ts'
import type { YAMLError } from 'yaml'

/** What a person who is not at home in YAML needs to hear, by the parser's own codes. */
const WORDS: Partial<Record<YAMLError['code'], { readonly code: string; readonly message: string; readonly hint: string }>> = {
  TAB_AS_INDENT: { code: 'tab', message: 'Tabs cannot indent YAML.', hint: 'Use spaces.' },
  MULTIPLE_DOCS: {
    code: 'several-documents',
    message: 'The file holds more than one YAML document.',
    hint: 'Delete the `---` and what follows it.',
  },
  TAG_RESOLVE_FAILED: { code: 'unknown-tag', message: 'This YAML tag is not known.', hint: 'Write the value without `!`.' },
  BAD_ALIAS: { code: 'bad-alias', message: 'This alias is not well formed.', hint: 'Write the value out.' },
  BAD_SCALAR_START: { code: 'yaml', message: 'A plain value cannot start with this character.', hint: 'Put the value in quotes.' },
  MISSING_CHAR: {
    code: 'yaml',
    message: 'A quote, bracket or colon is missing.',
    hint: 'Close what was opened, and put a space after each colon.',
  },
  BAD_INDENT: {
    code: 'yaml',
    message: 'The indentation does not fit what is above.',
    hint: 'Align the keys of one mapping, and close every bracket.',
  },
}

export function yamlFault(error: YAMLError, place: Place): Fault {
  const words = WORDS[error.code]
  if (words) return { ...words, place, severity: 'error' }
  return { code: 'yaml', message: `This is not YAML: ${error.message}.`, place, hint: 'Mend the YAML at this place.', severity: 'error' }
}
