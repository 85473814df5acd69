import { isDay } from '../files/day.ts'

const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/

/**
 * An ISO date or time with its zone, in ms since the epoch; a date alone is its first moment in UTC. Else what is wrong with it, as the
 * end of "… is no time: ".
 */
export function readTime(text: string): number | string {
  const [, day, clock, zone] = TIME.exec(text) ?? []
  if (day === undefined) return 'it is not written as in ISO 8601'
  if (!isDay(day)) return 'the calendar has no such day'
  if (clock !== undefined && zone === undefined) return 'it has no time zone'
  const time = Date.parse(clock === undefined ? `${day}T00:00:00Z` : `${day}T${clock}${zone}`)
  if (Number.isNaN(time)) return 'the clock has no such time'
  return time < 0 ? 'it is before 1970' : time
}
