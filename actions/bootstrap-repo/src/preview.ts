import type { Outcome } from '@switchyard/action'
import { previewMarker } from '@switchyard/bootstrapping'
import { replyMarker } from '@switchyard/commands'
import { isForPeople } from '@switchyard/core'
import type { PreviewReport } from '@switchyard/bootstrapping/recipe'
import type { Door } from './door.ts'
import type { FirstLook } from './first-look.ts'
import { toPermissions } from './permissions.ts'
import { prepare, type Prepared } from './prepare.ts'
import { renderRefusal } from './render-refusal.ts'
import { renderTree } from './rendering.ts'
import { readRequest } from './request-source.ts'
import type { Spec } from './run.ts'
import type { IssueSeen } from './wish.ts'
import { readCatalogue } from './catalogue.ts'

/** Shows what a run would make, and what stands against it. Writes the preview itself, or why there is none, and nothing else. */
export async function preview(door: Door, issue: IssueSeen | undefined, looking: Promise<FirstLook>): Promise<Outcome<Spec>> {
  try {
    return await show(door, issue, await looking)
  } catch (error) {
    // Whoever opened an issue looks there, not at the step.
    const isTold = isForPeople(error) && issue !== undefined && error.code !== 'ISSUE_NOT_FOUND'
    if (isTold) await say(door, issue.number, `${renderRefusal(error, issue.author)}\n`)
    throw error
  }
}

async function show(door: Door, issue: IssueSeen | undefined, { early, seen: observation, roles }: FirstLook): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const request = await readRequest(early.source, inputs, {
    file: early.source.kind === 'file' ? observation.control.files.get(early.source.path) : undefined,
    body: observation.conversation?.body,
    catalogue: await readCatalogue(door, observation.control),
  })
  const prepared = await prepare(door, observation, {
    request,
    purpose: 'create',
    login: context.actor,
    roles,
    asksRules: false,
  })
  return publish(door, await reportOn(door, prepared), { issue: issue?.number })
}

/** The report of what was prepared. */
export async function reportOn(door: Door, { scene, recipe, template, preflight, repo, role, moved }: Prepared): Promise<PreviewReport> {
  const { previewReport, requiredPermissions } = await import('@switchyard/bootstrapping/recipe')
  const applied = await renderTree({ scene, recipe, template: template.tree, at: door.connection.serverNow() })
  const { permissions } = requiredPermissions(
    applied.ok ? applied.tree : template.tree,
    applied.ok ? applied.settings : [],
    repo.visibility,
  )
  const { findings } = await preflight.judge(toPermissions(permissions))
  return previewReport({
    requestedBy: role.login,
    scene,
    recipe,
    template: template.tree,
    applied,
    preflight: {
      isTaken: findings.some(({ code }) => code === 'NAME_TAKEN'),
      faults: [
        ...findings.filter(({ severity, code }) => severity === 'error' && code !== 'NAME_TAKEN'),
        ...(moved === undefined ? [] : [{ ...moved, severity: 'error' as const }]),
      ],
      warnings: [
        ...findings.flatMap(({ severity, message, hint }) => (severity === 'warning' ? [`${message} ${hint}`] : [])),
        ...(template.lfsPointers.length === 0
          ? []
          : [`${template.lfsPointers.length} files are kept in Git LFS: the new repository gets their pointers alone.`]),
      ],
    },
  })
}

/** The preview where people look for it: the issue's comment, else the step's page. */
export async function publish(
  door: Door,
  report: PreviewReport,
  { issue, answers }: { readonly issue: number | undefined; readonly answers?: number },
): Promise<Outcome<Spec>> {
  const { renderPreview } = await import('@switchyard/bootstrapping/recipe')
  const page = renderPreview(report)
  const answered = answers === undefined ? '' : `${replyMarker('bootstrap', answers)}\n`
  if (issue !== undefined) await say(door, issue, `${previewMarker(report.approval_hash)}\n${answered}${page}`)
  const name = `${report.repo_owner}/${report.repo_slug}`
  return {
    decision: 'done',
    reasonCode: report.canProceed ? 'previewed' : 'preview-with-errors',
    headline: report.canProceed ? `${name} can be made; nothing was written.` : `${name} cannot be made as it is; nothing was written.`,
    result: {
      can_proceed: report.canProceed,
      approval_hash: report.approval_hash,
      recipe_hash: report.recipe_hash,
      catalog_version: report.catalog_version,
    },
    outputs: {
      'approval-hash': report.approval_hash,
      'recipe-hash': report.recipe_hash,
      'catalog-version': report.catalog_version,
      report: JSON.stringify(report),
    },
    summary: page,
  }
}

/** Says something on an issue. */
export async function say({ github, given: { context } }: Door, issue: number, body: string): Promise<void> {
  const { createIssueComment } = await import('@switchyard/github/operations')
  await createIssueComment(github, context.repository, { number: issue, body })
}
