import type { JSX } from "preact"
import type { Diff } from "../../../editor/document/index.ts"
import type { Problem } from "../../errors.ts"
import { SUMMARY_LENGTH, TITLE_LENGTH, wiki } from "../../pages/model.ts"
import type { Form } from "../../web/body.ts"
import { CollidingTitle, CollisionField } from "../../web/collisions.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { briefDiff } from "../brief-diff.ts"
import { MASK } from "../masking/mask.ts"
import { LookForm } from "../masking/views.tsx"
import { TEXT_FORM, TextForm } from "./form.tsx"
import { type ChangePart, MOST_PARTS, type Proposal, type ProposalAt, stateWords } from "./model.ts"
import { WhatItChanges } from "./views.tsx"

interface DecideProps {
  at: ProposalAt
  problems: Problem[]
  form?: Form
}

const NAMES = { theirs: "The page now", mine: "The proposal" }

/** Where the page and a proposal changed the same words: each place with both versions, nothing chosen. */
export function DecidePage({ at, problems, form = {} }: DecideProps): JSX.Element {
  const { proposal, page, head, collisions, titlesCollide } = at
  const isWaiting = proposal.state === "waiting"
  return (
    <Layout title={`A proposal for ${page.title}`} scripts={["decide.js"]} head={<meta name="robots" content="noindex" />}>
      <Head at={at} />
      {isWaiting && at.isMasked && <LookForm item={`proposal-${proposal.id}`} />}
      <Problems problems={problems} remover={{ form: "decide-form" }} />
      {isWaiting && (
        <form id="decide-form" method="post" action={`/moderation/proposals/${proposal.id}`} class="decide">
          <Seen at={at} way="settled" />
          {collisions.map((collision, index) => (
            <CollisionField
              collision={collision}
              index={index}
              names={NAMES}
              decision={{ choice: form[`choice-${index}`], hand: form[`hand-${index}`] ?? "" }}
            />
          ))}
          {titlesCollide ? (
            <CollidingTitle theirs={head.revision.title} mine={at.title} names={NAMES} value={form.title} problems={problems} maxlength={TITLE_LENGTH} />
          ) : (
            <Field name="title" label="Title" value={form.title ?? at.title} problems={problems} maxlength={TITLE_LENGTH} required />
          )}
          <Field name="summary" label="Summary" value={form.summary ?? proposal.summary} problems={problems} maxlength={SUMMARY_LENGTH} />
          <button type="submit">Accept it like this</button>
        </form>
      )}
      {isWaiting && <WhatItChanges at={at} diff={at.effect()} />}
      {isWaiting && <PartsForm proposal={proposal} groups={at.parts()} form={form.way === "part" ? form : undefined} />}
      <Feet at={at} />
    </Layout>
  )
}

interface PartsProps {
  proposal: Proposal
  groups: ChangePart[]
  /** What was chosen, when it comes back. */
  form?: Form
}

/** The changes of a proposal to choose from; nothing where there is no choice, or too much. */
export function PartsForm({ proposal, groups, form }: PartsProps): JSX.Element | null {
  if (groups.length < 2 || groups.length > MOST_PARTS) return null
  return (
    <details class="parts" id={form && "field-changes"} open={form !== undefined}>
      <summary>Accept a part of it</summary>
      <form method="post" action={`/moderation/proposals/${proposal.id}`}>
        <CsrfField />
        <input type="hidden" name="way" value="part" />
        <input type="hidden" name="version" value={proposal.version} />
        <ol>
          {groups.map(({ first, words }) => (
            <li value={first}>
              <label>
                <input type="checkbox" name={`change-${first}`} value="on" checked={form === undefined || form[`change-${first}`] !== undefined} />{" "}
                {words.join("; ")}
              </label>
            </li>
          ))}
        </ol>
        <button type="submit">Accept what is chosen</button>
      </form>
    </details>
  )
}

interface EditProps {
  at: ProposalAt
  problems: Problem[]
  typed?: { text: string; title: string; summary: string }
  /** What the typed text would change on the page now, where that has to be looked at. */
  effect?: Diff
  /** What its author changed, above the form: for a moderator who asked for what is masked. */
  change?: Diff
}

/** The proposal merged onto the page as it is now, for the moderator to change before it is accepted. */
export function EditAndAcceptPage({ at, problems, typed, effect, change }: EditProps): JSX.Element {
  const { proposal, page, merged } = at
  return (
    <Layout title={`Edit a proposal for ${page.title}`} styles={["editor.css"]} scripts={["page-editor.js"]} head={<meta name="robots" content="noindex" />}>
      <Head at={at} />
      {at.collisions.length > 0 && (
        <p class="notice warning">
          The page was changed in the same place since; there the text below is the page's. <a href={`/moderation/proposals/${proposal.id}`}>Choose between both</a>
        </p>
      )}
      {change && (
        <section>
          {proposal.summary && <p class="summary">{proposal.summary}</p>}
          <Markup html={briefDiff(change, `proposal-${proposal.id}`)} />
        </section>
      )}
      {proposal.state === "waiting" && at.isMasked && (
        <>
          <p class="notice info">
            Where the text below says {MASK}, something is masked that may be private; a link or the value of a fact that holds it is left out. Take it out
            or write something else there; to let it stand, look at it first.
          </p>
          <LookForm item={`proposal-${proposal.id}`} />
        </>
      )}
      <Problems problems={problems} remover={{ form: TEXT_FORM }} />
      {proposal.state === "waiting" && (
        <TextForm
          action={`/moderation/proposals/${proposal.id}`}
          typed={typed?.text}
          doc={merged}
          title={typed?.title ?? (at.titlesCollide ? "" : at.title)}
          titles={at.titlesCollide ? { theirs: at.head.revision.title, mine: at.title, names: NAMES } : undefined}
          summary={typed?.summary ?? proposal.summary}
          problems={problems}
          hidden={{ way: "edited", version: proposal.version, head: at.head.revision.number }}
          button="Accept this text"
          isRich
        />
      )}
      {effect && <WhatItChanges at={at} diff={effect} />}
      <Feet at={at} />
    </Layout>
  )
}

function Head({ at: { proposal, page } }: { at: ProposalAt }): JSX.Element {
  return (
    <>
      <h1>
        A proposal for <a href={wiki(page)}>{page.title}</a>
      </h1>
      <p>
        By <bdi>{proposal.author}</bdi>
        {proposal.authorId === null && <span class="guest"> guest</span>}. It {stateWords(proposal)}
        {proposal.state === "waiting" && ` because it ${proposal.reasons.join("; ")}`}.
      </p>
    </>
  )
}

function Seen({ at, way }: { at: ProposalAt; way: string }): JSX.Element {
  return (
    <>
      <CsrfField />
      <input type="hidden" name="way" value={way} />
      <input type="hidden" name="version" value={at.proposal.version} />
      <input type="hidden" name="head" value={at.head.revision.number} />
    </>
  )
}

function Feet({ at: { proposal } }: { at: ProposalAt }): JSX.Element {
  return (
    <p>
      <a href={`/moderation/items/proposal-${proposal.id}`}>Refuse it, or accept it in part</a> · <a href="/moderation">The queue</a>
    </p>
  )
}
