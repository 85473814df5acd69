export { lintFolders, type LintOptions, type LintReport, type PlacedFault } from './lint-folders.ts'
