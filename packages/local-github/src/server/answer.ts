export type JsonValue = unknown

export interface Answer {
  readonly status: number
  /** JSON, unless it is bytes or undefined (no body). */
  readonly body: JsonValue | Buffer
  readonly headers?: Readonly<Record<string, string>>
  /** GraphQL points this answer cost; 1 unless said. */
  readonly cost?: number
}

export const ok = (body: JsonValue, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 200, body, headers })
export const created = (body: JsonValue, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 201, body, headers })
export const noContent = (): Answer => ({ status: 204, body: undefined })
export const accepted = (body: JsonValue = {}): Answer => ({ status: 202, body })
