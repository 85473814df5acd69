import Link from 'next/link'

export function SiteFooter() {
  return (
    <footer>
      <Link href="/about">About</Link> · <Link href="/settings">Settings</Link>
    </footer>
  )
}
