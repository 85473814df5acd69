'use client'
import { useState } from 'react'

export interface Filter {
  readonly query: string
  readonly setQuery: (query: string) => void
}

/** What the reader of the shelf searches for; forgotten when the page is left. */
export function useFilter(): Filter {
  const [query, setQuery] = useState('')
  return { query, setQuery }
}
