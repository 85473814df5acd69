import { isJsonObject, type Json, type JsonObject, type Recorded } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'

/** How a dispatch ended, as views count it; undefined: the event ends nothing. */
export type Ending = 'dispatched' | 'skipped' | 'denied' | 'failed'

export type EndingEvent = Exclude<DispatchEvent, { type: 'dispatch.requested' | `dispatch.issue-${string}` }>

export function isEnding<Event extends DispatchEvent>(event: Event): event is Event & EndingEvent {
  return event.type !== 'dispatch.requested' && !event.type.startsWith('dispatch.issue-')
}

export function endingOf(event: EndingEvent): Ending {
  switch (event.type) {
    case 'dispatch.started':
      return 'dispatched'
    case 'dispatch.skipped':
      return 'skipped'
    case 'dispatch.denied':
      return 'denied'
    case 'dispatch.failed':
    case 'dispatch.unclear':
      return 'failed'
  }
}

/** The reason of a refusal; null for a dispatch that worked. */
export function reasonOf(event: EndingEvent): string | null {
  return event.type === 'dispatch.started' ? null : event.data.reason
}

export function whenOf(event: Recorded<DispatchEvent>): string {
  return new Date(event.at).toISOString()
}

/** A member of a view's document, whatever became of the document. */
export function memberOf(document: Json, name: string): JsonObject {
  const member = isJsonObject(document) ? document[name] : undefined
  return isJsonObject(member) ? member : {}
}

export function numberOf(value: Json | undefined): number {
  return typeof value === 'number' ? value : 0
}
