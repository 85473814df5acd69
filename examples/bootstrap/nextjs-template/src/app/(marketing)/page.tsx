import Link from 'next/link'
import { productName } from '@/lib/product.ts'

export default function HomePage() {
  return (
    <>
      <h1>{productName}</h1>
      <p>Borrow what a colleague already has, and know when it comes back.</p>
      <Link className="button" href="/items">
        See the shelf
      </Link>
    </>
  )
}
