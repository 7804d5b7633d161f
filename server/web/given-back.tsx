import type { FastifyRequest } from "fastify"
import type { JSX } from "preact"
import { legibleForm } from "./body.ts"
import { Area } from "./forms.tsx"

/** The fields of our forms that hold words of a person, and what they are called here. */
const WRITTEN = new Map([
  ["name", "Name"], ["title", "Title"], ["markdown", "Text"], ["body", "Text"], ["message", "Text"], ["note", "Note"], ["reason", "Reason"],
  ["appeal", "Reason"], ["caption", "Caption"], ["alt", "Description"], ["summary", "Summary"],
]) // prettier-ignore

/** What somebody typed into a form that was turned away as a whole: on the page that says why, to be copied from there. */
export function GivenBack({ request }: { request: FastifyRequest }): JSX.Element | null {
  const form = legibleForm(request)
  const written = [...WRITTEN].filter(([field]) => form[field])
  if (written.length === 0) return null
  return (
    <section aria-label="What you typed">
      <p>What you typed is not lost. Copy it from here into the form:</p>
      {written.map(([field, label]) => (
        <Area name={field} label={label} value={form[field]} rows={field === "markdown" || field === "body" ? 12 : 2} />
      ))}
    </section>
  )
}
