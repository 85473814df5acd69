type Expected = readonly (readonly [line: number, column: number, code: string, message: string])[]

/** Every file of `malformed/`, with all that is to be said of it. */
export const MALFORMED: Readonly<Record<string, Expected>> = {
  'a-word': [[1, 1, 'not-a-mapping', 'The file must be a mapping of keys to values.']],
  'alias-bomb': [[1, 1, 'bad-alias', 'Aliases here refer to themselves, to nothing, or repeat too much.']],
  'bad-ids': [
    [
      5,
      13,
      'bad-id',
      '`steps.deploy[0].id` must be letters A to Z, digits, `.`, `_` and `-`, with a letter or digit at both ends: it holds a space.',
    ],
    [
      6,
      13,
      'bad-id',
      '`steps.deploy[1].id` must be letters A to Z, digits, `.`, `_` and `-`, with a letter or digit at both ends: it holds `а` (U+0430).',
    ],
    [7, 13, 'bad-id', '`steps.deploy[2].id` must be letters A to Z, digits, `.`, `_` and `-`, with a letter or digit at both ends.'],
    [8, 13, 'needs-quotes', '`steps.deploy[3].id` must be text, but `1` is the number 1 in YAML.'],
    [9, 13, 'reserved-name', '`constructor` is a name that programs keep for themselves.'],
    [10, 13, 'custom-prefix', 'The id `Custom-1` begins with `custom-`, as the steps do that customers have for themselves.'],
  ],
  'content-empty': [
    [5, 46, 'empty', '`steps.deploy[0].content` is empty.'],
    [6, 43, 'empty', '`steps.deploy[1].file` is empty.'],
  ],
  'content-or-file': [
    [5, 7, 'content-or-file', '`steps.deploy[0]` needs either `content` or `file`.'],
    [6, 7, 'content-or-file', '`steps.deploy[1]` needs either `content` or `file`.'],
    [7, 7, 'missing-key', '`steps.deploy[2]` needs `id`.'],
    [7, 7, 'content-or-file', '`steps.deploy[2]` needs either `content` or `file`.'],
    [7, 24, 'unknown-value', '`steps.deploy[2].type` does not know `perl`.'],
  ],
  'date-as-written-elsewhere': [[3, 15, 'bad-date', '`release_date` must be a date such as `2026-11-21`.']],
  'date-is-a-number': [
    [3, 17, 'needs-quotes', '`version_number` must be text, but `2` is the number 2 in YAML.'],
    [4, 15, 'needs-quotes', '`release_date` must be text, but `20261121` is the number 20261121 in YAML.'],
  ],
  'date-that-is-none': [[3, 15, 'bad-date', 'There is no day `2026-02-30`.']],
  'duplicate-step': [
    [7, 13, 'duplicate-step', 'The step `A` differs from `a` in case only.'],
    [8, 13, 'duplicate-step', 'The step `a` is there twice.'],
  ],
  empty: [[1, 1, 'empty-file', 'The file holds nothing.']],
  'hidden-in-content': [
    [5, 46, 'hidden-character', 'The content holds U+202E, which is not seen where it stands.'],
    [6, 46, 'carriage-return', 'A line ends with a carriage return, which a shell takes for a part of the line.'],
    [7, 45, 'hidden-character', 'The content holds U+000D, which is not seen where it stands.'],
    [8, 46, 'byte-order-mark', 'The content begins with a byte order mark.'],
    [9, 46, 'hidden-character', 'The content holds U+0000, which is not seen where it stands.'],
    [10, 46, 'broken-text', 'The content holds half a character (a lone surrogate).'],
  ],
  'key-from-the-prototype': [
    [1, 1, 'unknown-key', '`__proto__` is not a key of this file.'],
    [5, 3, 'unknown-key', '`__proto__` is not a key of `steps`.'],
  ],
  'metadata-no-number': [[5, 11, 'not-json', 'This number cannot be kept: it is no finite one.']],
  'missing-files': [
    [5, 43, 'missing-file', 'There is no file `release/absent.sh`.'],
    [6, 43, 'missing-file', 'There is no file `release/release/absent.sh`.'],
  ],
  'misspelt-category': [[4, 3, 'unknown-key', '`deply` is not a key of `steps`.']],
  'misspelt-root': [
    [1, 1, 'missing-key', 'The file needs `name`.'],
    [1, 1, 'missing-key', 'The file needs `type`.'],
    [1, 1, 'unknown-key', '`nam` is not a key of this file.'],
    [2, 1, 'unknown-key', '`typ` is not a key of this file.'],
  ],
  'misspelt-step': [
    [5, 7, 'missing-key', '`steps.deploy[0]` needs `name`.'],
    [5, 16, 'unknown-key', '`nmae` is not a key of `steps.deploy[0]`.'],
    [5, 31, 'unknown-value', '`steps.deploy[0].type` does not know `bahs`.'],
    [5, 49, 'unknown-key', '`contnet` is not a key of `steps.deploy[0]`.'],
  ],
  'name-with-newline': [
    [1, 7, 'not-one-line', '`name` must be one line without control characters, and without spaces at its ends: it holds U+000A.'],
  ],
  'ref-in-full': [[3, 6, 'bad-ref', '`refs/tags/v1` must be a short name.']],
  'ref-with-space': [[3, 6, 'bad-ref', '`a b` is not a branch, tag or commit: it holds a space or a control character.']],
  'steps-as-list': [[3, 8, 'wrong-type', '`steps` must be a mapping.']],
  'unknown-type': [[2, 7, 'unknown-value', '`type` does not know `relase`.']],
  'unsafe-files': [
    [5, 43, 'unsafe-path', '`steps.deploy[0].file` must be a path below `release/`: it climbs with `..`.'],
    [6, 43, 'unsafe-path', '`steps.deploy[1].file` must be a path below `release/`: it is absolute.'],
    [7, 43, 'unsafe-path', '`steps.deploy[2].file` must be a path below `release/`: it reaches into `.git`.'],
    [8, 43, 'unsafe-path', '`steps.deploy[3].file` must be a path below `release/`: it has a slash at its end, or two together.'],
    [
      9,
      43,
      'unsafe-path',
      '`steps.deploy[4].file` must be a path below `release/`: it holds more than letters A to Z, digits, `.`, `_`, `-`, `/`.',
    ],
    [
      10,
      43,
      'unsafe-path',
      '`steps.deploy[5].file` must be a path below `release/`: it holds more than letters A to Z, digits, `.`, `_`, `-`, `/`.',
    ],
  ],
  'version-is-a-number': [[3, 17, 'needs-quotes', '`version_number` must be text, but `1.10` is the number 1.1 in YAML.']],
}
