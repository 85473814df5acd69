import type { TemplateRef } from '@switchyard/bootstrapping'
import type { Template } from '@switchyard/workspace'
import type { Door } from './door.ts'
import { readTemplateAt } from './template.ts'

/** Templates by their tags: many repositories are made from one, and each is fetched once. */
export interface Templates {
  at(template: TemplateRef): Promise<Template>
}

export function createTemplates(door: Door): Templates {
  const known = new Map<string, Promise<Template>>()
  return {
    at(template) {
      const key = `${template.repository}@${template.version}`
      const reading = known.get(key) ?? readTemplateAt(door, template)
      known.set(key, reading)
      return reading
    },
  }
}
