import { runAction } from '@switchyard/action'
import { spec } from './inputs.ts'
import { run } from './run.ts'

void runAction(spec, run)
