import { Button } from './button.tsx'
import { Field } from './field.tsx'

export function ItemForm({ action }: { readonly action: (form: FormData) => Promise<void> }) {
  return (
    <form action={action}>
      <Field label="Name" name="name" maxLength={80} required />
      <Field label="Where it is kept" name="place" required />
      <Button>Put it on the shelf</Button>
    </form>
  )
}
