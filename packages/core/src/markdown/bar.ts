const WIDTH = 20

/** A bar of blocks with its per cent, of 0 to 100: plain characters, so that it reads in mail and on a phone too. */
export function renderPercent(percent: number, width: number = WIDTH): string {
  const full = Math.floor((percent / 100) * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %`
}

/** Thousands apart, as `10,000`. */
export function renderNumber(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 story`, `4 stories`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${renderNumber(count)} ${count === 1 ? one : many}`
}
