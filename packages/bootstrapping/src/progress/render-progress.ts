import { escapeMarkdown, inlineCode, renderLink, renderTable, truncate } from '@switchyard/core'
import { findAdvice } from './advice.ts'
import { progressMarker } from './markers.ts'
import { type Progress, PROGRESS_STEPS, type ProgressEnd, type ProgressStep, type Remains } from './progress.ts'

const NAMES: Readonly<Record<ProgressStep, string>> = {
  prepare: 'Prepare the files',
  'create-repository': 'Create the repository',
  push: 'Push the first commit',
  'apply-settings': 'Apply settings',
}

/** The comment that a run edits in place, from its start to its end. */
export function renderProgress(progress: Progress): string {
  const { owner, slug, template, run_id } = progress
  const table = renderTable(
    ['', 'Step', 'Took'],
    PROGRESS_STEPS.map((step) => rowOf(progress, step)),
  )
  const about = `From ${inlineCode(template)} · run ${inlineCode(run_id)}`
  const ending = progress.end === undefined ? [] : renderEnd(progress.end, `${owner}/${slug}`)
  return [progressMarker(run_id), `### ${escapeMarkdown(headlineOf(progress))}`, '', ...ending, table, '', about, ''].join('\n')
}

/** One plain sentence, not yet escaped for Markdown: what became of the run. */
export function headlineOf({ owner, slug, end }: Progress): string {
  const name = `${owner}/${slug}`
  if (end === undefined) return `⏳ Making ${name}`
  switch (end.kind) {
    case 'succeeded':
      return `✅ ${name} is ready`
    case 'failed':
      return `❌ ${name} could not be made${end.leftOver === undefined ? '' : ', and was left half done'}`
    case 'cancelled':
      return `⏹️ ${name} was cancelled${end.leftOver === undefined ? '' : ', and was left half done'}`
  }
}

function rowOf({ done, going, end }: Progress, step: ProgressStep): readonly string[] {
  const finished = done.find((entry) => entry.step === step)
  if (finished) return ['✅', NAMES[step], finished.ms === undefined ? '' : renderDuration(finished.ms)]
  if (going === step) return ['⏳', NAMES[step], '']
  const isFirstLeft = PROGRESS_STEPS.find((other) => !done.some((entry) => entry.step === other)) === step
  return [end?.kind === 'failed' && isFirstLeft ? '❌' : '·', NAMES[step], '']
}

const MAX_MESSAGE = 2_000

function renderEnd(end: ProgressEnd, name: string): readonly string[] {
  switch (end.kind) {
    case 'succeeded':
      return [
        `${renderLink(end.repository.full_name, end.repository.url)} holds one commit. Its receipt is ${inlineCode('.github/bootstrap.json')}, recipe ${inlineCode(end.recipeHash.slice(0, 12))}.`,
        '',
        ...(end.warnings.length === 0
          ? []
          : ['Not everything could be set:', '', ...end.warnings.map((warning) => `- ${escapeMarkdown(truncate(warning, 500))}`), '']),
      ]
    case 'failed':
      return [
        `**${escapeMarkdown(end.error.code)}**: ${escapeMarkdown(truncate(end.error.message, MAX_MESSAGE))}`,
        '',
        ...[findAdvice(end.error.code)].flatMap((advice) => (advice === undefined ? [] : [advice, ''])),
        ...renderNext(end, name),
      ]
    case 'cancelled':
      return renderNext(end, name)
  }
}

function renderNext({ leftOver, cleaned }: Remains, name: string): readonly string[] {
  const retry = `${inlineCode('/bootstrap retry')} tries again.`
  if (cleaned === 'resolved') return ['The repository that it made was kept as it is, so that its name is taken.', '']
  if (cleaned === 'deleted') return [`The repository that it made was deleted. ${retry}`, '']
  if (leftOver === undefined) return [`Nothing was made outside. ${retry}`, '']
  return [
    `${renderLink(leftOver.full_name, leftOver.url)} was made and is not complete. Before another run:`,
    '',
    `- ${inlineCode(`/bootstrap cleanup delete ${name}`)} deletes it, if nobody else has worked in it`,
    `- ${inlineCode(`/bootstrap cleanup resolve ${name}`)} keeps it`,
    '',
  ]
}

/** `850 ms`, `12 s`, `3 min 20 s`. */
function renderDuration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const seconds = Math.round(ms / 1_000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
