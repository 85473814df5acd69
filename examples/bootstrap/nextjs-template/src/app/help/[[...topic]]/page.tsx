import { notFound } from 'next/navigation'

const TOPICS: Readonly<Record<string, string>> = {
  borrow: 'Open an item, say who you are, take it.',
  return: 'Put the item back where it is kept, open it here, and press “It is back”.',
}

export default async function HelpPage({ params }: { readonly params: Promise<{ readonly topic?: readonly string[] }> }) {
  const { topic = [] } = await params
  const name = topic.join('/')
  const shown = name === '' ? Object.entries(TOPICS) : Object.entries(TOPICS).filter(([key]) => key === name)
  if (shown.length === 0) notFound()
  return (
    <main>
      <h1>Help</h1>
      <dl>
        {shown.map(([key, text]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </main>
  )
}
