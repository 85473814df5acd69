import type { Outcome } from '@switchyard/action'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import type { Wish } from './wish.ts'

/** Everything that is no conversation; each mode loads when it is asked for. */
export async function perform(door: Door, wish: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  const { mode, slug } = wish
  switch (mode) {
    case 'activate':
    case 'add':
    case 'archive':
    case 'status':
    case 'progress':
    case 'list':
    case 'customer':
    case 'show':
    case 'done':
    case 'skip':
    case 'revert':
    case 'override':
    case 'reset':
    case 'add-step':
    case 'edit-step':
    case 'remove-step':
    case 'approve':
      return (await import('./perform-form.ts')).performForm(door, { mode, slug })
    case 'run':
      return (await import('./run-step.ts')).runStep(door, wish)
    case 'sync':
      return (await import('./sync.ts')).sync(door, wish)
    case 'sweep':
      return (await import('./sweep.ts')).sweep(door, wish)
    case 'import':
      return (await import('./import-matrix.ts')).importMatrix(door, slug)
    case 'export':
      return (await import('./export-matrix.ts')).exportMatrix(door, slug)
    case 'lint':
      return (await import('./lint.ts')).lint(door)
  }
}
