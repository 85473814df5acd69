/** The idea that a plan's front matter names, read before the plan is: whether it is sound is for `parsePlan` to say. */
export function findPlanIdea(text: string): number | undefined {
  const [, head = ''] = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text) ?? []
  const [, number] = /^idea:[ \t]*(['"]?)#?([1-9]\d{0,8})\1[ \t]*(?:#.*)?\r?$/m.exec(head)?.slice(1) ?? []
  return number === undefined ? undefined : Number(number)
}
