/** What is said of each malformed result: the code of each fault, and words of the first one. */
export const MALFORMED: Readonly<Record<string, { readonly faults: readonly string[]; readonly says: string }>> = {
  'a-list': { faults: ['wrong-type'], says: 'The review result must be a mapping.' },
  'no-version': { faults: ['missing-key'], says: 'The review result needs `schema_version`.' },
  'other-version': { faults: ['unknown-value'], says: '`schema_version` does not know this value.' },
  'no-findings': { faults: ['missing-key'], says: 'The review result needs `findings`.' },
  'findings-as-text': { faults: ['wrong-type'], says: '`findings` must be a list.' },
  'no-verdict': { faults: ['missing-key'], says: 'The review result needs `verdict`.' },
  'verdict-in-capitals': { faults: ['unknown-value'], says: '`verdict` does not know `Approved`.' },
  'unknown-severity': { faults: ['unknown-value'], says: '`findings[0].severity` does not know `critical`.' },
  'misspelt-key': { faults: ['unknown-key'], says: '`revisedplan` is not a key of the review result.' },
  'misspelt-finding-key': {
    faults: ['missing-key', 'unknown-key'],
    says: '`findings[0]` needs `text`.',
  },
  'empty-text': { faults: ['empty'], says: '`findings[0].text` is empty.' },
  'empty-plan': { faults: ['empty'], says: '`revised_plan` is empty.' },
  'plan-as-object': { faults: ['wrong-type'], says: '`revised_plan` must be text.' },
  'reviewer-null': { faults: ['wrong-type'], says: '`reviewer` must be text.' },
  'key-from-the-prototype': { faults: ['unknown-key'], says: '`constructor` is not a key of the review result.' },
  'texts-too-long': {
    faults: ['too-long', 'too-long', 'too-long'],
    says: '`reviewer` is longer than 100 characters.',
  },
  'too-many-findings': { faults: ['too-many'], says: '`findings` has more than 100 entries.' },
}
