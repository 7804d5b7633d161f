import type { JSX } from "preact"
import { REASON_LENGTH } from "../comments/model.ts"
import type { Problem } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { CsrfField } from "../web/layout.tsx"
import type { QueueItem } from "./kinds/kind.ts"
import { type Claim, count, type PersonRecord, USUAL_REASONS } from "./model.ts"
import { TRUSTED_AFTER } from "./trust/model.ts"

/** An item with everything a moderator needs to decide about it. */
export interface ShownItem {
  item: QueueItem
  content: JSX.Element
  /** Who else has it in hand. */
  claim: Claim | undefined
  /** Of its author, where that is somebody with an account. */
  record: PersonRecord | undefined
  /** Whether it is by who looks at it. */
  isOwn: boolean
}

/** A decision that was not accepted: the item, what was typed, and why. */
export interface Refused {
  id: string
  decision: string
  reason: string
  problems: Problem[]
}

export interface ItemProps {
  shown: ShownItem
  /** What waits with it, here and further down, and which of it stands on the same page. */
  near: QueueItem[]
  isHere: (id: string) => boolean
  state: "held" | "published"
  /** The cursor that the page of the queue began at, to come back to it. */
  after: string | undefined
  refused?: Refused
}

/** The id of the form that refuses an item. */
export function refusalForm(item: string): string {
  return `refusal-${item}`
}

/** An item of the queue: what it is and why it waits, who made it, what is near it, and what can be decided. */
export function Item({ shown, near, isHere, ...queue }: ItemProps): JSX.Element {
  const { item, content, claim, record, isOwn } = shown
  return (
    <article>
      <h2>
        {item.title} {item.page && <a href={wiki(item.page)}>{item.page.title}</a>}
      </h2>
      <p class="muted">
        <a href={pathOf(item, queue.state)}>
          <Time at={item.createdAt} exact />
        </a>
        {queue.state === "held" && item.reasons.length > 0 && ` · waits because it ${item.reasons.join("; ")}`}
      </p>
      {claim && (
        <p class="notice info claimed">
          <bdi>{claim.by}</bdi> has this in hand until <Time at={claim.until} exact />.
        </p>
      )}
      <Author item={item} record={record} />
      {content}
      <Near item={item} near={near} isHere={isHere} state={queue.state} />
      {!claim && <DecisionForms item={item} isOwn={isOwn} {...queue} />}
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

/** What else in the queue is about the same page. */
function Near({ item, near, isHere, state }: { item: QueueItem } & Pick<ItemProps, "near" | "isHere" | "state">): JSX.Element | null {
  const others = near.filter((other) => item.page && other.id !== item.id && other.page?.id === item.page.id)
  if (others.length === 0) return null
  return (
    <details class="near">
      <summary>{count(others.length, "other thing")} about this page</summary>
      <ul>
        {others.map((other) => (
          <li>
            <a href={isHere(other.id) ? `#${other.id}` : pathOf(other, state)}>
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

type DecisionProps = { item: QueueItem; isOwn: boolean } & Pick<ItemProps, "state" | "after" | "refused">

/** Two forms, so that Enter after a reason refuses, and never accepts. */
function DecisionForms({ item, isOwn, state, after, refused }: DecisionProps): JSX.Element {
  const { approve, reject, spam } = item.choices
  const field = `field-reason-${item.id}`
  const typed = refused?.id === item.id ? refused.reason : ""
  const problem = refused?.problems.find((one) => `field-${one.field}` === field)
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
      {isOwn && <p class="muted">This is your own: somebody else decides whether it is accepted.</p>}
      {approve && !isOwn && (
        <form class="moderate" method="post" action={action}>
          {place}
          <button type="submit" name="decision" value="approve" data-key="a">
            {approve}
          </button>
        </form>
      )}
      {reject && (
        <form id={refusalForm(item.id)} class="moderate" method="post" action={action}>
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
            {problem && (
              <span class="problem" id={`${field}-problem`}>
                {problem.message}
              </span>
            )}
            <input
              id={field}
              name="reason"
              value={typed}
              maxlength={REASON_LENGTH}
              autocomplete="off"
              aria-invalid={problem ? true : undefined}
              aria-describedby={problem && `${field}-problem`}
            />
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
          {refused?.id === item.id && <input type="hidden" name="decision" value={refused.decision} />}
        </form>
      )}
    </div>
  )
}

function pathOf({ id }: QueueItem, state: ItemProps["state"]): string {
  return `/moderation/items/${id}${state === "published" ? "?state=published" : ""}`
}
