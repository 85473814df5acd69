/** Says that there is nothing, and what to do about it. */
export function EmptyState({ what, next }: { readonly what: string; readonly next: string }) {
  return (
    <p role="status">
      {what} {next}
    </p>
  )
}
