import type { ComponentProps } from 'react'

export function Button({ className = 'button', type = 'submit', ...rest }: ComponentProps<'button'>) {
  return <button className={className} type={type} {...rest} />
}
