import type { ShapeWords } from '@switchyard/core/config'

/** What `dispatching.yml` says of its own shape. */
export const dispatchingWords: ShapeWords = {
  keys: {
    '': ['outbound', 'inbound'],
    outbound: ['id', 'source', 'targets'],
    inbound: ['source', 'targets'],
    'outbound.source': ['workflow', 'conclusions', 'branches', 'events'],
    'inbound.source': ['repository', 'workflow', 'branches'],
    'outbound.targets': ['repository', 'workflow', 'ref', 'inputs'],
    'inbound.targets': ['workflow', 'refs', 'inputs'],
  },
  explain({ code }, what) {
    switch (code) {
      case 'invalid_format':
        return {
          code: 'bad-id',
          message: `${what} may hold letters, digits, dots, dashes and underscores only, 64 at most.`,
          hint: 'Choose a short name such as `deploy-eu`.',
        }
      case 'custom':
        return {
          code: 'too-many-inputs',
          message: `${what} has more than 25 entries; GitHub takes 25.`,
          hint: 'Pass several values as one JSON text.',
        }
      default:
        return undefined
    }
  },
}
