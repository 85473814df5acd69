/** Cycles told at once. */
const MAX_CYCLES = 20

type Graph = ReadonlyMap<string, readonly string[]>

/** Ways through a graph that come back to where they began, each from its first node on, without the end; of crossing ones not all. */
export function findCycles(graph: Graph): readonly (readonly string[])[] {
  const cycles: (readonly string[])[] = []
  const done = new Set<string>()
  for (const start of graph.keys()) {
    if (!done.has(start)) walk(start, { graph, done, cycles })
    if (cycles.length >= MAX_CYCLES) break
  }
  return cycles.slice(0, MAX_CYCLES)
}

interface Walk {
  readonly graph: Graph
  readonly done: Set<string>
  readonly cycles: (readonly string[])[]
}

/** Depth first with a stack of its own: a chain may be thousands long. */
function walk(start: string, { graph, done, cycles }: Walk): void {
  const path: string[] = [start]
  const places = new Map([[start, 0]])
  const next = [0]
  while (path.length > 0) {
    const here = path.at(-1) ?? ''
    const at = next.at(-1) ?? 0
    const target = graph.get(here)?.[at]
    next[next.length - 1] = at + 1
    if (target === undefined) {
      done.add(here)
      places.delete(here)
      path.pop()
      next.pop()
      continue
    }
    const begin = places.get(target)
    if (begin !== undefined && cycles.length < MAX_CYCLES) cycles.push(path.slice(begin))
    if (begin !== undefined || done.has(target)) continue
    places.set(target, path.length)
    path.push(target)
    next.push(0)
  }
}
