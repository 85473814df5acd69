import { matchesPatterns } from '@switchyard/core'
import { findKey, findText, itemsOf, textsOf, type Template } from '../workflow/template.ts'

/** What filters look at. */
export interface EventFacts {
  readonly name: string
  readonly action: string | undefined
  /** The pushed branch, the pull request's base, or the branch of the run that ended. */
  readonly branch: string | undefined
  readonly tag: string | undefined
  /** Undefined where path filters do not apply. */
  readonly changedPaths: readonly string[] | undefined
  /** Of the run that a `workflow_run` event is about. */
  readonly workflowName: string | undefined
  readonly cron: string | undefined
}

/** Activity types that count when a trigger names none; other events take every type. Source: docs.github.com, "Events that trigger workflows". */
const defaultTypes: Readonly<Record<string, readonly string[]>> = {
  pull_request: ['opened', 'synchronize', 'reopened'],
  pull_request_target: ['opened', 'synchronize', 'reopened'],
}

/** Whether an event passes a trigger's filters. */
export function matchesTrigger(trigger: Template | undefined, event: EventFacts): boolean {
  if (event.name === 'schedule') return itemsOf(trigger).some((item) => findText(findKey(item, 'cron')) === event.cron)
  return passesTypes(trigger, event) && passesWorkflows(trigger, event) && passesRefs(trigger, event) && passesPaths(trigger, event)
}

function passesTypes(trigger: Template | undefined, { name, action }: EventFacts): boolean {
  const types = findKey(trigger, 'types')
  const wanted = types === undefined ? defaultTypes[name] : textsOf(types)
  return wanted === undefined || action === undefined || wanted.includes(action)
}

function passesWorkflows(trigger: Template | undefined, { workflowName }: EventFacts): boolean {
  return workflowName === undefined || textsOf(findKey(trigger, 'workflows')).includes(workflowName)
}

/** A trigger that filters branches only is not for tags, and the other way round. */
function passesRefs(trigger: Template | undefined, { branch, tag }: EventFacts): boolean {
  const filter = (kind: string): readonly string[] | undefined => findList(trigger, kind)
  const hasBranches = filter('branches') !== undefined || filter('branches-ignore') !== undefined
  const hasTags = filter('tags') !== undefined || filter('tags-ignore') !== undefined
  if (tag !== undefined) return hasTags ? passesPair(tag, filter('tags'), filter('tags-ignore')) : !hasBranches
  if (branch !== undefined) return hasBranches ? passesPair(branch, filter('branches'), filter('branches-ignore')) : !hasTags
  return true
}

const passesPair = (name: string, taken: readonly string[] | undefined, ignored: readonly string[] | undefined): boolean =>
  matchesPatterns(name, taken) && (ignored === undefined || !matchesPatterns(name, ignored))

function passesPaths(trigger: Template | undefined, { changedPaths }: EventFacts): boolean {
  if (changedPaths === undefined) return true
  const [taken, ignored] = [findList(trigger, 'paths'), findList(trigger, 'paths-ignore')]
  if (taken !== undefined && !changedPaths.some((path) => matchesPatterns(path, taken))) return false
  return ignored === undefined || changedPaths.length === 0 || changedPaths.some((path) => !matchesPatterns(path, ignored))
}

function findList(trigger: Template | undefined, key: string): readonly string[] | undefined {
  const list = findKey(trigger, key)
  return list === undefined ? undefined : textsOf(list)
}
