import { afterAll } from 'vitest'
import { forgetBeginnings } from '../src/begun-stage.ts'

// What the stages of a test file began from goes with the file.
afterAll(forgetBeginnings)
