import type { ComponentChildren, JSX } from "preact"
import { REASON_LENGTH } from "../comments/model.ts"
import type { Problem } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import type { QueueItem } from "./kinds/kind.ts"
import { type Claim, type PersonRecord, USUAL_REASONS } from "./model.ts"
import { TRUSTED_AFTER } from "./trust/model.ts"

/** An item with everything a moderator needs to decide about it. */
export interface ShownItem {
  item: QueueItem
  content: JSX.Element
  /** Who else has it in hand. */
  claim: Claim | undefined
  /** Of its author, where that is somebody with an account. */
  record: PersonRecord | undefined
}

/** A decision that was not accepted: the item, what was typed, and why. */
export interface Refused {
  id: string
  reason: string
  problems: Problem[]
}

export interface QueueProps {
  items: ShownItem[]
  next: string | null
  state: "held" | "published"
  /** The cursor this page of the queue began at, to come back to it. */
  after: string | undefined
  /** The moderator's last decision, which can still be taken back. */
  last: { words: string } | undefined
  refused?: Refused
}

/** What waits for a moderator, or what was published lately. */
export function QueuePage(props: QueueProps): JSX.Element {
  const { items, next, state, last, refused } = props
  const path = state === "held" ? "/moderation" : "/moderation/published"
  return (
    <ModerationFrame title="Moderation" here={path}>
      {refused && <Problems problems={refused.problems} />}
      {last && <UndoForm words={last.words} />}
      {items.length === 0 && <p>{state === "held" ? "Nothing waits. Thank you." : "Nothing was published yet."}</p>}
      <ol class="queue" id="field-queue" data-queue>
        {items.map((shown) => (
          <li class={`queue-item ${shown.item.kind}`} id={shown.item.id} tabIndex={-1} data-item data-edit={shown.item.edit}>
            <Item shown={shown} near={items} {...props} />
          </li>
        ))}
      </ol>
      {items.length > 0 && <Keys />}
      {next !== null && (
        <p>
          <a rel="next" href={`${path}?after=${next}`}>
            Older
          </a>
        </p>
      )}
    </ModerationFrame>
  )
}

/** One item by itself, in the hand of who opened it. */
export function ItemPage({ shown, state, refused }: { shown: ShownItem } & Pick<QueueProps, "state" | "refused">): JSX.Element {
  return (
    <ModerationFrame title={`${shown.item.title} ${shown.item.page?.title ?? ""}`} here="">
      {refused && <Problems problems={refused.problems} />}
      {!shown.claim && <p class="notice info">This is in your hand for ten minutes: nobody else decides about it meanwhile.</p>}
      <ol class="queue" data-queue>
        <li class={`queue-item ${shown.item.kind}`} id={shown.item.id} tabIndex={-1} data-item data-edit={shown.item.edit}>
          <Item shown={shown} near={[shown]} state={state} after={undefined} refused={refused} />
        </li>
      </ol>
      <p>
        <a href="/moderation">Back to everything that waits</a>
      </p>
    </ModerationFrame>
  )
}

/** The frame of the moderators' pages; `here` is the path of the tab. */
export function ModerationFrame({ title, here, children }: { title: string; here: string; children: ComponentChildren }): JSX.Element {
  const tabs = [
    ["/moderation", "Waiting"],
    ["/moderation/published", "Published"],
    ["/moderation/protection", "Protection"],
    ["/moderation/comments", "Comments"],
    ["/moderation/redactions", "Hidden"],
    ["/moderation/blocks", "Blocks"],
    ["/moderation/rules", "Rules"],
    ["/moderation/linkbacks", "Links"],
    ["/moderation/log", "Log"],
  ] as const
  return (
    <Layout title={title} scripts={["queue.js"]} head={<meta name="robots" content="noindex" />}>
      <h1>{title}</h1>
      <nav class="tabs" aria-label="Moderation">
        {tabs.map(([path, label]) => (
          <a href={path} aria-current={path === here ? "page" : undefined}>
            {label}
          </a>
        ))}
      </nav>
      {children}
    </Layout>
  )
}

function UndoForm({ words }: { words: string }): JSX.Element {
  return (
    <form class="notice done undo" method="post" action="/moderation/undo" role="status">
      <CsrfField />
      <span>{words}.</span>{" "}
      <button type="submit" class="secondary" data-key="u">
        Undo
      </button>
    </form>
  )
}

type ItemProps = { shown: ShownItem; near: ShownItem[] } & Pick<QueueProps, "state" | "after" | "refused">

function Item({ shown, near, ...queue }: ItemProps): JSX.Element {
  const { item, content, claim, record } = shown
  return (
    <article>
      <h2>
        {item.title} {item.page && <a href={wiki(item.page)}>{item.page.title}</a>}
      </h2>
      <p class="muted">
        <a href={`/moderation/items/${item.id}${queue.state === "published" ? "?state=published" : ""}`}>
          <Time at={item.createdAt} exact />
        </a>
        {queue.state === "held" && item.reasons.length > 0 && ` · waits because it ${item.reasons.join("; ")}`}
      </p>
      <Author item={item} record={record} />
      {content}
      <Near item={item} near={near} />
      {claim ? (
        <p class="notice info claimed">
          <bdi>{claim.by}</bdi> has this in hand until <Time at={claim.until} exact />.
        </p>
      ) : (
        <DecisionForms item={item} {...queue} />
      )}
    </article>
  )
}

/** Stands for what takes time to draw, when there is much of it at once. */
export function LaterContent({ item }: { item: QueueItem }): JSX.Element {
  return (
    <p>
      <a href={`/moderation/items/${item.id}`}>Open it to see what it changes</a>
    </p>
  )
}

function Author({ item: { author }, record }: { item: QueueItem; record: PersonRecord | undefined }): JSX.Element | null {
  if (!author) return null
  if (!author.isMember || !record) {
    return (
      <p class="record">
        By <bdi class="author">{author.name}</bdi>, a guest: nothing is known of them here
      </p>
    )
  }
  const { role, isTrusted, accepted, refused, published } = record
  const standing = role === "editor" ? (isTrusted ? "trusted" : `${accepted} of ${TRUSTED_AFTER} accepted edits to be trusted`) : role
  return (
    <p class="record">
      By{" "}
      <a href={`/users/${encodeURIComponent(author.name)}`}>
        <bdi class="author">{author.name}</bdi>
      </a>
      , here since <Time at={record.since} />: {count(accepted, "edit")} accepted, {count(published, "comment")} published, {refused} refused; {standing}
    </p>
  )
}

/** What else on this page of the queue is about the same page. */
function Near({ item, near }: { item: QueueItem; near: ShownItem[] }): JSX.Element | null {
  const others = near.filter((other) => item.page && other.item.id !== item.id && other.item.page?.id === item.page.id)
  if (others.length === 0) return null
  return (
    <details class="near">
      <summary>{count(others.length, "other thing")} about this page</summary>
      <ul>
        {others.map(({ item: other }) => (
          <li>
            <a href={`#${other.id}`}>
              {other.title.replace(/ (?:on|for|of|to)$/, "")}
              {other.author && (
                <>
                  {" "}
                  by <bdi>{other.author.name}</bdi>
                </>
              )}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

type DecisionProps = { item: QueueItem } & Pick<QueueProps, "state" | "after" | "refused">

/** Two forms, so that Enter after a reason refuses, and never accepts. */
function DecisionForms({ item, state, after, refused }: DecisionProps): JSX.Element {
  const { approve, reject, spam } = item.choices
  const field = `reason-${item.id}`
  const typed = refused?.id === item.id ? refused.reason : ""
  const place = (
    <>
      <CsrfField />
      <input type="hidden" name="state" value={state} />
      {after && <input type="hidden" name="after" value={after} />}
    </>
  )
  const action = `/moderation/items/${item.id}/decision`
  return (
    <div class="decisions">
      {approve && (
        <form class="moderate" method="post" action={action}>
          {place}
          <button type="submit" name="decision" value="approve" data-key="a">
            {approve}
          </button>
        </form>
      )}
      {reject && (
        <form class="moderate" method="post" action={action}>
          {place}
          <p class="field">
            <label for={`usual-${item.id}`}>Reason (optional; public)</label>
            <select id={`usual-${item.id}`} name="usual" data-reason>
              <option value="">None of these</option>
              {USUAL_REASONS.map((reason) => (
                <option value={reason}>{reason}</option>
              ))}
            </select>
          </p>
          <p class="field">
            <label for={field}>or in your own words</label>
            <input id={field} name="reason" value={typed} maxlength={REASON_LENGTH} autocomplete="off" />
          </p>
          <p class="actions">
            <button type="submit" name="decision" value="reject" class="secondary" data-key="r">
              {reject}
            </button>{" "}
            {spam && (
              <button type="submit" name="decision" value="spam" class="danger" data-key="s">
                {spam}
              </button>
            )}
          </p>
        </form>
      )}
    </div>
  )
}

function Keys(): JSX.Element {
  const keys = [
    ["j", "next"], ["k", "previous"], ["a", "accept"], ["r", "refuse: choose a reason, then Enter"], ["s", "spam"], ["e", "edit"], ["u", "undo the last decision"],
  ] // prettier-ignore
  return (
    <details class="keys">
      <summary>Keys</summary>
      <dl>
        {keys.map(([key, what]) => (
          <div>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`
}
