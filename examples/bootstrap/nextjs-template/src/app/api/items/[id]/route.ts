import { getStore } from '@/lib/items/store.ts'

export async function GET(_: Request, { params }: { readonly params: Promise<{ readonly id: string }> }): Promise<Response> {
  const item = await getStore().find((await params).id)
  return item === undefined ? Response.json({ error: 'no-such-item' }, { status: 404 }) : Response.json({ item })
}
