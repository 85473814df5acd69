import { type BoardInput, renderBoardIssue, renderPage } from '../../src/board/render-board.ts'
import type { TemplateStep } from '../../src/model.ts'
import { NEW_CUSTOMER } from '../../src/release/find-step.ts'
import type { ReleaseFacts } from '../../src/release/records/parts.ts'
import type { CustomerState, ReleaseState } from '../../src/release/records/state.ts'
import { customerSubject, releaseSubject } from '../../src/release/subjects.ts'
import { type Matrix, parseMatrix } from '../../src/release/views/matrix-document.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from '../release-stage.ts'

export const PLACE = {
  issueUrl: (number: number) => `https://github.example/acme/releases/issues/${number}`,
  historyUrl: (address: string) => `https://github.example/acme/releases/blob/switchyard/release/views/history/${encodeURI(address)}.json`,
}

export interface Setting {
  readonly customers?: readonly { readonly cluster: string; readonly namespace: string; readonly name: string }[]
  readonly steps?: readonly TemplateStep[]
  readonly facts?: Partial<ReleaseFacts>
}

/** An activated release with the stage on which it can be worked off. */
export function activate({
  customers = ['eu-1/acme', 'eu-1/beta', 'us-1/acme'].map(customerOf),
  steps = [stepOf('migrate'), stepOf('smoke', { category: 'verify' })],
  facts = {},
}: Setting = {}): Stage {
  const stage = new Stage()
  stage.ask(undefined, { kind: 'activate', facts: { ...FACTS, ...facts }, steps: [...steps], customers: [...customers] })
  return stage
}

export function shown(stage: Stage): { readonly release: ReleaseState; readonly matrix: Matrix } {
  const { release } = stage.state(releaseSubject(SLUG))
  if (release === null) throw new Error('The release was not activated')
  return { release, matrix: parseMatrix(stage.documents.get(`matrix/${SLUG}`)) }
}

export function customerState(stage: Stage, address: string): CustomerState {
  return stage.state(customerSubject(SLUG, customerOf(address))).customer ?? NEW_CUSTOMER
}

export function manyCustomers(count: number, clusters = 3) {
  return Array.from({ length: count }, (_, at) => ({
    cluster: `eu-${Math.floor((at * clusters) / count) + 1}`,
    namespace: `customer-${at}`,
    name: `Customer ${at}`,
  }))
}

export function manySteps(count: number, change: Partial<TemplateStep> = {}): TemplateStep[] {
  return Array.from({ length: count }, (_, at) =>
    stepOf(`step-${at}`, { category: at < count * 0.8 ? 'deploy' : 'verify', name: `Carry out part ${at} of the release`, ...change }),
  )
}

/** The release's issue, and its pages in the order of the plan. */
export function renderBoard(input: BoardInput): { readonly overview: string; readonly pages: readonly string[] } {
  return { overview: renderBoardIssue(input), pages: input.pages.map((_, at) => renderPage(input, at + 1)) }
}
