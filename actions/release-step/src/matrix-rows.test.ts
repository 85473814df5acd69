import type { CustomerState, Matrix, ReleaseState } from '@switchyard/releasing'
import { parseMatrixCsv, renderMatrixCsv } from '@switchyard/releasing/files'
import { describe, expect, it } from 'vitest'
import { requestsOf } from './import-matrix.ts'
import { knownCellsOf, rowsOf } from './matrix-rows.ts'

const content = { blobs: [], bytes: 0 }
const stepOf = (id: string, removed = false) => ({
  id,
  category: 'deploy' as const,
  name: `Do ${id}`,
  type: 'bash' as const,
  content,
  description: '',
  removed,
  returns: 0,
})
const release: ReleaseState = {
  slug: 'spring',
  name: 'Spring',
  type: 'release',
  version_number: '',
  release_date: null,
  description: '',
  metadata: {},
  commit: 'c',
  status: 'active',
  activated_at: 0,
  activated_by: 'a',
  steps: [stepOf('build'), stepOf('old', true), stepOf('migrate')],
  planned_steps: 3,
  customers: [
    { cluster: 'eu-1', namespace: 'acme', name: 'Acme' },
    { cluster: 'eu-1', namespace: 'beta', name: 'Beta' },
  ],
  board: null,
  cursors: {},
  approved: {},
}
const cell = {
  status: 'done' as const,
  executed_at: 1_000,
  executed_by: 'jo',
  skip_reason: null,
  notes: '=1+1',
  last_run: null,
  is_overridden: false,
  returns: 0,
  kept: null,
}
const acme: CustomerState = {
  cells: { old: cell, 'custom-1': { ...cell, status: 'skipped', skip_reason: 'why\nnot', notes: null } },
  customs: [{ id: 'custom-1', category: 'verify', name: 'Own', type: 'bash', content, description: '', anchor: null }],
  customs_added: 1,
}
const matrix: Matrix = {
  steps: ['build', '-old', 'migrate'],
  customers: {
    'eu-1/acme': { cells: '.d.', customs: { 'custom-1': 's' }, own: { 'custom-1': { name: 'Own', category: 'verify', anchor: null } } },
    'eu-1/beta': { cells: '. .', customs: {} },
  },
}
const rows = rowsOf(release, (address) => (address === 'eu-1/acme' ? acme : null))

describe('the rows of a release', () => {
  it('are every copy of every step, with its record where it is not pending', () => {
    expect(
      rows.map(({ namespace, category, step, status, executedAt, executedBy, reason, notes }) => [
        namespace,
        category,
        step,
        status,
        executedAt,
        executedBy,
        reason,
        notes,
      ]),
    ).toEqual([
      ['acme', 'deploy', 'build', 'pending', undefined, undefined, undefined, undefined],
      ['acme', 'deploy', 'old', 'done', 1_000, 'jo', undefined, '=1+1'],
      ['acme', 'deploy', 'migrate', 'pending', undefined, undefined, undefined, undefined],
      ['acme', 'verify', 'custom-1', 'skipped', 1_000, 'jo', 'why\nnot', undefined],
      ['beta', 'deploy', 'build', 'pending', undefined, undefined, undefined, undefined],
      ['beta', 'deploy', 'migrate', 'pending', undefined, undefined, undefined, undefined],
    ])
  })

  it('come back from CSV: what outlived its template and customers’ own steps are known, by the customer that has them', () => {
    const parsed = parseMatrixCsv(renderMatrixCsv(rows), { file: 'm.csv', ...knownCellsOf(release, matrix) })
    expect(parsed).toEqual({ ok: true, rows })
    const other = parseMatrixCsv(renderMatrixCsv(rows.filter(({ step }) => step === 'old').map((row) => ({ ...row, namespace: 'beta' }))), {
      file: 'm.csv',
      ...knownCellsOf(release, matrix),
    })
    expect(other).toMatchObject({ ok: false, faults: [{ code: 'unknown-step' }] })
  })

  it('are imported by one request a customer', () => {
    const requests = requestsOf(rows, 'spring')
    expect(
      requests.map(({ subject, reads, command }) => [subject, reads, command.kind === 'import-cells' ? command.cells.length : 0]),
    ).toEqual([
      ['release-spring~eu-1/acme', ['release-spring'], 4],
      ['release-spring~eu-1/beta', ['release-spring'], 2],
    ])
    expect(requests[0]?.command).toMatchObject({
      cells: [
        { step: 'build', status: 'pending', executed_at: null },
        { step: 'old', executed_at: 1_000, executed_by: 'jo', reason: null, notes: '=1+1' },
        {},
        { reason: 'why\nnot' },
      ],
    })
  })
})
