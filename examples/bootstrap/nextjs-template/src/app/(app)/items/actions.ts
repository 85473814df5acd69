'use server'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getConfig } from '@/lib/config.ts'
import { parseItem } from '@/lib/items/item.ts'
import { getStore } from '@/lib/items/store.ts'
import { giveBack, lend } from '@/lib/loans/loan.ts'
import { findViewer, SESSION_COOKIE } from '@/lib/viewer.ts'

export async function addItem(form: FormData): Promise<void> {
  const item = parseItem({ name: textOf(form, 'name'), place: textOf(form, 'place') })
  if (!('id' in item)) throw new Error(`The item has faults: ${item.join(', ')}`)
  await getStore().save(item)
  redirect(`/items/${item.id}`)
}

export async function borrowItem(form: FormData): Promise<void> {
  const { loanDays, sessionSecret } = getConfig()
  const borrower = findViewer((await cookies()).get(SESSION_COOKIE)?.value, sessionSecret) ?? textOf(form, 'borrower')
  const item = await getStore().find(textOf(form, 'id'))
  const lent = item && lend(item, { borrower, at: new Date(), days: loanDays })
  if (lent !== undefined) await getStore().save(lent)
  redirect('/loans')
}

export async function returnItem(form: FormData): Promise<void> {
  const item = await getStore().find(textOf(form, 'id'))
  if (item !== undefined) await getStore().save(giveBack(item))
  redirect('/items')
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
