import type { Fault } from '@switchyard/core'
import type { YamlDocument } from '@switchyard/core/config'
import { MAX_INVENTORY_LENGTH } from '../files/limits.ts'
import { type FileKind, parseShape } from '../files/parse-shape.ts'
import type { Inventory } from '../model.ts'
import { checkInventory, findCrowd } from './rules.ts'
import { inventoryKeys, type InventoryShape, inventoryShape } from './shape.ts'

export type ParsedInventory =
  | { readonly ok: true; readonly inventory: Inventory; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

const KIND: FileKind<typeof inventoryShape> = {
  begin: 'Start with `clusters:`.',
  maxLength: MAX_INVENTORY_LENGTH,
  shape: inventoryShape,
  words: { keys: inventoryKeys },
  findCrowd,
  check: checkInventory,
}

/**
 * Reads the text of `release/inventory.yml`; `file` is the path that faults name. Never throws; everything wrong is told at once, up to
 * `MAX_FAULTS`. A file with more than `MAX_CLUSTERS` clusters or `MAX_CUSTOMERS` customers is refused before anything else is looked at.
 */
export function parseInventory(text: string, { file }: { readonly file: string }): ParsedInventory {
  const parsed = parseShape(text, { kind: KIND, file })
  if (!parsed.ok) return { ok: false, faults: parsed.faults }
  return { ok: true, inventory: normalise(parsed.data, parsed.document), warnings: parsed.warnings }
}

/** Every default filled in; names composed as commands compare them (NFC). What `metadata` holds is nobody's business here. */
function normalise({ clusters }: InventoryShape, document: YamlDocument): Inventory {
  return {
    clusters: clusters.map(({ name, description, active, tags, environment, sql_command, customers }, at) => ({
      name,
      description,
      active,
      tags,
      environment: environment ?? name,
      sqlCommand: sql_command,
      place: document.placeOf(['clusters', at]),
      customers: customers.map(({ metadata: _, ...customer }, index) => ({
        ...customer,
        name: customer.name.normalize('NFC'),
        cluster: name,
        place: document.placeOf(['clusters', at, 'customers', index]),
      })),
    })),
  }
}
