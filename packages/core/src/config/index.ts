export * from './finding.ts'
export * from './shape-faults.ts'
export * from './texts-at.ts'
export * from './yaml-document.ts'
