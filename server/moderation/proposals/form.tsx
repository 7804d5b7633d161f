import type { Node } from "prosemirror-model"
import type { ComponentChildren, ComponentProps, JSX } from "preact"
import { toMarkdown } from "../../../editor/document/index.ts"
import type { Problem } from "../../errors.ts"
import { SUMMARY_LENGTH, TITLE_LENGTH } from "../../pages/model.ts"
import { CollidingTitle } from "../../web/collisions.tsx"
import { Field } from "../../web/forms.tsx"
import { CsrfField } from "../../web/layout.tsx"

interface TextFormProps {
  action: string
  /** What the person typed, when it comes back to them; else the text of `doc`. */
  typed?: string
  doc: Node | null
  title: string
  /** Both titles, where they collide: one of them, or another, is to be typed. */
  titles?: Pick<ComponentProps<typeof CollidingTitle>, "theirs" | "mine" | "names">
  summary: string
  problems: Problem[]
  /** Hidden fields, by name. */
  hidden: Record<string, string | number>
  button: string
  /** Whether the rich editor takes the form over. */
  isRich: boolean
  /** Further fields, before the button. */
  children?: ComponentChildren
}

/** The id of that form. */
export const TEXT_FORM = "text-form"

/** The form for a text that waits: suggesting it, changing it, editing it before it is accepted. */
export function TextForm({ action, typed, doc, title, titles, summary, problems, hidden, button, isRich, children }: TextFormProps): JSX.Element {
  const json = isRich && doc && typed === undefined ? JSON.stringify(doc.toJSON()) : undefined
  return (
    <form class="edit-form" id={TEXT_FORM} method="post" action={action} data-editor={isRich || undefined} data-unsent={problems.length > 0 || undefined}>
      <CsrfField />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {titles ? (
        <CollidingTitle {...titles} value={title} problems={problems} maxlength={TITLE_LENGTH} />
      ) : (
        <Field name="title" label="Title" value={title} problems={problems} maxlength={TITLE_LENGTH} required />
      )}
      <label for="field-document">Text</label>
      <textarea id="field-document" name="markdown" rows={24} data-editor-text data-document={json}>
        {typed ?? (doc ? toMarkdown(doc) : "")}
      </textarea>
      <Field name="summary" label="What did you change, and how do you know?" value={summary} problems={problems} maxlength={SUMMARY_LENGTH} />
      {children}
      <p class="actions">
        <button type="submit">{button}</button>
      </p>
    </form>
  )
}
