import { expect, it } from 'vitest'
import { type Approval, approvalHash } from '../../src/index.ts'

const approval: Approval = {
  recipe_hash: 'a'.repeat(64),
  catalog_version: 'b'.repeat(64),
  template_version: 'v1.0.0',
  template_source_sha: 'c'.repeat(40),
  owner: 'acme',
  slug: 'shop',
  visibility: 'private',
}

it('is the same on any machine', () => {
  expect(approvalHash(approval)).toBe('35c5edb258fcc507696b9e109754f38e0b474c8b9e542641a86e9b30bb34a9f7')
})

const CHANGES: readonly Partial<Approval>[] = [
  { recipe_hash: '0'.repeat(64) },
  { catalog_version: '0'.repeat(64) },
  { template_version: 'v1.0.1' },
  { template_source_sha: '0'.repeat(40) },
  { owner: 'other' },
  { slug: 'other' },
  { visibility: 'public' },
]

it.each(CHANGES)('changes with %j', (change) => {
  expect(approvalHash({ ...approval, ...change })).not.toBe(approvalHash(approval))
})

it('knows only what is approved', () => {
  expect(approvalHash(Object.assign({ started_at: 'now' }, approval))).toBe(approvalHash(approval))
})
