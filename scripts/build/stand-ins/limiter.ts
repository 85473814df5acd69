type OnFailed = (error: unknown, info: { readonly retryCount: number }) => number | undefined

/** For `bottleneck/light.js`: Octokit's retry plugin makes one without limits a request, only to have it run again what failed. */
export default class Limiter {
  #onFailed: OnFailed = () => undefined

  on(_event: 'failed', onFailed: OnFailed): void {
    this.#onFailed = onFailed
  }

  async schedule<Options, Result>(task: (options: Options) => Promise<Result>, options: Options): Promise<Result> {
    for (let retryCount = 0; ; retryCount++) {
      try {
        return await task(options)
      } catch (error) {
        const wait = this.#findWait(error, retryCount)
        if (wait === undefined) throw error
        await new Promise((resolve) => setTimeout(resolve, wait))
      }
    }
  }

  /** The plugin cannot read what is no failed request: that is not run again. */
  #findWait(error: unknown, retryCount: number): number | undefined {
    try {
      return this.#onFailed(error, { retryCount })
    } catch {
      return undefined
    }
  }
}
