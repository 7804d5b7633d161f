import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { Field } from "./forms.tsx"
import { renderFragment } from "./html.tsx"
import { fillSlots, oncePerViewer } from "./slots.ts"
import type { Viewer } from "./viewer.ts"

interface CommenterProps {
  /** The name of the account the person is logged in with; null for a guest. */
  member: string | null
  values?: { name?: string; email?: string; replies?: boolean }
  problems?: Problem[]
}

/** Who writes the comment: a guest says, a person who is logged in is told. */
export function Commenter({ member, values = {}, problems }: CommenterProps): JSX.Element {
  if (member !== null) {
    return (
      <>
        <p class="commenter">
          You comment as <bdi>{member}</bdi>.
        </p>
        <Replies wanted={values.replies} />
      </>
    )
  }
  return (
    <>
      <Field
        name="name"
        label="Name"
        hint="Shown with your comment. It need not be your own."
        problems={problems}
        value={values.name}
        autocomplete="nickname"
        required
      />
      <Field
        name="email"
        label="E-mail address (optional)"
        hint="Never shown. With it we know you again once a moderator has published a comment of yours. It is stored only if you want answers by mail."
        type="email"
        problems={problems}
        value={values.email}
        autocomplete="email"
      />
      <Replies wanted={values.replies} />
      <p class="hint">Once you have posted, a cookie lets you correct or withdraw your comment from this browser for half an hour. Then it is gone.</p>
    </>
  )
}

function Replies({ wanted = false }: { wanted?: boolean }): JSX.Element {
  return (
    <p class="field">
      <label class="tick">
        <input type="checkbox" name="replies" value="on" checked={wanted} /> Mail me answers, once I have confirmed my address
      </label>
    </p>
  )
}

/** What stands in the commenter slot for this person. */
export function commenterHtml(viewer: Viewer): string {
  return fillSlots(commenterOf(viewer), {})
}

const commenterOf = oncePerViewer((viewer) => renderFragment(<Commenter member={viewer.id === null ? null : viewer.name} />))
