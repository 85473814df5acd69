/** What a target would have to allow for this dispatch. */
export interface WantedConsent {
  readonly repository: string
  readonly sourceWorkflow: string
  readonly workflow: string
  /** undefined: the default branch, which needs no word. */
  readonly ref: string | undefined
  /** undefined: those the workflow declares, which needs no word. */
  readonly inputs: readonly string[] | undefined
}

/** An `inbound` entry that allows it, exactly as it must stand in the file. */
export function renderConsent(wanted: WantedConsent): string {
  return [
    `  - source: { repository: ${scalar(wanted.repository)}, workflow: ${scalar(wanted.sourceWorkflow)} }`,
    '    targets:',
    `      - ${targetLine(wanted)}`,
  ].join('\n')
}

/** A whole file, or section, that allows it. */
export function renderInbound(wanted: WantedConsent): string {
  return `inbound:\n${renderConsent(wanted)}`
}

function targetLine({ workflow, ref, inputs }: WantedConsent): string {
  const refs = ref === undefined ? '' : `, refs: [${scalar(escapePattern(ref))}]`
  const names = inputs === undefined ? '' : `, inputs: [${inputs.map(scalar).join(', ')}]`
  return `{ workflow: ${scalar(workflow)}${refs}${names} }`
}

/** A ref as a pattern that means itself alone. */
function escapePattern(ref: string): string {
  return ref.replace(/[\\*?+[\]!]/g, '\\$&')
}

/** Text as YAML, plain where plain text is read back as the same text. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z_][\w./-]*$/.test(text) && !/^(null|true|false)$/i.test(text)
  return isPlain ? text : JSON.stringify(text)
}
