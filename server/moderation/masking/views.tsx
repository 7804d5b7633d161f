import type { JSX } from "preact"
import { wiki } from "../../pages/model.ts"
import { CsrfField, Layout } from "../../web/layout.tsx"
import type { PageName } from "../model.ts"

/** The button that shows a moderator what is masked in an item of the queue. */
export function LookForm({ item }: { item: string }): JSX.Element {
  return (
    <form method="post" action={`/moderation/items/${item}/looks`}>
      <CsrfField />
      <button type="submit" class="secondary">
        Show what is masked
      </button>{" "}
      <span class="hint">The public log tells that you looked.</span>
    </form>
  )
}

/** An item's words in full, once. */
export function LookPage({ words, page, item }: { words: string; page: PageName | null; item: string }): JSX.Element {
  const isAppeal = item.startsWith("appeal-")
  return (
    <Layout title="What was masked" head={<meta name="robots" content="noindex" />}>
      <h1>What was masked</h1>
      <p>
        {page && (
          <>
            On <a href={wiki(page)}>{page.title}</a>.{" "}
          </>
        )}
        Your look is on the public log.
      </p>
      <pre class="covered">{words}</pre>
      <p>
        {isAppeal ? <a href="/moderation/blocks">Back to the blocks</a> : <a href={`/moderation#${item}`}>Back to the queue</a>}
      </p>
    </Layout>
  )
}
