declare module '@vercel/ncc' {
  /** The part of ncc's programmatic API that the build uses; ncc ships no types. */
  export default function ncc(
    entry: string,
    options: {
      readonly minify: boolean
      readonly cache: false
      readonly quiet: boolean
      readonly esm: boolean
      readonly target: string
      readonly externals: Readonly<Record<string, string>>
    },
  ): Promise<{ readonly code: string; readonly assets: Readonly<Record<string, { readonly source: Buffer | string }>> }>
}
