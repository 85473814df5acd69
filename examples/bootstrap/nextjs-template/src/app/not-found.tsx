import Link from 'next/link'

export default function NotFound() {
  return (
    <main>
      <h1>There is nothing here</h1>
      <p>
        It may have been taken off the shelf. <Link href="/items">See what is there.</Link>
      </p>
    </main>
  )
}
