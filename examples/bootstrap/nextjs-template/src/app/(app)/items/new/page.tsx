import { ItemForm } from '@/components/item-form.tsx'
import { addItem } from '../actions.ts'

export const metadata = { title: 'New item' }

export default function NewItemPage() {
  return (
    <>
      <h1>New item</h1>
      <ItemForm action={addItem} />
    </>
  )
}
