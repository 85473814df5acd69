import type { Scene } from '../../model.ts'
import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { isSameFile, textFile } from '../../tree/text.ts'
import { writeFile } from '../files.ts'
import { done, failed, type Outcome, type ParamsOf, skipped } from '../outcome.ts'

const FOLDER = 'docs/adr'
const MAX_SLUG = 80

/** Writes `docs/adr/NNNN-title.md`, dated by the template's commit so that a rendering is the same on any day. */
export function createAdrStub(tree: FileTree, { number, title, template }: ParamsOf<'CREATE_ADR_STUB'>, scene: Scene): Outcome {
  const prefix = `${FOLDER}/${String(number).padStart(4, '0')}-`
  const path = `${prefix}${slugOf(title)}.md`
  const date = new Date(scene.template.committedAt).toISOString().slice(0, 10)
  const file = textFile(TEXTS[template]({ number, title: title.replace(/\s+/g, ' ').trim(), date }))
  if (isSameFile(file, tree.get(path))) return skipped(tree, `${path} is there already.`)
  const taken = [...tree.keys()].find((other) => other.startsWith(prefix))
  if (taken !== undefined) {
    return failed('adr-number-taken', `Number ${number} belongs to ${quotePath(taken)} already.`, 'Give this record the next free number.')
  }
  const written = writeFile(tree, path, file)
  return written.ok ? done(written.tree, `Wrote ${path}.`) : written
}

/** A title as part of a file's name: lower-case ASCII letters and digits, dashes between. */
export function slugOf(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG)
    .replace(/^-+|-+$/g, '')
  return slug === '' ? 'decision' : slug
}

interface Adr {
  readonly number: number
  readonly title: string
  readonly date: string
}

const TEXTS: Readonly<Record<ParamsOf<'CREATE_ADR_STUB'>['template'], (adr: Adr) => string>> = {
  nygard: ({ number, title, date }) => `# ${number}. ${title}

Date: ${date}

## Status
Proposed

## Context
What makes a decision necessary, and what limits it?

## Decision
What do we do?

## Consequences
What gets easier, what gets harder, and what has to follow?
`,
  madr: ({ title, date }) => `---
status: proposed
date: ${date}
---

# ${title}

## Context and problem statement
What is to be decided, and why now?

## Considered options
- First option
- Second option

## Decision outcome
Which option, and the reason in one sentence.

### Consequences
- Good: what gets better.
- Bad: what it costs.
`,
}
