import type { JSX } from "preact"
import { type Fact, factLabel, readValue, typedText, valueText } from "../../../editor/document/index.ts"
import { anchorOf, canModerate } from "../../comments/model.ts"
import type { Problem } from "../../errors.ts"
import { crumbs, SUMMARY_LENGTH, wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { Time } from "../../web/dates.tsx"
import { Area, Field, Problems } from "../../web/forms.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { PageHeader } from "../../web/page-header.tsx"
import type { Viewer } from "../../web/viewer.ts"
import type { Actable } from "./actions.ts"
import type { MadeProposal } from "./store.ts"

interface ResolutionProps extends Actable {
  viewer: Viewer
  typed?: Form
  problems: Problem[]
}

/** What a comment says, and what can be made of it. */
export function ResolutionPage(props: ResolutionProps): JSX.Element {
  const { page, comment, quote, made, viewer, problems } = props
  return (
    <Layout title={`Act on a comment on ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <h2>Act on a comment</h2>
      <article class="comment">
        <p class="comment-head">
          <bdi class="author">{comment.name}</bdi>{" "}
          <a href={`${wiki(page)}/comments/${comment.id}#${anchorOf(comment)}`}>
            <Time at={comment.createdAt} exact />
          </a>
        </p>
        {quote && <blockquote>{quote.exact}</blockquote>}
        <Markup class="comment-text" html={comment.html} />
      </article>
      <Problems problems={problems} remover={{ form: "wrong-form" }} />
      {made.length > 0 && <Made made={made} isModerator={canModerate(viewer)} />}
      <WrongForm {...props} />
      {canModerate(viewer) && <ByHand {...props} />}
    </Layout>
  )
}

const STATES: Record<string, string> = { waiting: "waits for a moderator", accepted: "accepted", refused: "refused", withdrawn: "withdrawn" }

function Made({ made, isModerator }: { made: MadeProposal[]; isModerator: boolean }): JSX.Element {
  return (
    <ul class="notice info">
      {made.map(({ proposal, state }) => (
        <li>
          {isModerator && state === "waiting" ? <a href={`/moderation/proposals/${proposal}`}>A proposal</a> : "A proposal"} was made from this comment:{" "}
          {STATES[state]}.
        </li>
      ))}
    </ul>
  )
}

function WrongForm({ page, comment, quote, facts, typed, problems }: ResolutionProps): JSX.Element {
  const path = `${wiki(page)}/comments/${comment.id}`
  if (facts.length === 0) return <p>The page has no facts. What is wrong in its text is put right by editing it.</p>
  const chosen = typed?.fact ?? facts.find(({ block }) => block === quote?.block)?.block
  const fact = facts.find(({ block }) => block === chosen)
  return (
    <form id="wrong-form" method="post" action={`${path}/proposal`} class="narrow">
      <h3>It says that a fact is wrong</h3>
      <p>
        The fact is marked as doubtful for everybody, and the change waits for a moderator as a proposal of{" "}
        <bdi>{comment.name}</bdi>.
      </p>
      <CsrfField />
      <p class="field">
        <label for="field-fact">Which fact</label>
        <select id="field-fact" name="fact" required>
          <option value="">choose</option>
          {facts.map((one) => (
            <option value={one.block} selected={one.block === chosen}>
              {nameOf(one)}
            </option>
          ))}
        </select>
      </p>
      <Area name="value" label="What should stand there" value={typed?.value ?? (fact ? typedText(fact, readValue) : "")} rows={2} problems={problems} />
      <Field name="summary" label="How do you know?" hint="Left empty, the page's history says what changed." value={typed?.summary} problems={problems} maxlength={SUMMARY_LENGTH} />
      <p class="actions">
        <button type="submit">Mark the fact and propose the change</button>
      </p>
    </form>
  )
}

function nameOf(fact: Fact): string {
  const said = valueText(fact).replace(/\s+/g, " ")
  return `${factLabel(fact)}${fact.qualifier && ` (${fact.qualifier})`}: ${said.length > 60 ? `${said.slice(0, 60).replace(/[\ud800-\udbff]$/, "")}…` : said}`
}

function ByHand({ page, comment, revision, typed, problems }: ResolutionProps): JSX.Element {
  return (
    <form method="post" action={`${wiki(page)}/comments/${comment.id}/resolution`} class="narrow">
      <h3>It is settled</h3>
      <CsrfField />
      <Field
        name="revision"
        label="The revision that settled it"
        hint={`The page is at revision ${revision}. Left empty, the comment is not called resolved any more.`}
        value={typed?.revision ?? String(comment.resolvedBy ?? revision)}
        problems={problems}
        maxlength={9}
      />
      <p class="actions">
        <button type="submit">Save</button>
      </p>
    </form>
  )
}
