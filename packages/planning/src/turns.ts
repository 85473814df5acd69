const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

interface Sweep {
  /** As the workflow's event names it; undefined: the run was started otherwise. */
  readonly schedule: string | undefined
  /** The workflow's count of its runs. */
  readonly runNumber: number
  /** Milliseconds since the epoch. */
  readonly at: number
}

/**
 * Which turn a sweep has: of a schedule that is the same each day the ticks since the epoch, so that a run that starts late has its own
 * turn still; else the workflow's run number. Nothing has to be remembered for the next sweep to go on.
 */
export function turnOf({ schedule, runNumber, at }: Sweep): number {
  return (schedule === undefined ? undefined : findTick(schedule, at)) ?? runNumber
}

/** The part of all whose turn it is, at most `max`: each comes in one of as many turns as there are parts. */
export function takeTurn<One>(all: readonly One[], { turn, max }: { readonly turn: number; readonly max: number }): readonly One[] {
  const first = (turn % countTurns(all, max)) * max
  return all.slice(first, first + max)
}

/** In how many turns all of them come. */
export function countTurns(all: readonly unknown[], max: number): number {
  return Math.max(1, Math.ceil(all.length / max))
}

/** How often a schedule came due until then; undefined: it is not the same each day, or is none. */
function findTick(cron: string, at: number): number | undefined {
  const [minute = '', hour = '', ...days] = cron.trim().split(/\s+/)
  const [minutes, hours] = [findAll(minute, 60), findAll(hour, 24)]
  if (minutes === undefined || hours === undefined || days.length !== 3 || days.some((field) => field !== '*')) return undefined
  const now = Math.floor(at / MINUTE_MS)
  const today = now % DAY_MINUTES
  const due = hours.flatMap((each) => minutes.map((one) => each * 60 + one)).filter((one) => one <= today).length
  return Math.floor(now / DAY_MINUTES) * hours.length * minutes.length + due
}

/** The numbers below `end` that a field of a schedule names: `*`, `5`, `1-5`, `*` or a range with `/2`, and lists of those. */
function findAll(field: string, end: number): readonly number[] | undefined {
  const named = new Set<number>()
  for (const part of field.split(',')) {
    const [, from, to, step = '1'] = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/([1-9]\d*))?$/.exec(part) ?? []
    if (from === undefined && !part.startsWith('*')) return undefined
    const isOpen = from === undefined || (to === undefined && part.includes('/'))
    const last = isOpen ? end - 1 : Number(to ?? from)
    for (let one = Number(from ?? 0); one <= last && one < end; one += Number(step)) named.add(one)
  }
  return named.size === 0 ? undefined : [...named]
}
