/** The prefixes GitHub gives the node ids of each kind. */
const prefixes = {
  user: 'U',
  bot: 'BOT',
  organization: 'O',
  repository: 'R',
  issue: 'I',
  comment: 'IC',
  label: 'LA',
  milestone: 'MI',
  reaction: 'REA',
  ref: 'REF',
  commit: 'C',
  tree: 'T',
  blob: 'B',
  tag: 'TA',
  checkSuite: 'CS',
  checkRun: 'CR',
  workflow: 'W',
  workflowRun: 'WFR',
  job: 'CRJ',
  release: 'RE',
  pull: 'PR',
  artifact: 'AR',
  app: 'A',
  installation: 'MDIz',
  deployment: 'DE',
  deploymentStatus: 'DES',
  environment: 'EN',
  ruleset: 'RRS',
  team: 'TE',
} as const
export type NodeKind = keyof typeof prefixes

const kinds = new Map<string, NodeKind>()
for (const kind of Object.keys(prefixes)) if (isNodeKind(kind)) kinds.set(prefixes[kind], kind)

function isNodeKind(text: string): text is NodeKind {
  return text in prefixes
}

/** `key` is the numeric id; for git objects and refs `<repository id>:<oid or name>`. */
export function nodeId(kind: NodeKind, key: number | string): string {
  return `${prefixes[kind]}_${Buffer.from(String(key), 'utf8').toString('base64url')}`
}

export function parseNodeId(id: string): { readonly kind: NodeKind; readonly key: string } | undefined {
  const split = id.indexOf('_')
  const kind = kinds.get(id.slice(0, split))
  if (split < 0 || kind === undefined) return undefined
  const key = Buffer.from(id.slice(split + 1), 'base64url').toString('utf8')
  return nodeId(kind, key) === id ? { kind, key } : undefined
}
