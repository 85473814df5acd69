import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { productName } from '@/lib/product.ts'
import './globals.css'

export const metadata: Metadata = {
  title: { default: productName, template: `%s · ${productName}` },
  description: 'What the team lends to one another',
  manifest: '/manifest.webmanifest',
  icons: { apple: '/apple-touch-icon.png' },
}

export default function RootLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
