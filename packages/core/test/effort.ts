/**
 * How much work something is, in units of a fixed piece of work that is done in the same breath, before it and behind it. Both are
 * counted in processor time of this thread: neither a slow machine nor a busy one changes the number much, while a rule that has
 * become quadratic multiplies it. One unit is some 10 ms on a machine of 2025.
 */
export function effortOf(act: () => unknown): number {
  const before = cpuOf(doUnit)
  const own = cpuOf(act)
  return own / Math.max(before, cpuOf(doUnit))
}

function cpuOf(act: () => unknown): number {
  const start = process.threadCpuUsage()
  act()
  const { user, system } = process.threadCpuUsage(start)
  return user + system
}

/** Like what is measured with it: strings cut up, compared, counted and put together. */
function doUnit(): string {
  const counts = new Map<string, number>()
  for (let at = 0; at < 60_000; at += 1) {
    const word = `w${(at * 7_919) % 10_007}`
    counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return [...counts.keys()].toSorted().join(' ').split(' ').reverse().join('\n')
}

// The first runs are compiled meanwhile, and would make the unit long.
for (let time = 0; time < 3; time += 1) doUnit()
