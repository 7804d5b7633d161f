import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { type Page, wiki } from "../pages/model.ts"
import { Commenter } from "../web/commenter.tsx"
import { Problems } from "../web/forms.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField } from "../web/layout.tsx"
import { slot } from "../web/slots.ts"
import { Warnings } from "../web/warnings.tsx"
import type { Comment } from "./model.ts"
import { Quoting, type QuotingState } from "./quotes/views.tsx"

/** What the form holds when it is shown again: everything as it was typed. */
export interface FormState {
  values: { name?: string; email?: string; replies?: boolean; body?: string; parent?: string }
  /** The name of the account that comments; null for a guest. */
  member: string | null
  problems: Problem[]
  /** HTML of the comment as it would look. */
  preview?: string
  warnings?: string[]
}

interface CommentFormProps {
  page: Pick<Page, "slug">
  seal: string
  parent?: Comment | null
  state?: FormState
  quoting: QuotingState
}

/** What is wrong with a comment and what it would look like, above its form. */
export function Outcome({ state, preview }: { state: Pick<FormState, "problems" | "preview" | "warnings">; preview: string }): JSX.Element {
  return (
    <>
      <Problems problems={state.problems} remover={{ form: "reply", action: preview }} />
      {state.warnings && state.warnings.length > 0 && <Warnings warnings={state.warnings} />}
      {state.preview !== undefined && (
        <section class="preview" aria-label="Preview">
          <h2>Preview</h2>
          <Markup class="comment-text" html={state.preview} />
        </section>
      )}
    </>
  )
}

/** The form for a comment, or for the answer to one. */
export function CommentForm({ page, seal, parent, state, quoting }: CommentFormProps): JSX.Element {
  const path = `${wiki(page)}/comments`
  return (
    <form class="comment-form" id="reply" method="post" action={path}>
      <h3>Leave a reply{parent && " to "}{parent && <bdi>{parent.name}</bdi>}</h3>
      <Caution />
      <CsrfField />
      <Proof seal={seal} />
      {parent && <input type="hidden" name="parent" value={parent.id} />}
      {/* The list of passages does not lead back to an answer. */}
      {(!parent || quoting.words !== undefined) && <Quoting page={page} state={quoting} problems={state?.problems} />}
      {state ? <Commenter member={state.member} values={state.values} problems={state.problems} /> : slot("commenter")}
      <Body value={state?.values.body} problems={state?.problems} />
      <Trap />
      <p class="actions">
        <button type="submit">Post comment</button>{" "}
        <button type="submit" class="secondary" formaction={`${path}/preview`}>
          Preview
        </button>
      </p>
    </form>
  )
}

/** What the form says of itself; see web/form-proof.ts. */
export function Proof({ seal }: { seal: string }): JSX.Element {
  return (
    <>
      <input type="hidden" name="seal" value={seal} />
      <input type="hidden" name="nonce" value="" />
    </>
  )
}

/** A field that people do not see. */
export function Trap(): JSX.Element {
  return (
    <p class="trap" aria-hidden="true">
      <label for="field-homepage">Leave this empty</label>
      <input id="field-homepage" name="homepage" tabIndex={-1} autocomplete="off" />
    </p>
  )
}

/** The words of a comment. */
export function Body({ value, problems = [] }: { value?: string; problems?: Problem[] }): JSX.Element {
  const problem = problems.find(({ field }) => field === "body")
  return (
    <p class="field">
      <label for="field-body">Comment</label>
      {problem && (
        <span class="problem" id="field-body-problem">
          {problem.excerpt ? <mark>{problem.excerpt.found}</mark> : problem.message}
        </span>
      )}
      <textarea
        id="field-body"
        name="body"
        rows={8}
        required
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? "field-body-problem field-body-hint" : "field-body-hint"}
      >
        {value}
      </textarea>
      <span class="hint" id="field-body-hint">
        Wanting to leave an &lt;em&gt;phasis on your comment? You may use{" "}
        {TAGS.map((tag) => (
          <>
            <code>{tag}</code>{" "}
          </>
        ))}
        and empty lines.
      </span>
    </p>
  )
}

const TAGS = [
  '<a href="">', '<abbr title="">', "<b>", "<blockquote>", "<cite>", "<code>", "<del>", "<em>", "<i>", "<q>", "<s>", "<strike>", "<strong>",
] // prettier-ignore

/** What nobody should write, in three languages. */
export function Caution(): JSX.Element {
  return (
    <div class="notice warning caution">
      <p>
        Do not write here what you would not want the agency to read: no A-numbers, no names of people who are detained, nothing about
        anybody's papers.
      </p>
      <p lang="es">
        No escriba aquí lo que no quisiera que la agencia leyera: ni números A, ni nombres de personas detenidas, ni nada sobre los papeles
        de nadie.
      </p>
      <p lang="ht">
        Pa ekri isit la sa ou pa ta vle ajans lan li: ni nimewo A, ni non moun ki nan detansyon, ni anyen sou papye okenn moun.
      </p>
    </div>
  )
}
