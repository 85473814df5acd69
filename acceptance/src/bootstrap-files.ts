/** A catalogue with every kind of action that changes files, and settings; small enough to be read at a glance. */
export const CATALOGUE = `template:
  repository: acme/template
  version: v1.0.0
categories:
  - slug: auth
    label: Authentication
    selection_type: SINGLE
    display_order: 1
    is_required: true
    options:
      - slug: none
        label: Nobody signs in
        is_default: true
        display_order: 1
        actions:
          - { kind: RENDER_FILE, params: { path: README.md }, execution_order: 1 }
          - { kind: CREATE_ADR_STUB, params: { number: 1, title: No sign-in, template: nygard }, execution_order: 2 }
      - slug: sessions
        label: Sessions
        display_order: 2
        actions:
          - { kind: RENDER_FILE, params: { path: README.md }, execution_order: 1 }
          - { kind: ADD_DEPENDENCY, params: { name: iron-session, version: ^8.0.0, dev: false }, execution_order: 2 }
          - { kind: SET_TOPICS, params: { topics: [sessions] }, execution_order: 3 }
  - slug: add-ons
    label: Add-ons
    selection_type: MULTI
    display_order: 2
    options:
      - slug: labels
        label: Labels
        display_order: 1
        actions:
          - { kind: CREATE_LABELS, params: { labels: [{ name: triage, color: d4c5f9 }] }, execution_order: 5 }
      - slug: guarded
        label: Guarded main
        display_order: 2
        actions:
          - { kind: SET_TOPICS, params: { topics: [guarded] }, execution_order: 6, risk_level: HIGH, requires_role: ADMIN }
      - slug: version
        label: A command
        display_order: 3
        actions:
          - { kind: RUN_BASH_TEMPLATE, params: { command: npm pkg set scripts.hello=world }, execution_order: 7, risk_level: MEDIUM, supports_dry_run: false }
`

/** What GitHub makes of the issue form. */
export const FORM_BODY =
  '### Owner\n\nacme\n\n### Repository name\n\nshop\n\n### Visibility\n\nprivate\n\n### Authentication\n\nNobody signs in\n\n### Add-ons\n\n- [ ] Labels\n- [ ] Guarded main\n- [ ] A command\n'

/** A template with as many files as asked. */
export function smallTemplate(count: number): Readonly<Record<string, string>> {
  const files = Array.from({ length: count }, (_, at): [string, string] => [
    `src/part-${String(at).padStart(4, '0')}/[id]/+page.ts`,
    `export const part = ${at}\n`,
  ])
  return {
    'README.md': '# {{ repo.name }}\n\nMade from {{ template.repository }} {{ template.version }}.\n',
    'package.json': '{\n  "name": "template",\n  "version": "0.0.0",\n  "dependencies": {}\n}\n',
    '.github/workflows/ci.yml':
      'name: CI\non: push\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo fine\n',
    ...Object.fromEntries(files),
  }
}
