import { getStore } from '@/lib/items/store.ts'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  return Response.json({ items: await getStore().list() })
}
