import type { JSX } from "preact"
import { crumbs, type Page, wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Markup } from "../web/html.tsx"
import { Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import { CommentForm, type FormState, Outcome } from "./form.tsx"
import { type Comment, type Order, orders, type Thread } from "./model.ts"
import type { ShownQuote } from "./quotes/actions.ts"
import { Quotation, type QuotingState } from "./quotes/views.tsx"
import type { Threads } from "./reading.ts"
import type { Rules } from "./settings/model.ts"
import { Author, type Shown, ThreadList } from "./threads/views.tsx"

interface CommentsProps extends Shown, Threads {
  /** Tells when the form was made (`web/form-proof.ts`). */
  seal: string
  rules: Rules
  quoting: QuotingState
  /** In which order they were asked for. */
  order?: Order
  /** What the reader wrote here: an element, or a slot. */
  own: JSX.Element | string | null
}

/** The comments below a page's text: threads, and the form for the next one. The same for every reader but for `own`. */
export function Comments({ threads, earlier, later, count, order, own, ...rest }: CommentsProps): JSX.Element {
  const { page, seal, quoting, rules } = rest
  const path = `${wiki(page)}/comments`
  return (
    <section class="comments" id="comments" aria-labelledby="comments-heading">
      <h2 id="comments-heading">{count > 0 ? `Comments (${count})` : "Comments"}</h2>
      {threads.length > 0 && <Orders path={path} order={order} />}
      {earlier !== null && order === undefined && (
        <p>
          <a href={`${path}?before=${earlier}`}>Earlier comments</a>
        </p>
      )}
      {threads.length === 0 ? <p>There are no comments yet.{rules.isOpen && " Be the first."}</p> : <ThreadList threads={threads} {...rest} />}
      {order !== undefined && (earlier ?? later) !== null && (
        <p>
          <a rel="next" href={`${path}?order=${order}&${earlier !== null ? `before=${earlier}` : `after=${later}`}`}>
            {earlier !== null ? "Earlier" : "Later"} comments
          </a>
        </p>
      )}
      {own}
      {rules.isOpen ? <CommentForm page={page} seal={seal} quoting={quoting} /> : <p class="notice info">Comments on this page are closed.</p>}
      {rules.isOpen && rules.closesOn && (
        <p class="muted">
          Open for comments until the end of <Time at={dayBefore(rules.closesOn)} />.
        </p>
      )}
    </section>
  )
}

const ORDER_WORDS: Record<Order, string> = { oldest: "Oldest first", newest: "Newest first" }

function Orders({ path, order }: { path: string; order?: Order }): JSX.Element {
  return (
    <p class="orders">
      {orders.map((one, at) => (
        <>
          {at > 0 && " · "}
          {one === order ? <strong>{ORDER_WORDS[one]}</strong> : <a href={`${path}?order=${one}#comments`}>{ORDER_WORDS[one]}</a>}
        </>
      ))}{" "}
      · <a href={`${path}.atom`}>Feed</a>
    </p>
  )
}

export function CommentsPage({ page, ...rest }: CommentsProps & { page: Page }): JSX.Element {
  return (
    <CommentFrame page={page} title={`Comments on ${page.title}`}>
      <Comments page={page} {...rest} />
    </CommentFrame>
  )
}

interface ThreadPageProps extends Omit<CommentsProps, keyof Threads | "order"> {
  page: Page
  thread: Thread
  /** What the reader may make of it: for people with an account. */
  acts: JSX.Element | null
}

/** One thread, with the form to answer it. */
export function ThreadPage({ page, seal, thread, rules, quoting, own, acts, ...rest }: ThreadPageProps): JSX.Element {
  return (
    <CommentFrame page={page} title={`Comment on ${page.title}`}>
      <section class="comments" id="comments">
        <h2>Comment</h2>
        <ThreadList page={page} threads={[thread]} {...rest} />
        {acts}
        {own}
        {thread.comment && rules.isOpen && <CommentForm page={page} seal={seal} parent={thread.comment} quoting={quoting} />}
      </section>
    </CommentFrame>
  )
}

interface CommentFormPageProps {
  page: Page
  seal: string
  parent: Comment | null
  state: FormState
  quoting: QuotingState
}

/** The form again, with what was typed, what is wrong with it, or what it would look like. */
export function CommentFormPage({ page, seal, parent, state, quoting }: CommentFormPageProps): JSX.Element {
  return (
    <CommentFrame page={page} title={`Comment on ${page.title}`}>
      <section class="comments" id="comments">
        <Outcome state={state} preview={`${wiki(page)}/comments/preview`} />
        <CommentForm page={page} seal={seal} parent={parent} state={state} quoting={quoting} />
      </section>
    </CommentFrame>
  )
}

interface HeldProps {
  page: Page
  comment: Comment
  quote?: ShownQuote
  /** Where a guest corrects or withdraws it, and until when. */
  correction: { href: string; until: string } | null
}

/** What somebody is told whose comment waits. */
export function HeldPage({ page, comment, quote, correction }: HeldProps): JSX.Element {
  return (
    <CommentFrame page={page} title="Your comment waits for a moderator">
      <section class="comments" id="comments">
        <div class="notice" role="status">
          <h2>Your comment waits for a moderator</h2>
          <p>It was stored. Nobody but you and the moderators sees it until one of them publishes it. You need not send it again.</p>
          {correction && (
            <p>
              Until <Time at={correction.until} exact /> you can <a href={correction.href}>correct or withdraw it</a>. This browser remembers
              that for you; to do it from another one, copy this link.
            </p>
          )}
        </div>
        <article class="comment held">
          <p class="comment-head">
            <Author comment={comment} /> <Time at={comment.createdAt} exact />
          </p>
          {quote && <Quotation page={page} quote={quote} isBelowPage={false} />}
          <Markup class="comment-text" html={comment.html} />
        </article>
        <p>
          <a href={wiki(page)}>Back to {page.title}</a>
        </p>
      </section>
    </CommentFrame>
  )
}

/** The frame of the pages about comments. */
export function CommentFrame({ page, title, children }: { page: Page; title: string; children: JSX.Element }): JSX.Element {
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />} scripts={["reader.js"]}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      {children}
    </Layout>
  )
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString()
}
