import { escapeHtml } from './escape-html.ts'
import { type Chapter, renderChapter } from './render-chapter.ts'
import { renderPage } from './render-page.ts'

/** Stories as one page, a chapter each. */
export function renderStoriesPage(chapters: readonly Chapter[]): string {
  const contents = chapters.map(
    ({ id, title, lead = '' }) => `<li><a href="#${id}">${escapeHtml(title)}</a><br><span class="dim">${escapeHtml(lead)}</span></li>`,
  )
  const intro = '<p class="lead">Played on an embedded GitHub with the examples’ own workflows and the bundles that GitHub would run.</p>'
  const body = chapters.map(
    ({ id, title, lead: _, ...chapter }) =>
      `<article class="chapter" id="${id}">\n<h2>${escapeHtml(title)}</h2>\n${renderChapter(chapter)}\n</article>`,
  )
  return renderPage('What Switchyard does', [intro, `<ol class="contents">${contents.join('\n')}</ol>`, ...body].join('\n'))
}
