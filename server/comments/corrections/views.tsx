import type { JSX } from "preact"
import { type Page, wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField } from "../../web/layout.tsx"
import { Body, Caution, type FormState, Outcome, Proof, Trap } from "../form.tsx"
import { anchorOf, type Comment } from "../model.ts"
import { CommentFrame } from "../views.tsx"
import type { OwnComment } from "./actions.ts"

/** Above the form, for the person alone: what they wrote here, and what of it only they see. */
export function OwnComments({ page, comments }: { page: Pick<Page, "slug">; comments: OwnComment[] }): JSX.Element {
  const held = comments.filter(({ comment }) => comment.state === "held")
  const published = comments.filter(({ comment }) => comment.state === "published")
  return (
    <section class="own-comments" aria-label="Your comments here">
      {held.map((own) => (
        <article class="comment held" id={`own-${own.comment.id}`}>
          <p class="comment-head">
            <strong>Waiting for a moderator: only you see this.</strong> <Time at={own.comment.createdAt} exact />
          </p>
          <Markup class="comment-text" html={own.comment.html} />
          <p class="comment-acts">
            <Correct page={page} own={own} />
          </p>
        </article>
      ))}
      {published.length > 0 && (
        <ul class="own-published">
          {published.map((own) => (
            <li>
              <a href={`${wiki(page)}/comments/${own.comment.id}#${anchorOf(own.comment)}`}>
                Your comment of <Time at={own.comment.createdAt} exact />
              </a>
              : <Correct page={page} own={own} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Correct({ page, own }: { page: Pick<Page, "slug">; own: OwnComment }): JSX.Element {
  return (
    <>
      <a href={`${wiki(page)}/comments/${own.comment.id}/correction`}>Correct or withdraw</a>
      {own.until && (
        <>
          {" "}
          until <Time at={own.until} exact />
        </>
      )}
    </>
  )
}

interface CorrectionProps {
  page: Page
  own: OwnComment
  seal: string
  /** The secret of a guest's link; empty where their browser or account tells who they are. */
  linkKey: string
  typed?: string
  state: Pick<FormState, "problems" | "preview" | "warnings">
}

/** A comment for its author: to correct, or to take back. */
export function CorrectionPage({ page, own, seal, linkKey, typed, state }: CorrectionProps): JSX.Element {
  const path = `${wiki(page)}/comments/${own.comment.id}`
  return (
    <CommentFrame page={page} title="Correct your comment">
      <section class="comments" id="comments">
        <h2>Correct your comment</h2>
        {own.until && (
          <p>
            You can do this until <Time at={own.until} exact />. Readers are shown what you change.
          </p>
        )}
        {!own.until && <p>Readers are shown what you change.</p>}
        <Outcome state={state} preview={`${path}/correction/preview`} />
        <form class="comment-form" id="reply" method="post" action={`${path}/correction`}>
          <Caution />
          <CsrfField />
          <Proof seal={seal} />
          <input type="hidden" name="key" value={linkKey} />
          <Body value={typed ?? own.source} problems={state.problems} />
          <Trap />
          <p class="actions">
            <button type="submit">Save the correction</button>{" "}
            <button type="submit" class="secondary" formaction={`${path}/correction/preview`}>
              Preview
            </button>
          </p>
        </form>
        <form class="withdrawal" method="post" action={`${path}/withdrawal`}>
          <h3>Or withdraw it</h3>
          <p>Its words are deleted for good. Where readers saw it, a line says that it was withdrawn; answers to it stay.</p>
          <CsrfField />
          <input type="hidden" name="key" value={linkKey} />
          <p class="actions">
            <button type="submit" class="secondary">
              Withdraw the comment
            </button>
          </p>
        </form>
        <p>
          <a href={wiki(page)}>Back to {page.title}</a>
        </p>
      </section>
    </CommentFrame>
  )
}

/** What its author changed in a comment, each time readers saw it change. */
export function CorrectionsPage({ page, comment, changes }: { page: Page; comment: Comment; changes: { at: string; html: string }[] }): JSX.Element {
  return (
    <CommentFrame page={page} title="What changed in a comment">
      <section class="comments" id="comments">
        <h2>
          What <bdi>{comment.name}</bdi> changed
        </h2>
        {changes.length === 0 && <p>Nothing: it says what it always said.</p>}
        {changes.map(({ at, html }) => (
          <section aria-label="Correction">
            <h3>
              <Time at={at} exact />
            </h3>
            <Markup class="comment-text diff" html={html} />
          </section>
        ))}
        <p>
          <a href={`${wiki(page)}/comments/${comment.id}#${anchorOf(comment)}`}>The comment</a>
        </p>
      </section>
    </CommentFrame>
  )
}

/** What is told after a comment was withdrawn. */
export function WithdrawnPage({ page }: { page: Page }): JSX.Element {
  return (
    <CommentFrame page={page} title="Your comment was withdrawn">
      <section class="comments" id="comments">
        <div class="notice" role="status">
          <h2>Your comment was withdrawn</h2>
          <p>Its words were deleted.</p>
        </div>
        <p>
          <a href={wiki(page)}>Back to {page.title}</a>
        </p>
      </section>
    </CommentFrame>
  )
}
