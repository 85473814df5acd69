import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { ActionResult } from '@switchyard/workflow-runner'
import { type BootstrapStage, createBootstrapStage, FINISHES, type Kill, lookAtEnding, previewShop, runKilled, type SavedStage } from '../src/index.ts'

/** Prints the environment of what a recipe runs, and that of the processes above it, as far as they may be seen. */
const CATALOGUE = `template:
  repository: acme/template
  version: v1.0.0
categories:
  - slug: auth
    selection_type: SINGLE
    display_order: 1
    is_required: true
    options:
      - slug: none
        label: Nobody signs in
        is_default: true
        display_order: 1
        actions:
          - { kind: SET_TOPICS, params: { topics: [shop, web] }, execution_order: 2 }
          - { kind: RUN_BASH_TEMPLATE, params: { command: npm run show }, execution_order: 7, risk_level: MEDIUM, supports_dry_run: false }
`
