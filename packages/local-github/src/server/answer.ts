export interface Answer {
  readonly status: number
  /** JSON, unless it is bytes or undefined (no body). */
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** GraphQL points this answer cost; 1 unless said. */
  readonly cost?: number
}

export const ok = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 200, body, headers })
export const created = (body: unknown, headers: Readonly<Record<string, string>> = {}): Answer => ({ status: 201, body, headers })
export const accepted = (body: unknown): Answer => ({ status: 202, body })
export const noContent = (): Answer => ({ status: 204, body: undefined })
