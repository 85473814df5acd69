/** What is said of each malformed result: code and path of each fault, and words of the first one. */
export const MALFORMED: Readonly<
  Record<string, { readonly faults: readonly (readonly [code: string, path: string])[]; readonly says: string }>
> = {
  'a-list': { faults: [['wrong-type', '']], says: 'The review result must be a mapping.' },
  'no-version': { faults: [['missing-key', 'schema_version']], says: 'The review result needs `schema_version`.' },
  'other-version': { faults: [['unknown-value', 'schema_version']], says: '`schema_version` does not know this value.' },
  'no-findings': { faults: [['missing-key', 'findings']], says: 'The review result needs `findings`.' },
  'findings-as-text': { faults: [['wrong-type', 'findings']], says: '`findings` must be a list.' },
  'no-verdict': { faults: [['missing-key', 'verdict']], says: 'The review result needs `verdict`.' },
  'verdict-in-capitals': { faults: [['unknown-value', 'verdict']], says: '`verdict` does not know `Approved`.' },
  'unknown-severity': { faults: [['unknown-value', 'findings[0].severity']], says: '`findings[0].severity` does not know `critical`.' },
  'misspelt-key': { faults: [['unknown-key', '']], says: '`revisedplan` is not a key of the review result.' },
  'misspelt-finding-key': {
    faults: [
      ['missing-key', 'findings[0].text'],
      ['unknown-key', 'findings[0]'],
    ],
    says: '`findings[0]` needs `text`.',
  },
  'empty-text': { faults: [['empty', 'findings[0].text']], says: '`findings[0].text` is empty.' },
  'empty-plan': { faults: [['empty', 'revised_plan']], says: '`revised_plan` is empty.' },
  'plan-as-object': { faults: [['wrong-type', 'revised_plan']], says: '`revised_plan` must be text.' },
  'reviewer-null': { faults: [['wrong-type', 'reviewer']], says: '`reviewer` must be text.' },
  'key-from-the-prototype': { faults: [['unknown-key', '']], says: '`constructor` is not a key of the review result.' },
  'texts-too-long': {
    faults: [
      ['too-long', 'reviewer'],
      ['too-long', 'findings[0].where'],
      ['too-long', 'findings[0].text'],
    ],
    says: '`reviewer` is longer than 100 characters.',
  },
  'too-many-findings': { faults: [['too-many', 'findings']], says: '`findings` has more than 100 entries.' },
}
