import { marked } from 'marked'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th, td { border: 1px solid #8886; padding: .35rem .75rem; text-align: left }
code { font: .9em ui-monospace, monospace; background: #8882; border-radius: .25rem; padding: .1rem .3rem }
pre { background: #8882; border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto } pre code { background: none; padding: 0 }
`

/** A job summary as a page that opens without a network. The summary is ours and escaped already; the title is escaped here. */
export function renderPage(title: string, markdown: string): string {
  const safeTitle = title.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safeTitle}</title>
<style>${STYLE}</style>
<main>
${marked.parse(markdown, { async: false })}
</main>
</html>
`
}
