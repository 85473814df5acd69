import { afterAll } from 'vitest'
import { forgetHotfixes } from './hotfix-stage.ts'

// What a test file's stages began from goes with the file.
afterAll(forgetHotfixes)
