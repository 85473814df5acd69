import { describe, expect, test } from 'vitest'
import { renderApplier, renderFollowed, renderOrigin, renderOtherPlace, renderWaiting } from '../../src/render.ts'

const SITE = { server: 'https://github.example', repository: 'acme/shelf', issue: 1 }
const COMMIT = '0123456789abcdef0123456789abcdef01234567'

describe('a plan that nobody asked for', () => {
  test('is told with its file, its commit and who pushed it, whom nobody calls', () => {
    expect(renderOrigin({ by: 'github-merge-queue[bot]', pushed: { path: 'plans/`a`@b.md', commit: COMMIT } }, SITE)).toBe(
      `\`\`plans/\`a\`@b.md\`\`, as **github\\-merge\\-queue\\[bot\\]** pushed it with [0123456](https://github.example/acme/shelf/commit/${COMMIT}):`,
    )
    expect(renderOrigin({ by: 'writer', pushed: undefined }, SITE)).toBe('The plan in this issue’s text, as **writer** left it:')
  })

  test('waits for whoever may act, with the words that take it', () => {
    const waiter = { by: 'writer', isOwner: false }
    expect(renderWaiting({ ...waiter, command: '/plan upload plans/a.md', needsBlock: false })).toBe(
      '**It waits:** **writer** may not change this idea. To take it, the idea’s owner or a maintainer comments `/plan upload plans/a.md`.',
    )
    expect(renderWaiting({ ...waiter, command: '/plan upload', needsBlock: true })).toContain(
      '`/plan upload`, with the plan in a code block',
    )
    expect(renderApplier(waiter)).toBe('**writer** may not apply it; the idea’s owner or a maintainer may.')
    expect(renderApplier({ by: 'owner', isOwner: true })).toBe('**owner** may not apply it; a maintainer may.')
  })

  test('of another place says both places, and where it is read from', () => {
    const read = { kind: 'file', path: 'plans/new.md', commit: COMMIT } as const
    expect(renderOtherPlace({ saved: { kind: 'issue' }, read }, SITE)).toMatch(
      /^This plan is from `plans\/new\.md` at \[0123456\]\(.*\); the saved one came from \[this issue’s text\]\(.*\)\.$/,
    )
    expect(renderFollowed(read, SITE)).toMatch(/^The plan is the saved one, and is read from `plans\/new\.md` at .* from now on\.$/)
  })
})
