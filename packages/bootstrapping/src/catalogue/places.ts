import { isJsonObject, type Place } from '@switchyard/core'
import { parseYamlDocument } from '@switchyard/core/config'
import type { OptionRef } from './compare.ts'

/** Where things stand in a catalogue's text, for what is found out after it was parsed. */
export interface CataloguePlaces {
  readonly template: Place
  /** The option's slug; the file's top where there is no such option. */
  option(ref: OptionRef): Place
}

/** The places of a catalogue that `parseCatalogue` found sound. */
export function findPlaces(text: string, { file }: { readonly file: string }): CataloguePlaces {
  const top: Place = { file, line: 1, column: 1 }
  const yaml = parseYamlDocument(text, { file, begin: '', maxLength: text.length })
  if (!yaml.ok) return { template: top, option: () => top }
  const { document } = yaml
  return {
    template: document.placeOf(['template', 'version']),
    option({ category, option }) {
      const categories = listAt(document.value, 'categories')
      const at = categories.findIndex((each) => isCalled(each, category))
      const index = listAt(categories[at], 'options').findIndex((each) => isCalled(each, option))
      return index < 0 ? top : document.placeOf(['categories', at, 'options', index, 'slug'])
    },
  }
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list: unknown = isJsonObject(value) ? value[key] : undefined
  return Array.isArray(list) ? list : []
}

function isCalled(value: unknown, slug: string): boolean {
  return isJsonObject(value) && value['slug'] === slug
}
