import type { PlanLab } from '../plan-lab.test-support.ts'

/** Acts between two requests: when so many were answered. */
export function after({ local }: PlanLab, count: number, act: () => void): void {
  let seen = 0
  local.behaviour.onExchange = () => {
    seen += 1
    if (seen === count) act()
  }
}
