import { type Place, withoutBom } from '@switchyard/core'
import { placesIn } from '@switchyard/core/config'
import type { ParsedPlan } from '../model.ts'
import { assemble, type Drafted } from './assemble.ts'
import { parseBlocks } from './blocks.ts'
import { checkCeilings } from './ceilings.ts'
import { cutFaults } from './cut-faults.ts'
import { findCycles } from './cycles.ts'
import { findDependencies } from './dependencies.ts'
import { parseFrontMatter, type ParsedFrontMatter } from './front-matter.ts'
import { giveIds } from './give-ids.ts'
import { findIntricacy } from './intricacy.ts'
import { MAX_PLAN_LENGTH } from './limits.ts'
import { type Outline, parseOutline } from './outline.ts'
import { type PlanFinding, toFault } from './source.ts'
import { findMisplaced, parseTaskFields } from './task-fields.ts'

export interface TextOrigin {
  /** The path that faults name. */
  readonly file: string
  /** The line of the file that the text begins on, from 1: of a plan that stands inside an issue. Default: 1. */
  readonly line?: number
}

/**
 * Reads a written plan: front matter, and one epic with stories and tasks. Never throws; everything wrong is told at once, errors first
 * up to `MAX_FAULTS`, from the text's top to its end. Columns count UTF-16 units from 1. A plan that is empty, longer than
 * `MAX_PLAN_LENGTH` or too intricate for a Markdown parser is refused before anything else is looked at.
 */
export function parsePlan(text: string, { file, line = 1 }: TextOrigin): ParsedPlan {
  const plain = withoutBom(text)
  const places = placesIn(plain, file)
  const placeAt = (offset: number): Place => {
    const place = places(offset)
    return { ...place, line: place.line + line - 1 }
  }
  const refusal = findRefusal(plain)
  if (refusal) return { ok: false, faults: [toFault(refusal, placeAt)] }
  const matter = parseFrontMatter(plain, placeAt)
  const markdown = plain.slice(matter.end)
  const outline = parseOutline({ text: plain, blocks: parseBlocks(markdown), start: matter.end })
  const checked = check(outline, { text: plain, matter })
  const found = [...matter.faults, ...[...outline.findings, ...checked.findings].map((finding) => toFault(finding, placeAt))]
  const isSound = found.every(({ severity }) => severity === 'warning')
  // Of a plan that is refused, whatever is missing may stand in what could not be read.
  const faults = cutFaults([...found, ...(isSound ? bareEpic(outline).map((finding) => toFault(finding, placeAt)) : [])])
  const plan = isSound ? assemble(checked.drafted, { text: plain, matter: matter.data, placeAt }) : undefined
  return plan === undefined ? { ok: false, faults } : { ok: true, plan, warnings: faults }
}

/** An epic alone is allowed, but more often its stories were meant and not written as such. */
function bareEpic({ nodes }: Outline): readonly PlanFinding[] {
  const [epic, ...others] = nodes
  if (epic === undefined || others.length > 0) return []
  const message = 'The epic has no stories: it becomes one issue, and no more.'
  return [{ code: 'no-stories', message, hint: 'Write `## Story: …` below it.', offset: epic.offset, isWarning: true }]
}

function findRefusal(text: string): PlanFinding | undefined {
  if (text.trim() === '') {
    return { code: 'empty-plan', message: 'The plan is empty.', hint: 'Begin with front matter and `# Epic: …`.', offset: 0 }
  }
  if (text.length > MAX_PLAN_LENGTH) {
    const message = `The plan has ${text.length} characters; ${MAX_PLAN_LENGTH} are allowed.`
    return { code: 'plan-too-long', message, hint: 'Split it into several plans.', offset: 0 }
  }
  if (!text.isWellFormed()) {
    const offset = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.exec(text)?.index ?? 0
    return { code: 'broken-text', message: 'The plan holds half a character (a lone surrogate).', hint: 'Delete it.', offset }
  }
  const intricacy = findIntricacy(text)
  return intricacy && { code: 'too-intricate', ...intricacy }
}

interface CheckInput {
  readonly text: string
  readonly matter: ParsedFrontMatter
}

function check(
  outline: Outline,
  { text, matter }: CheckInput,
): { readonly drafted: readonly Drafted[]; readonly findings: readonly PlanFinding[] } {
  const { nodes } = outline
  const findings: PlanFinding[] = []
  const titleOf = (at: number): string => nodes[at]?.title || (matter.data?.title ?? '')
  const given = giveIds(nodes, titleOf)
  const read = nodes.map((node, at) => {
    const below = { blocks: node.blocks, text, start: matter.end }
    const fields = node.level === 'task' ? parseTaskFields(below) : undefined
    findings.push(...(fields?.findings ?? findMisplaced(below)))
    return { node, id: given.ids[at] ?? '', title: titleOf(at), fields }
  })
  const named = read.map(({ id, title, node, fields }) => ({ id, title, isTask: node.level === 'task', needs: fields?.needs ?? [] }))
  const dependencies = findDependencies(named)
  const drafted = read.map((draft, at) => ({ ...draft, dependsOn: dependencies.dependsOn[at] ?? [] }))
  findings.push(...given.findings, ...dependencies.findings, ...cycleFindings(drafted), ...checkCeilings(nodes, { text, ids: given.ids }))
  findings.push(...epicFindings(outline, matter))
  return { drafted, findings }
}

/** Names of a cycle that are written out. */
const MAX_NAMED = 10

function cycleFindings(drafted: readonly Drafted[]): readonly PlanFinding[] {
  // Of an id that is there twice the first is meant, as by those that name it.
  const byId = new Map(drafted.toReversed().map((draft) => [draft.id, draft]))
  return findCycles(new Map(drafted.map(({ id }) => [id, byId.get(id)?.dependsOn ?? []]))).map((cycle) => {
    const [first = ''] = cycle
    const shown = cycle.length > MAX_NAMED ? [...cycle.slice(0, MAX_NAMED), '…', first] : [...cycle, first]
    const message = `The tasks wait for each other: ${shown.map((id) => (id === '…' ? id : `\`${id}\``)).join(' → ')}.`
    const draft = byId.get(first)
    const offset = draft?.fields?.needs[0]?.start ?? draft?.node.offset ?? 0
    return { code: 'cyclic-dependency', message, hint: 'Let one of them begin: delete one of its dependencies.', offset }
  })
}

const NO_EPIC: PlanFinding = {
  code: 'no-epic',
  message: 'The plan has no epic.',
  hint: 'Begin with `# Epic: …`, below the front matter.',
  offset: 0,
}

function epicFindings({ nodes, hasEpic }: Outline, matter: ParsedFrontMatter): readonly PlanFinding[] {
  const epic = nodes.find(({ level }) => level === 'epic')
  const isOpen = matter.faults.some(({ code }) => code === 'open-front-matter')
  if (!hasEpic && !isOpen) return [NO_EPIC]
  if (!epic) return []
  const hasTitle = epic.title !== '' || matter.data !== undefined || matter.faults.length > 0
  if (hasTitle) return []
  const message = 'The epic has no title, and there is no front matter with one.'
  return [{ code: 'empty-title', message, hint: 'Write it behind the colon.', offset: epic.offset }]
}
