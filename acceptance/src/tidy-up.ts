import { afterAll } from 'vitest'
import { forgetBeginnings } from './begun-stage.ts'

// What the stages of a test file began from goes with the file.
afterAll(forgetBeginnings)
