import type { ComponentChildren, JSX } from "preact"
import { Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import type { QueueItem } from "./kinds/kind.ts"
import { Item, type ItemProps, type Refused, refusalForm, type ShownItem } from "./item-views.tsx"
import { count } from "./model.ts"

export interface QueueProps {
  items: ShownItem[]
  /** What waits with them, here and further down. */
  near: QueueItem[]
  next: string | null
  state: ItemProps["state"]
  /** The cursor this page of the queue began at, to come back to it. */
  after: string | undefined
  /** The moderator's last decision, which can still be taken back. */
  last: { words: string } | undefined
  /** What waits for moderators in other places. */
  elsewhere: { appeals: number; purges: number }
  refused?: Refused
}

/** What waits for a moderator, or what was published lately. */
export function QueuePage(props: QueueProps): JSX.Element {
  const { items, near, next, state, last, elsewhere, refused } = props
  const path = state === "held" ? "/moderation" : "/moderation/published"
  return (
    <ModerationFrame title="Moderation" here={path}>
      {refused && <Problems problems={refused.problems} remover={{ form: refusalForm(refused.id) }} />}
      {last && <UndoForm words={last.words} />}
      {state === "held" && <Elsewhere {...elsewhere} />}
      {items.length === 0 && <p>{state === "held" ? "Nothing waits. Thank you." : "Nothing was published yet."}</p>}
      <ol class="queue" id="field-queue" data-queue>
        {items.map((shown) => (
          <li class={`queue-item ${shown.item.kind}`} id={shown.item.id} tabIndex={-1} data-item data-edit={shown.item.edit}>
            <Item shown={shown} {...props} isHere={(id) => items.some(({ item }) => item.id === id)} near={near} />
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
export function ItemPage({ shown, near, state, refused }: { shown: ShownItem } & Pick<ItemProps, "near" | "state" | "refused">): JSX.Element {
  return (
    <ModerationFrame title={`${shown.item.title} ${shown.item.page?.title ?? ""}`} here="">
      {refused && <Problems problems={refused.problems} remover={{ form: refusalForm(refused.id) }} />}
      {!shown.claim && !shown.isOwn && <p class="notice info">This is in your hand for ten minutes: nobody else decides about it meanwhile.</p>}
      <ol class="queue" data-queue>
        <li class={`queue-item ${shown.item.kind}`} id={shown.item.id} tabIndex={-1} data-item data-edit={shown.item.edit}>
          <Item shown={shown} near={near} isHere={() => false} state={state} after={undefined} refused={refused} />
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

function Elsewhere({ appeals, purges }: QueueProps["elsewhere"]): JSX.Element | null {
  if (appeals + purges === 0) return null
  return (
    <p class="notice info">
      {appeals > 0 && (
        <a href="/moderation/blocks">
          {count(appeals, "appeal")} against {appeals === 1 ? "a block waits" : "blocks wait"}
        </a>
      )}
      {appeals > 0 && purges > 0 && " · "}
      {purges > 0 && <a href="/moderation/redactions">{count(purges, "thing")} to remove for good, as the second moderator</a>}
    </p>
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
