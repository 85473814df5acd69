/** The inputs by which a door is told where its ledger is; `openGithubLedger` is given what they hold. `branch`: where none is named. */
export function ledgerInputs<const Branch extends string>(branch: Branch) {
  return {
    'ledger-branch': { kind: 'text', description: 'The branch that keeps the ledger', default: branch },
    'ledger-repository': { kind: 'text', description: 'The repository that keeps the ledger, `owner/name`; left out: this repository' },
    'ledger-token': { kind: 'secret', description: 'Serves the `ledger-repository`; left out: `token`' },
  } as const
}
