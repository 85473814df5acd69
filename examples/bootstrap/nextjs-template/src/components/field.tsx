import type { ComponentProps } from 'react'

interface FieldProps extends ComponentProps<'input'> {
  readonly label: string
}

export function Field({ label, ...rest }: FieldProps) {
  return (
    <label className="field">
      {label}
      <input {...rest} />
    </label>
  )
}
