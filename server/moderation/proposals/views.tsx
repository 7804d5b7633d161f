import type { Node } from "prosemirror-model"
import type { JSX } from "preact"
import { changeListHtml, type Diff, diffHtml } from "../../../editor/document/index.ts"
import { canModerate, NAME_LENGTH } from "../../comments/model.ts"
import type { Problem } from "../../errors.ts"
import { crumbs, type Page, proposalPath, wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { Markup } from "../../web/html.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { PageHeader } from "../../web/page-header.tsx"
import type { Viewer } from "../../web/viewer.ts"
import { LookForm } from "../masking/views.tsx"
import type { Asker } from "./actions.ts"
import { TEXT_FORM, TextForm } from "./form.tsx"
import { type Proposal, type ProposalAt, stateWords } from "./model.ts"

interface SuggestProps {
  page: Page
  text: { doc: Node | null; typed?: string; title: string; base: number; summary: string; name: string }
  problems: Problem[]
}

/** The form for people without an account: what they send waits for a moderator. */
export function SuggestPage({ page, text, problems }: SuggestProps): JSX.Element {
  return (
    <Layout title={`Suggest a change of ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="edit" />
      <h2>Suggest a change</h2>
      <p>
        You need no account. A moderator looks at what you send before it is published. Change what is wrong, and say below how you know. With{" "}
        <a href={`/register?next=${encodeURIComponent(`${wiki(page)}/edit`)}`}>an account</a> most changes are published at once.
      </p>
      <p class="notice warning">Do not write names or numbers of people who are detained, or anything you would not want the agency to read.</p>
      <Problems problems={problems} remover={{ form: TEXT_FORM }} />
      <TextForm
        action={`${wiki(page)}/suggest`}
        typed={text.typed}
        doc={text.doc}
        title={text.title}
        summary={text.summary}
        problems={problems}
        hidden={{ base: text.base }}
        button="Send it to a moderator"
        isRich={false}
      >
        <Field name="name" label="Name" hint="Shown with the change once it is published. It need not be your own." value={text.name} problems={problems} maxlength={NAME_LENGTH} autocomplete="nickname" required />
        <p class="trap" aria-hidden="true">
          <label for="field-website">Leave this empty</label>
          <input id="field-website" name="website" tabIndex={-1} autocomplete="off" />
        </p>
      </TextForm>
    </Layout>
  )
}

interface ProposalProps {
  at: ProposalAt
  asker: Asker
  /** Whether it was sent just now. */
  isNew: boolean
  typed?: { text: string; title: string; summary: string }
  problems: Problem[]
}

/** A text that waits, or waited, for its author: what has come of it, what it changes, and how to change or withdraw it. */
export function ProposalPage({ at, asker, isNew, typed, problems }: ProposalProps): JSX.Element {
  const { proposal, page } = at
  const isWaiting = proposal.state === "waiting"
  const isOwn = proposal.authorId === null ? asker.key !== undefined : proposal.authorId === asker.viewer.id
  const path = proposalPath(page, proposal.id)
  return (
    <Layout title={`Your change of ${page.title}`} styles={["editor.css"]} scripts={isOwn && isWaiting ? ["page-editor.js"] : []} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="edit" />
      <h2>{isOwn ? "Your version" : `The version of ${proposal.author}`}</h2>
      <Status proposal={proposal} isNew={isNew} asker={asker} />
      {isWaiting && at.isMasked && <LookForm item={`proposal-${proposal.id}`} />}
      <Problems problems={problems} remover={{ form: TEXT_FORM }} />
      {isWaiting && <WhatItChanges at={at} diff={at.change()} />}
      {isWaiting && isOwn && (
        <>
          <details class="amend" open={problems.length > 0}>
            <summary>Change your version</summary>
            <TextForm
              action={path}
              typed={typed?.text}
              doc={at.mine}
              title={typed?.title ?? proposal.title}
              summary={typed?.summary ?? proposal.summary}
              problems={problems}
              hidden={{ version: proposal.version, ...(asker.key && { key: asker.key }) }}
              button="Keep this version instead"
              isRich={asker.viewer.id !== null}
            />
          </details>
          <form method="post" action={`${path}/withdrawal`} class="moderate">
            <CsrfField />
            {asker.key && <input type="hidden" name="key" value={asker.key} />}
            <button type="submit" class="secondary">
              Withdraw it
            </button>
          </form>
        </>
      )}
      <p>
        <a href={wiki(page)}>The page as it is published</a>
      </p>
    </Layout>
  )
}

function Status({ proposal, isNew, asker }: { proposal: Proposal; isNew: boolean; asker: Asker }): JSX.Element {
  const { state, revision, decidedAt, decidedBy, reason, reasons, updatedAt } = proposal
  if (state === "waiting") {
    return (
      <div class="notice info" role={isNew ? "status" : undefined}>
        <p>
          <strong>This is not published yet. It waits for a moderator, and nothing of it is lost.</strong> Sent <Time at={updatedAt} exact />.
        </p>
        <p>It waits because it {reasons.join("; ")}.</p>
        {asker.key && asker.viewer.id === null && <p>Keep the address of this page: with it you find your version again, and what was decided.</p>}
      </div>
    )
  }
  return (
    <div class={`notice ${state === "accepted" ? "done" : "warning"}`}>
      <p>
        <strong>This was {stateWords(proposal)}</strong>
        {decidedBy && (
          <>
            {" "}
            by <bdi>{decidedBy}</bdi>
          </>
        )}
        {decidedAt && (
          <>
            {" "}
            on <Time at={decidedAt} exact />
          </>
        )}
        {revision !== null && ` as revision ${revision}`}.
      </p>
      {reason && (
        <p>
          The reason: <q>{reason}</q>
        </p>
      )}
    </div>
  )
}

/** What a proposal changes: for its author in the page as they had it, for moderators on the page as it is now. */
export function WhatItChanges({ at: { collisions, titlesCollide }, diff }: { at: ProposalAt; diff: Diff }): JSX.Element {
  return (
    <section class="diff">
      <h3>What it changes</h3>
      {(collisions.length > 0 || titlesCollide) && (
        <p class="notice warning">The page was changed in the same place meanwhile. A moderator decides what stands there; both versions are kept.</p>
      )}
      {diff.changes.length === 0 ? (
        <p>The page says all of this already.</p>
      ) : (
        <>
          <Markup html={changeListHtml(diff)} />
          <Markup html={diffHtml(diff, "inline")} />
        </>
      )}
    </section>
  )
}

/** What waits for a page: for a person their own, for moderators all. */
export function WaitingPage({ page, proposals, viewer }: { page: Page; proposals: Proposal[]; viewer: Viewer }): JSX.Element {
  return (
    <Layout title={`Waiting for ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="read" />
      <h2>Changes that wait</h2>
      <p>They are published once a moderator has looked at them. Until then only their authors and moderators can read them.</p>
      {proposals.length === 0 ? <p>{viewer.id === null ? "Who sent one without an account finds it at the address they were given." : "None of them is yours."}</p> : <ProposalList page={page} proposals={proposals} />}
      {canModerate(viewer) && (
        <p>
          <a href="/moderation">To the queue</a>
        </p>
      )}
    </Layout>
  )
}

function ProposalList({ page, proposals }: { page: Page; proposals: Proposal[] }): JSX.Element {
  return (
    <ul class="proposals">
      {proposals.map((proposal) => (
        <li>
          <a href={proposalPath(page, proposal.id)}>
            <bdi>{proposal.author}</bdi>, <Time at={proposal.createdAt} exact />
          </a>
          {proposal.summary && (
            <>
              : <span class="summary">{proposal.summary}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
