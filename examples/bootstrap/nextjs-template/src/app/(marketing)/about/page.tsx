export const metadata = { title: 'About' }

export default function AboutPage() {
  return (
    <>
      <h1>About</h1>
      <p>One team, one shelf. Whoever takes a thing says so here; whoever needs it sees who has it and until when.</p>
    </>
  )
}
