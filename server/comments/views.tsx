import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { crumbs, type Page, wiki } from "../pages/model.ts"
import { Commenter } from "../web/commenter.tsx"
import { Time } from "../web/dates.tsx"
import { Problems } from "../web/forms.tsx"
import { Markup } from "../web/html.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import { slot } from "../web/slots.ts"
import { anchorOf, type Comment, type Thread } from "./model.ts"

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

interface CommentsProps {
  page: Pick<Page, "slug">
  /** Tells when the form was made (`web/form-proof.ts`). */
  seal: string
  threads: Thread[]
  older: string | null
  count: number
}

/** The comments below a page's text: threads, and the form for the next one. The same for every reader. */
export function Comments({ page, seal, threads, older, count }: CommentsProps): JSX.Element {
  return (
    <section class="comments" id="comments" aria-labelledby="comments-heading">
      <h2 id="comments-heading">{count > 0 ? `Comments (${count})` : "Comments"}</h2>
      {older !== null && (
        <p>
          <a href={`${wiki(page)}/comments?before=${older}`}>Earlier comments</a>
        </p>
      )}
      {threads.length === 0 ? <p>There are no comments yet. Be the first.</p> : <Threads page={page} threads={threads} />}
      <CommentForm page={page} seal={seal} />
    </section>
  )
}

export function CommentsPage({ page, seal, threads, older, count }: CommentsProps & { page: Page }): JSX.Element {
  return (
    <CommentFrame page={page} title={`Comments on ${page.title}`}>
      <Comments page={page} seal={seal} threads={threads} older={older} count={count} />
    </CommentFrame>
  )
}

/** One thread, with the form to answer it. */
export function ThreadPage({ page, seal, thread }: { page: Page; seal: string; thread: Thread }): JSX.Element {
  return (
    <CommentFrame page={page} title={`Comment on ${page.title}`}>
      <section class="comments" id="comments">
        <h2>Comment</h2>
        <Threads page={page} threads={[thread]} />
        {thread.comment && <CommentForm page={page} seal={seal} parent={thread.comment} />}
      </section>
    </CommentFrame>
  )
}

/** The form again, with what was typed, what is wrong with it, or what it would look like. */
export function CommentFormPage({ page, seal, parent, state }: { page: Page; seal: string; parent: Comment | null; state: FormState }): JSX.Element {
  return (
    <CommentFrame page={page} title={`Comment on ${page.title}`}>
      <section class="comments" id="comments">
        <Problems problems={state.problems} remover={{ form: "reply", action: `${wiki(page)}/comments/preview` }} />
        {state.warnings && state.warnings.length > 0 && <Warnings warnings={state.warnings} />}
        {state.preview !== undefined && (
          <section class="preview" aria-label="Preview">
            <h2>Preview</h2>
            <Markup class="comment-text" html={state.preview} />
          </section>
        )}
        <CommentForm page={page} seal={seal} parent={parent} state={state} />
      </section>
    </CommentFrame>
  )
}

/** What somebody is told whose comment waits: once, on this page, because nothing is kept in their browser. */
export function HeldPage({ page, comment }: { page: Page; comment: Comment }): JSX.Element {
  return (
    <CommentFrame page={page} title="Your comment waits for a moderator">
      <section class="comments" id="comments">
        <div class="notice" role="status">
          <h2>Your comment waits for a moderator</h2>
          <p>It was stored. Nobody but the moderators sees it until one of them publishes it. You need not send it again.</p>
        </div>
        <article class="comment held">
          <p class="comment-head">
            <Author comment={comment} /> <Time at={comment.createdAt} exact />
          </p>
          <Markup class="comment-text" html={comment.html} />
        </article>
        <p>
          <a href={wiki(page)}>Back to {page.title}</a>
        </p>
      </section>
    </CommentFrame>
  )
}

function CommentFrame({ page, title, children }: { page: Page; title: string; children: JSX.Element }): JSX.Element {
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />} scripts={["comment-proof.js"]}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      {children}
    </Layout>
  )
}

function Threads({ page, threads }: { page: Pick<Page, "slug">; threads: Thread[] }): JSX.Element {
  return (
    <ol class="threads">
      {threads.map(({ id, comment, replies }) => (
        <li>
          {comment ? <CommentView page={page} comment={comment} thread={id} /> : <p class="comment muted">This comment was removed.</p>}
          {replies.length > 0 && (
            <ol class="replies">
              {replies.map((reply) => (
                <li>
                  <CommentView page={page} comment={reply} thread={id} />
                </li>
              ))}
            </ol>
          )}
        </li>
      ))}
    </ol>
  )
}

function CommentView({ page, comment, thread }: { page: Pick<Page, "slug">; comment: Comment; thread: string }): JSX.Element {
  return (
    <article class="comment" id={anchorOf(comment)}>
      <p class="comment-head">
        <Author comment={comment} />{" "}
        <a class="permalink" href={`#${anchorOf(comment)}`}>
          <Time at={comment.createdAt} exact />
        </a>
      </p>
      <Markup class="comment-text" html={comment.html} />
      <p class="comment-acts">
        <a href={`${wiki(page)}/comments/${thread}#reply`}>Reply</a>{" "}
        {!comment.isHidden && <a href={`${wiki(page)}/report?comment=${comment.id}`}>Report</a>}
      </p>
    </article>
  )
}

function Author({ comment: { name, isMember } }: { comment: Comment }): JSX.Element {
  if (isMember) {
    return (
      <a class="author" href={`/users/${encodeURIComponent(name)}`}>
        <bdi>{name}</bdi>
      </a>
    )
  }
  return (
    <>
      <bdi class="author">{name}</bdi> <span class="guest">guest</span>
    </>
  )
}

interface CommentFormProps {
  page: Pick<Page, "slug">
  seal: string
  parent?: Comment | null
  state?: FormState
}

function CommentForm({ page, seal, parent, state }: CommentFormProps): JSX.Element {
  const path = `${wiki(page)}/comments`
  return (
    <form class="comment-form" id="reply" method="post" action={path}>
      <h3>Leave a reply{parent && " to "}{parent && <bdi>{parent.name}</bdi>}</h3>
      <Caution />
      <CsrfField />
      <input type="hidden" name="seal" value={seal} />
      <input type="hidden" name="nonce" value="" />
      {parent && <input type="hidden" name="parent" value={parent.id} />}
      {state ? <Commenter member={state.member} values={state.values} problems={state.problems} /> : slot("commenter")}
      <Body value={state?.values.body} problems={state?.problems} />
      <p class="trap" aria-hidden="true">
        <label for="field-homepage">Leave this empty</label>
        <input id="field-homepage" name="homepage" tabIndex={-1} autocomplete="off" />
      </p>
      <p class="actions">
        <button type="submit">Post comment</button>{" "}
        <button type="submit" class="secondary" formaction={`${path}/preview`}>
          Preview
        </button>
      </p>
    </form>
  )
}

function Body({ value, problems = [] }: { value?: string; problems?: Problem[] }): JSX.Element {
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

function Caution(): JSX.Element {
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

function Warnings({ warnings }: { warnings: string[] }): JSX.Element {
  return (
    <div class="notice warning" role="status">
      <p>Not everything could be taken over as written:</p>
      <ul>
        {warnings.map((warning) => (
          <li>{warning}</li>
        ))}
      </ul>
    </div>
  )
}
