import { parseBody, replaceKey, replaceSection } from './body.ts'
import type { SeenIssue, TreeChange } from './model.ts'

type Rewriting = Extract<TreeChange, { kind: 'edit' | 'rename' | 'revive' }>

/**
 * The title and body that a change writes; undefined for what stays as it is. Of the body only section and key differ, every
 * other character is as people left it.
 */
export function renderRewrite(
  { issue, parts }: Rewriting,
  seen: Pick<SeenIssue, 'body'>,
): { readonly title: string | undefined; readonly body: string | undefined } {
  const withSection = (parts.includes('section') ? replaceSection(seen.body, issue.section) : undefined) ?? seen.body
  const ours = parseBody(withSection)
  const isMarkedSo = ours === undefined || ours === 'broken' || ours.key === issue.key
  const body = (isMarkedSo ? undefined : replaceKey(withSection, issue.key)) ?? withSection
  return { title: parts.includes('title') ? issue.title : undefined, body: body === seen.body ? undefined : body }
}
