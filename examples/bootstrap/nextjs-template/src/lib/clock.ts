/** Asked once a request, by pages, and handed down: what is rendered twice then says the same day twice. */
export function getToday(): Date {
  return new Date()
}
