import type { ReactNode } from 'react'
import { SiteFooter } from '@/components/site-footer.tsx'

export default function MarketingLayout({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <main>{children}</main>
      <SiteFooter />
    </>
  )
}
