import { countOf } from '@/lib/format.ts'
import { getConfig } from '@/lib/config.ts'

export const metadata = { title: 'Settings' }
export const dynamic = 'force-dynamic'

export default function SettingsPage() {
  const { siteUrl, loanDays } = getConfig()
  return (
    <>
      <h1>Settings</h1>
      <p>
        Items are lent for {countOf(loanDays, 'day')}. This shelf lives at {siteUrl.href}
      </p>
    </>
  )
}
