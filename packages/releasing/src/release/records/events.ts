import { z } from 'zod'
import { FILE_FACTS, STEP_STATUSES, STEP_TYPES } from '../../model.ts'
import {
  anchorRecord,
  approvalRecord,
  boxEditRecord,
  boardRecord,
  cursorRecord,
  customerRecord,
  customStepRecord,
  fileFactsRecord,
  hashRecord,
  lastRunRecord,
  notesRecord,
  personRecord,
  rejectedRecord,
  releaseFactsRecord,
  stepIdRecord,
  stepTextRecord,
  templateStepRecord,
  textRefRecord,
} from './parts.ts'

const cell = { step: stepIdRecord }
/** The template's `returns`: what the copy had pending before the template came back is gone. */
const returns = z.int().nonnegative()
const carriedOut = { ...cell, kept: stepTextRecord, is_overridden: z.boolean(), returns }
/** Of what a box was ticked for. */
const edited = { edited: boxEditRecord.optional() }

/** Every event of the stream by its type. */
export const EVENT_DATA = {
  'release.activated': releaseFactsRecord.extend({ steps: z.array(templateStepRecord), customers: z.array(customerRecord) }),
  /** `known`: those that were asked for too, and were in already. */
  'release.customers-added': z.object({ customers: z.array(customerRecord), known: z.array(customerRecord).optional() }),
  'release.archived': z.object({}),
  /** All steps as the file has them now, and those that it lost, with what changed. */
  'release.template-changed': z.object({
    steps: z.array(templateStepRecord),
    added: z.array(stepIdRecord),
    removed: z.array(stepIdRecord),
    changed: z.array(stepIdRecord),
    moved: z.array(stepIdRecord),
  }),
  /** What the file says of the release itself from here on. */
  'release.facts-changed': fileFactsRecord.extend({ changed: z.array(z.enum(FILE_FACTS)) }),
  'release.board-made': boardRecord,
  /** `refused`: that comment's outcome, where it is none of the other events of its key. */
  'release.comments-handled': z.object({ issue: z.int().positive(), cursor: cursorRecord, refused: rejectedRecord.optional() }),
  /** Something that is to be done once is this run's to do. */
  'release.claimed': z.object({}),
  'release.content-approved': approvalRecord.extend({ environment: z.string() }),
  'release.approval-withdrawn': z.object({ environment: z.string(), sha256: hashRecord }),
  'release.step-done': z.object({ ...carriedOut, notes: notesRecord.nullable(), ...edited }),
  'release.step-skipped': z.object({ ...carriedOut, reason: notesRecord.min(1) }),
  'release.step-reverted': z.object({ ...cell, reason: notesRecord.nullable(), ...edited }),
  /** A box was clicked to what it was already: an earlier click that is read later counts no more. */
  'release.box-read': z.object({ ...cell, edited: boxEditRecord }),
  /** The copy's words from here on: its template reaches it no more. */
  'release.step-overridden': z.object({ ...cell, kept: stepTextRecord, returns }),
  /** null: the copy is pending, and follows its template again. */
  'release.step-reset': z.object({ ...cell, kept: stepTextRecord.nullable() }),
  'release.step-added': z.object({ step: customStepRecord }),
  'release.step-edited': z.object({
    ...cell,
    name: z.string().nullable(),
    type: z.enum(STEP_TYPES).nullable(),
    content: textRefRecord.nullable(),
    anchor: anchorRecord.nullable(),
  }),
  'release.step-removed': z.object(cell),
  /** Rows of another matrix; null: it does not say. */
  'release.steps-imported': z.object({
    cells: z.array(
      z.object({
        ...carriedOut,
        status: z.enum(STEP_STATUSES).exclude(['pending']),
        executed_at: z.int().nonnegative().nullable(),
        executed_by: personRecord.nullable(),
        reason: notesRecord.nullable(),
        notes: notesRecord.nullable(),
      }),
    ),
  }),
  'release.step-run-asked': z.object(cell),
  /** Recorded before anything of it is carried out: who is cut off behind it leaves it open. */
  'release.step-run-begun': z.object({ ...cell, type: z.enum(STEP_TYPES), sha256: hashRecord }),
  /** The program that carries it out was not there: nothing of it ran. */
  'release.step-run-dropped': z.object(cell),
  /** Its run is over, and nobody recorded what it came to. It stays open until a person says what is so. */
  'release.step-run-lost': z.object({ ...cell, run_id: z.int().nonnegative(), run_attempt: z.int().positive(), url: z.string() }),
  'release.step-ran': z.object({ ...cell, run: lastRunRecord, returns }),
} as const

type EventType = keyof typeof EVENT_DATA

const shape = <Type extends EventType>(type: Type) => z.object({ type: z.literal(type), data: EVENT_DATA[type] })

export const eventRecord = z.discriminatedUnion('type', [
  shape('release.activated'),
  shape('release.customers-added'),
  shape('release.archived'),
  shape('release.template-changed'),
  shape('release.facts-changed'),
  shape('release.board-made'),
  shape('release.comments-handled'),
  shape('release.claimed'),
  shape('release.content-approved'),
  shape('release.approval-withdrawn'),
  shape('release.step-done'),
  shape('release.step-skipped'),
  shape('release.step-reverted'),
  shape('release.box-read'),
  shape('release.step-overridden'),
  shape('release.step-reset'),
  shape('release.step-added'),
  shape('release.step-edited'),
  shape('release.step-removed'),
  shape('release.steps-imported'),
  shape('release.step-run-asked'),
  shape('release.step-run-begun'),
  shape('release.step-run-dropped'),
  shape('release.step-run-lost'),
  shape('release.step-ran'),
])

export type ReleaseEvent = z.infer<typeof eventRecord>
