export default function Loading() {
  return <p aria-busy="true">Looking on the shelf…</p>
}
