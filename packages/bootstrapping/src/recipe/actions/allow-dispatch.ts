import { canonicalJson } from '@switchyard/core'
import { parseYamlDocument } from '@switchyard/core/config'
import { type Document, isSeq, parseDocument, YAMLSeq } from 'yaml'
import type { FileTree } from '../../tree/file-tree.ts'
import { textFile } from '../../tree/text.ts'
import { findTextFile, writeFile } from '../files.ts'
import { lineEndOf } from '../lines.ts'
import { done, type Failed, failed, type Outcome, type ParamsOf, skipped } from '../outcome.ts'

const FILE = '.github/dispatching.yml'
const BEGIN = 'Start with `outbound:` or `inbound:` rules.'

/**
 * Adds a rule under `inbound` of the new repository's `dispatching.yml`, keeping its comments. The same rule twice is one.
 * The file's full rules are those of the dispatching actions; here it must be a mapping whose `inbound` is a list.
 */
export function allowDispatch(tree: FileTree, params: ParamsOf<'ALLOW_DISPATCH'>): Outcome {
  const rule = ruleOf(params)
  const what = `${params.source} (${params.workflow}) to dispatch ${params.targets.map(({ workflow }) => workflow).join(', ')}`
  const found = tree.has(FILE) ? findTextFile(tree, FILE) : undefined
  if (found?.ok === false) return found
  const text = found?.text ?? ''
  const read = parseYamlDocument(text, { file: FILE, begin: BEGIN })
  const fault = read.ok ? undefined : read.faults.find(({ code }) => code !== 'empty-file')
  if (fault !== undefined) return bad(`line ${fault.place?.line ?? 1}: ${fault.message}`)
  const document = parseDocument(text.replaceAll('\r\n', '\n'), { schema: 'core' })
  const inbound = document.get('inbound') ?? undefined
  if (inbound !== undefined && !isSeq(inbound)) return bad('`inbound` is not a list')
  if (hasRule(read.ok ? read.document.value : undefined, rule)) return skipped(tree, `${FILE} allows ${what} already.`)
  const changed = render(document, { inbound, rule })
  return put(tree, {
    text: changed.replaceAll('\n', lineEndOf(text)),
    summary: `${found ? 'Added to' : 'Wrote'} ${FILE}, which allows ${what}.`,
  })
}

interface InboundRule {
  readonly source: { readonly repository: string; readonly workflow: string; readonly branches?: readonly string[] }
  readonly targets: readonly { readonly workflow: string; readonly refs?: readonly string[]; readonly inputs?: readonly string[] }[]
}

function ruleOf({ source, workflow, branches, targets }: ParamsOf<'ALLOW_DISPATCH'>): InboundRule {
  return {
    source: { repository: source, workflow, ...(branches && { branches }) },
    targets: targets.map(({ workflow, refs, inputs }) => ({ workflow, ...(refs && { refs }), ...(inputs && { inputs }) })),
  }
}

interface Change {
  readonly inbound: YAMLSeq | undefined
  readonly rule: InboundRule
}

function render(document: Document, { inbound, rule }: Change): string {
  const list = inbound ?? new YAMLSeq()
  // An empty list is written as `[]`, on one line, which is no place for rules.
  if (list.items.length === 0) list.flow = false
  list.add(document.createNode(rule))
  if (inbound === undefined) document.set('inbound', list)
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

function hasRule(file: unknown, rule: InboundRule): boolean {
  const inbound: unknown = typeof file === 'object' && file !== null && 'inbound' in file ? file.inbound : undefined
  return Array.isArray(inbound) && inbound.some((other) => canonicalJson(other) === canonicalJson(rule))
}

/** Writes what was made only if it can be read again. */
function put(tree: FileTree, { text, summary }: { readonly text: string; readonly summary: string }): Outcome {
  const read = parseYamlDocument(text, { file: FILE, begin: BEGIN })
  if (!read.ok) return bad(read.faults[0]?.message ?? 'it cannot be read')
  const written = writeFile(tree, FILE, textFile(text, tree.get(FILE)?.mode))
  return written.ok ? done(written.tree, summary) : written
}

function bad(what: string): Failed {
  return failed('bad-dispatching', `\`${FILE}\` of the template cannot be added to: ${what}.`, 'Mend it in the template.')
}
