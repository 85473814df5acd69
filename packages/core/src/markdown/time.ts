/** `2026-11-21 08:40 UTC`; a dash for what is no time. */
export function renderTime(at: number | string | null): string {
  const time = at === null ? Number.NaN : new Date(at).getTime()
  return Number.isNaN(time) ? '—' : `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
