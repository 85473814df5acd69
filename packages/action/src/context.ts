/** What the runner says about this run. Nothing in it is trusted beyond what GitHub vouches for: names, ids and the run itself. */
export interface ActionContext {
  readonly eventName: string
  /** The event as GitHub delivered it: unknown until a schema narrows it. */
  readonly payload: unknown
  readonly repository: {
    readonly owner: string
    readonly name: string
    /** `owner/name` */
    readonly fullName: string
    readonly id: number
  }
  readonly run: {
    readonly id: number
    readonly attempt: number
    readonly number: number
    /** The job's key in the workflow file. */
    readonly job: string
    /** The run's page. */
    readonly url: string
  }
  readonly workflow: string
  readonly actor: string
  readonly sha: string
  readonly ref: string
  /** The folder where steps run. */
  readonly workspace: string
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly serverUrl: string
  /** The environment's proxy settings: empty when there are none. */
  readonly proxyEnv: Readonly<Record<string, string>>
}
