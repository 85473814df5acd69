/** Keeps the beginning of what a command says, and lets the rest go. */
export interface Capture {
  add(chunk: Buffer): void
  end(): { readonly output: string; readonly isCut: boolean }
}

export function createCapture(maxBytes: number): Capture {
  const chunks: Buffer[] = []
  let size = 0
  let isCut = false
  return {
    add(chunk) {
      const kept = chunk.subarray(0, maxBytes - size)
      if (kept.length < chunk.length) isCut = true
      if (kept.length === 0) return
      chunks.push(kept)
      size += kept.length
    },
    // A character cut in two is left out.
    end: () => ({ output: new TextDecoder().decode(Buffer.concat(chunks), { stream: isCut }), isCut }),
  }
}
