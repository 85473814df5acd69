/** Something that writes files of the repository from its sources. */
export interface Generator {
  readonly name: string
  /** Folders in which every file is this generator's; what it does not write does not belong there. */
  readonly owns: readonly string[]
  /** Path relative to the repository to content. Nothing is written by it. */
  files(): Promise<ReadonlyMap<string, string>>
}
