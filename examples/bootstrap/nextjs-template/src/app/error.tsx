'use client'
import { Button } from '@/components/button.tsx'

export default function ErrorPage({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main>
      <h1>That did not work</h1>
      <p>Nothing of what you typed was kept.</p>
      <Button type="button" onClick={reset}>
        Try again
      </Button>
    </main>
  )
}
