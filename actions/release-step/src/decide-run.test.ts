import { sha256, toTextRef } from '@switchyard/core'
import type { Cluster, Customer, ReleaseFile, ReleaseState, Step, TemplateStep } from '@switchyard/releasing'
import { expect, test } from 'vitest'
import { decideRun, type RunScene } from './decide-run.ts'

const place = { file: 'release/inventory.yml', line: 1, column: 1 }
const CUSTOMER: Customer = { cluster: 'eu-1', namespace: 'brede', name: 'Brede', description: '', active: true, tags: [], place }
const CLUSTER: Cluster = {
  name: 'eu-1',
  description: '',
  active: true,
  tags: [],
  environment: 'production-eu-1',
  sqlCommand: 'psql --set  ON_ERROR_STOP=1',
  customers: [CUSTOMER],
  place,
}
const TEMPLATE: TemplateStep = { id: 'backup', category: 'deploy', name: 'Back up', type: 'bash', content: 'echo 1\n', description: '' }
const STEP: Step = {
  id: 'backup',
  category: 'deploy',
  status: 'pending',
  source: 'template',
  hasTemplate: true,
  returns: 0,
  cell: undefined,
  begun: undefined,
  text: { name: 'Back up', type: 'bash', content: toTextRef(TEMPLATE.content), description: '' },
}
const RELEASE: ReleaseState = {
  slug: 'spring',
  name: 'Spring',
  type: 'release',
  version_number: '',
  release_date: null,
  description: '',
  metadata: {},
  commit: '',
  status: 'active',
  activated_at: 0,
  activated_by: 'a',
  steps: [],
  planned_steps: 0,
  customers: [],
  board: null,
  cursors: {},
  approved: {},
}
const FILE: ReleaseFile = {
  slug: 'spring',
  name: 'Spring',
  type: 'release',
  versionNumber: '',
  releaseDate: undefined,
  description: '',
  metadata: {},
  ref: undefined,
  steps: [TEMPLATE],
}
const SCENE: RunScene = {
  release: RELEASE,
  inventory: { clusters: [CLUSTER] },
  customer: CUSTOMER,
  step: STEP,
  sha256: sha256(TEMPLATE.content),
  file: FILE,
}

function verdict(scene: Partial<RunScene>): unknown {
  try {
    const { environment, how } = decideRun({ ...SCENE, ...scene })
    return [environment, how]
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error
  }
}

const typed = (type: 'sql' | 'text'): Partial<RunScene> => ({
  step: { ...STEP, text: { ...STEP.text, type } },
  file: { ...FILE, steps: [{ ...TEMPLATE, type }] },
})
const approved = (environment: string, content: string): ReleaseState => ({
  ...RELEASE,
  approved: { [environment]: [{ type: 'bash', sha256: sha256(content) }] },
})
const own: Partial<RunScene> = { step: { ...STEP, source: 'overridden' }, sha256: sha256('echo 2\n') }
const BASH = ['production-eu-1', { kind: 'bash' }]

test.each<[string, Partial<RunScene>, unknown]>([
  ['a step of the default branch', {}, BASH],
  ['a step that was reverted', { step: { ...STEP, status: 'reverted' } }, BASH],
  ['SQL by the cluster’s command', typed('sql'), ['production-eu-1', { kind: 'sql', argv: ['psql', '--set', 'ON_ERROR_STOP=1'] }]],
  ['overridden content that was approved', { ...own, release: approved('production-eu-1', 'echo 2\n') }, BASH],
  ['overridden content', own, 'CONTENT_NOT_APPROVED'],
  [
    'overridden content that was approved for another environment',
    { ...own, release: approved('staging', 'echo 2\n') },
    'CONTENT_NOT_APPROVED',
  ],
  [
    'overridden content when other content was approved',
    { ...own, release: approved('production-eu-1', 'echo 3\n') },
    'CONTENT_NOT_APPROVED',
  ],
  [
    'overridden content that was approved as SQL',
    { ...own, release: { ...RELEASE, approved: { 'production-eu-1': [{ type: 'sql', sha256: sha256('echo 2\n') }] } } },
    'CONTENT_NOT_APPROVED',
  ],
  ['overridden content that equals the template’s', { step: { ...STEP, source: 'overridden' } }, 'CONTENT_NOT_APPROVED'],
  ['a step of the customer’s own', { step: { ...STEP, id: 'custom-1', source: 'custom', hasTemplate: false } }, 'CONTENT_NOT_APPROVED'],
  [
    'a template that the default branch says otherwise',
    { file: { ...FILE, steps: [{ ...TEMPLATE, content: 'echo 9\n' }] } },
    'CONTENT_NOT_APPROVED',
  ],
  [
    'a template that the default branch has as another type',
    { file: { ...FILE, steps: [{ ...TEMPLATE, type: 'sql' }] } },
    'CONTENT_NOT_APPROVED',
  ],
  ['a step that is gone from the default branch', { file: { ...FILE, steps: [] } }, 'CONTENT_NOT_APPROVED'],
  ['a step that is done', { step: { ...STEP, status: 'done' } }, 'ALREADY_DONE'],
  ['a text', typed('text'), 'TEXT_NOT_RUN'],
  [
    'SQL on a cluster without a command',
    { ...typed('sql'), inventory: { clusters: [{ ...CLUSTER, sqlCommand: undefined }] } },
    'NO_SQL_RUNNER',
  ],
  ['a step of an archived release', { release: { ...RELEASE, status: 'archived' } }, 'NOT_ACTIVE'],
  [
    'a step of an inactive customer',
    { inventory: { clusters: [{ ...CLUSTER, customers: [{ ...CUSTOMER, active: false }] }] } },
    'CUSTOMER_INACTIVE',
  ],
  ['a step on an inactive cluster', { inventory: { clusters: [{ ...CLUSTER, active: false }] } }, 'CUSTOMER_INACTIVE'],
  ['a step of a customer that the inventory does not know', { inventory: { clusters: [] } }, 'CUSTOMER_INACTIVE'],
])('%s', (_, scene, expected) => {
  expect(verdict(scene)).toEqual(expected)
})
