import type { Receipt } from '../src/index.ts'

export const RECEIPT: Receipt = {
  repo_owner: 'acme',
  repo_slug: 'shop',
  visibility: 'private',
  selected_options: { auth: ['sessions'], testing: [] },
  template_repo: 'acme/template',
  template_version: 'v1.2.0',
  template_source_sha: '0123456789abcdef0123456789abcdef01234567',
  catalog_version: 'a'.repeat(64),
  recipe_hash: 'b'.repeat(64),
  action_schema_version: '1.0',
  generated_at: '2026-01-31T12:00:00Z',
}
