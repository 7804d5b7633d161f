import type { JSX } from "preact"
import { REASON_LENGTH } from "../../comments/model.ts"
import type { Problem } from "../../errors.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField } from "../../web/layout.tsx"
import { ModerationFrame } from "../views.tsx"
import type { Listed } from "./actions.ts"

export interface BulkProps {
  comments: Listed[]
  values: Record<string, string>
  problems?: Problem[]
  /** The comments that were chosen when it was refused. */
  picked?: string[]
  /** What was done, in words. */
  done?: string
}

/** Comments to choose from, and what to do with those chosen. */
export function BulkPage({ comments, values, problems = [], picked = [], done }: BulkProps): JSX.Element {
  return (
    <ModerationFrame title="Many comments" here="/moderation/comments">
      <p>
        <a href="/moderation/comment-settings">Whose comments wait, and where they are open</a>
      </p>
      {done && (
        <p class="notice" role="status">
          {done}
        </p>
      )}
      <FilterForm values={values} />
      <Problems problems={problems} remover={{ form: "bulk-form" }} />
      <form id="bulk-form" method="post" action="/moderation/comments" class="moderate">
        <CsrfField />
        {["state", "name", "page", "since"].map((name) => (
          <input type="hidden" name={name} value={values[name]} />
        ))}
        {comments.length === 0 && <p>No comment fits.</p>}
        <ol class="timeline" id="field-comments">
          {comments.map((comment) => (
            <li>
              <label>
                <input type="checkbox" name={`pick-${comment.id}`} checked={picked.includes(comment.id)} /> <bdi class="author">{comment.name}</bdi> on{" "}
                {comment.page.title}
              </label>
              , <Time at={comment.createdAt} exact /> · <a href={comment.path}>open</a>
              <p>
                <bdi>{comment.text}</bdi>
              </p>
            </li>
          ))}
        </ol>
        {comments.length > 0 && <Acts values={values} problems={problems} />}
      </form>
    </ModerationFrame>
  )
}

function Acts({ values, problems }: Pick<BulkProps, "values"> & { problems: Problem[] }): JSX.Element {
  return (
    <>
      <Field name="reason" label="Reason (public; needed to hide)" value={values.reason} problems={problems} maxlength={REASON_LENGTH} />
      <p class="actions" id="field-act">
        <button type="submit" name="act" value="reject">
          {values.state === "held" ? "Refuse them" : "Take them away"}
        </button>{" "}
        <button type="submit" name="act" value="hide" class="secondary">
          Hide them, saying why
        </button>{" "}
        <button type="submit" name="act" value="spam" class="danger">
          Spam
        </button>
      </p>
      {values.act && <input type="hidden" name="act" value={values.act} />}
    </>
  )
}

function FilterForm({ values }: { values: Record<string, string> }): JSX.Element {
  return (
    <form class="filters" action="/moderation/comments">
      <label>
        Comments{" "}
        <select name="state">
          <option value="published">that readers see</option>
          <option value="held" selected={values.state === "held"}>
            that wait
          </option>
        </select>
      </label>{" "}
      <label>
        By <input name="name" value={values.name} />
      </label>{" "}
      <label>
        Page <input name="page" value={values.page} />
      </label>{" "}
      <label>
        Since <input type="date" name="since" value={values.since} />
      </label>{" "}
      <button type="submit" class="secondary">
        Show
      </button>
    </form>
  )
}
