export { exportEvents } from './export.ts'
export { rebuild, type Rebuilt } from './rebuild.ts'
export { type Finding, type Verification, verify } from './verify.ts'
