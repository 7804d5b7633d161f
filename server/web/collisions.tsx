import type { JSX } from "preact"
import { type Collision, diffDocuments, diffHtml, pageSchema, toHtml, toMarkdown } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import { Field } from "./forms.tsx"
import { Markup } from "./html.tsx"

interface CollisionProps {
  collision: Collision
  index: number
  /** What was decided so far, to show it again. */
  decision?: { choice: string | undefined; hand: string }
  /** What the versions are called, for somebody who wrote neither. */
  names?: { theirs: string; mine: string }
}

/** One place where two people changed the same words, with every version; nothing is chosen beforehand. */
export function CollisionField({ collision, index, decision, names = { theirs: "Theirs", mine: "Mine" } }: CollisionProps): JSX.Element {
  const name = `choice-${index}`
  const choices = [
    ["theirs", names.theirs],
    ["mine", names.mine],
    ["both", `Both, “${names.theirs}” first`],
    ["hand", "As I write it here"],
  ] as const
  return (
    <fieldset class="collision" id={`field-${name}`}>
      <legend>Place {index + 1}</legend>
      <div class="versions">
        <Version title="Before" html={collision.base ? toHtml(collision.base) : null} />
        <Version title={names.theirs} html={versionHtml(collision, "theirs")} />
        <Version title={names.mine} html={versionHtml(collision, "mine")} />
      </div>
      <p class="choices">
        {choices.map(([value, label]) => (
          <label>
            <input type="radio" name={name} value={value} checked={decision?.choice === value} required /> {label}
          </label>
        ))}
      </p>
      <textarea name={`hand-${index}`} rows={4} aria-label={`Place ${index + 1}, as I write it`}>
        {decision?.hand || toMarkdown(collision.mine ?? collision.theirs ?? emptyPage)}
      </textarea>
    </fieldset>
  )
}

interface TitlesProps {
  theirs: string
  mine: string
  /** Whose each is, as the beginning of a sentence that names it. */
  names?: { theirs: string; mine: string }
  /** What was typed so far, to show it again. */
  value?: string
  problems?: Problem[]
  maxlength: number
}

/** The title where two people changed it: a line that begins empty, with both titles named and offered. */
export function CollidingTitle({ theirs, mine, names = { theirs: "Theirs", mine: "Yours" }, value = "", ...rest }: TitlesProps): JSX.Element {
  return (
    <>
      <Field
        name="title"
        label="Title"
        hint={`Both changed the title. ${names.theirs}: ${theirs}. ${names.mine}: ${mine}`}
        value={value}
        list="both-titles"
        required
        {...rest}
      />
      <datalist id="both-titles">
        <option value={theirs} />
        <option value={mine} />
      </datalist>
    </>
  )
}

const emptyPage = pageSchema.nodes.doc.create(null, pageSchema.nodes.paragraph.create())

function Version({ title, html }: { title: string; html: string | null }): JSX.Element {
  return (
    <section>
      <h3>{title}</h3>
      {html === null ? <p class="muted">Deleted</p> : <Markup html={html} />}
    </section>
  )
}

function versionHtml({ base, ...versions }: Collision, side: "mine" | "theirs"): string | null {
  const version = versions[side]
  if (!version) return null
  return base ? diffHtml(diffDocuments(base, version), "inline") : toHtml(version)
}
