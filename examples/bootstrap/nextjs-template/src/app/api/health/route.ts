import { getStore } from '@/lib/items/store.ts'

export const dynamic = 'force-dynamic'

export async function GET(): Promise<Response> {
  const ready = await getStore().isReady()
  return Response.json({ status: ready ? 'ok' : 'store-unreachable', version: process.env.npm_package_version }, { status: ready ? 200 : 503 })
}
