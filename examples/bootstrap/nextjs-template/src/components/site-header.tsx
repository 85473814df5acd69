import Link from 'next/link'
import { productName } from '@/lib/product.ts'

export function SiteHeader() {
  return (
    <header className="header">
      <strong>{productName}</strong>
      <nav>
        <Link href="/items">Shelf</Link> · <Link href="/loans">Loans</Link> · <Link href="/help">Help</Link>
      </nav>
    </header>
  )
}
