import type { JSX } from "preact"
import { toMarkdown } from "../../editor/document/index.ts"
import type { Problem } from "../errors.ts"
import { CollidingTitle, CollisionField } from "../web/collisions.tsx"
import { Field, Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { PageHeader } from "../web/page-header.tsx"
import type { Attempt } from "./attempts/actions.ts"
import type { Decision } from "./decisions.ts"
import { crumbs, SUMMARY_LENGTH, TITLE_LENGTH, wiki } from "./model.ts"

interface ConflictProps {
  attempt: Attempt
  problems?: Problem[]
  /** What was decided so far, to show it again. */
  decisions?: Decision[]
  /** The title as it was typed here so far. */
  title?: string
}

const UNDOING = { theirs: "As the page is now", mine: "As it was before" }

/** Where two people changed the same words: each place with both versions, nothing chosen, nothing saved until all are. */
export function ConflictPage({ attempt, problems = [], decisions = [], title }: ConflictProps): JSX.Element {
  const { page, collisions, head } = attempt
  const count = collisions.length === 1 ? "one place" : `${collisions.length} places`
  const isUndoing = attempt.undoes.length > 0
  return (
    <Layout title={`Decide: ${page.title}`} scripts={["decide.js"]} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="edit" />
      <section class="notice warning stale" role={problems.length === 0 ? "alert" : undefined}>
        <h2>{isUndoing ? "These words were changed again since" : "Somebody else changed the same words"}</h2>
        {isUndoing ? (
          <p>
            Nothing is undone yet. In {count}, what is to be undone was changed once more: decide what should stand there now. All the rest is
            undone as it was shown.{" "}
            <a href={`${wiki(page)}/diff/${attempt.base.revision.number}/${head.revision.number}`}>What changed since</a>
          </p>
        ) : (
          <p>
            <bdi>{head.revision.author}</bdi> saved revision {head.revision.number} while you were writing. Your whole text is kept for 30 days,{" "}
            <a href={`${wiki(page)}/attempts/${attempt.id}`}>at this address</a> and on your <a href="/account#attempts">account</a>.{" "}
            {collisions.length > 0 && `In ${count} both of you changed the same words; all other changes of both are joined.`}{" "}
            <a href={`${wiki(page)}/diff/${attempt.base.revision.number}/${head.revision.number}`}>What they changed</a>
          </p>
        )}
      </section>
      <Problems problems={problems} remover={{ form: "settle-form" }} />
      <form id="settle-form" method="post" action={`${wiki(page)}/attempts/${attempt.id}`} class="decide">
        <CsrfField />
        <input type="hidden" name="base" value={head.revision.number} />
        {collisions.map((collision, index) => (
          <CollisionField collision={collision} index={index} decision={decisions[index]} names={isUndoing ? UNDOING : undefined} />
        ))}
        {attempt.titlesCollide ? (
          <CollidingTitle
            theirs={head.revision.title}
            mine={attempt.title}
            names={isUndoing ? UNDOING : undefined}
            value={title}
            problems={problems}
            maxlength={TITLE_LENGTH}
          />
        ) : (
          <Field name="title" label="Title" value={title ?? attempt.title} problems={problems} maxlength={TITLE_LENGTH} required />
        )}
        <Field name="summary" label="What did you change, and how do you know?" value={attempt.summary} problems={problems} maxlength={SUMMARY_LENGTH} />
        <button type="submit">Save the joined text</button>
      </form>
      <details>
        <summary>Your whole text as you wrote it</summary>
        <textarea rows={20} readOnly aria-label="Your whole text">
          {toMarkdown(attempt.mine)}
        </textarea>
      </details>
    </Layout>
  )
}
