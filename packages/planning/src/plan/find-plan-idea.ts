import { withoutBom } from '@switchyard/core'
import { findYamlKey } from '@switchyard/core/config'
import { splitFrontMatter } from './front-matter.ts'
import { frontMatterShape, ideaNumber } from './shape.ts'

/** The idea that a plan names, and where. */
export interface NamedIdea {
  readonly number: number
  /** Of the key, from 1. */
  readonly line: number
}

/** The idea that a plan's front matter names, read before the plan is: whether it is sound is for `parsePlan` to say. */
export function findPlanIdea(text: string): NamedIdea | undefined {
  const plain = withoutBom(text)
  const matter = splitFrontMatter(plain)
  if (matter?.yaml === undefined) return undefined
  const key = findYamlKey(matter.yaml, 'idea')
  const idea = frontMatterShape.shape.idea.safeParse(key?.value)
  const number = idea.success ? ideaNumber(idea.data) : undefined
  if (key === undefined || number === undefined) return undefined
  return { number, line: plain.slice(0, matter.begin + key.offset).split('\n').length }
}
