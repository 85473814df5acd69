import { type Chapter, renderChapter } from './render-chapter.ts'
import { renderPage } from './render-page.ts'

/** Runs as one page that opens without a network: which started which, how each ended, every job's steps, logs and summary. */
export function renderRunsPage({ title, ...chapter }: Omit<Chapter, 'id'>): string {
  return renderPage(title, renderChapter(chapter))
}
