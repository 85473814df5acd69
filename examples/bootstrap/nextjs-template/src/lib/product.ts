/** What people see as the name of this program. */
export const productName = '{{ repo.name }}'
