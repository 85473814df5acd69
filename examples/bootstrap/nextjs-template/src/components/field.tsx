import type { ComponentProps } from 'react'

export function Field({ label, ...rest }: ComponentProps<'input'> & { readonly label: string }) {
  return (
    <label className="field">
      {label}
      <input {...rest} />
    </label>
  )
}
