import { isScalar } from 'yaml'
import { asMap, type Finding, findPair, offsetOf, readJobs, type Rule } from '../yaml-file.ts'

export const QUEUE_CANCELS = 'queue-with-cancel'

/** GitHub refuses a group that both keeps up to 100 waiting and cancels what runs. */
export const queueing: Rule = (file) => {
  if (file.kind !== 'workflow') return []
  const { document } = file
  const groups = [document.get('concurrency', true), ...readJobs(file).map(({ map }) => map.get('concurrency', true))]
  return groups.flatMap((node): readonly Finding[] => {
    const group = asMap(document, node)
    const queue = group && findPair(group, 'queue')
    if (group === undefined || queue === undefined || !isValue(queue.value, 'max') || group.get('cancel-in-progress') !== true) return []
    return [
      {
        code: QUEUE_CANCELS,
        message: '`queue: max` and `cancel-in-progress: true` exclude each other',
        hint: 'Keep `queue: max` to run them all one after another, or `cancel-in-progress: true` to run the newest only.',
        severity: 'error',
        offset: offsetOf(queue.key),
      },
    ]
  })
}

const isValue = (node: unknown, value: string): boolean => isScalar(node) && node.value === value
