// Everything that people see of a release; pure, and without zod or yaml.
export { isComplete, renderBar, wholePercent } from './board/bar.ts'
export { checkName, type ReleaseCheck, renderCheck } from './board/check.ts'
export { boardMarker, type BoxKey, findBoardMarker } from './board/keys.ts'
export { MAX_BODY, type PageInput, planPages } from './board/plan-pages.ts'
export { bodyHash, type BodyChange, readTicks, type Tick } from './board/read-ticks.ts'
export { type Board, type BoardInput, renderBoard, renderBoardTitle } from './board/render-board.ts'
