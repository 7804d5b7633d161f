import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import { date } from "../web/dates.tsx"
import { Field, Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import { itemUrl } from "../media/model.ts"
import type { DeadSource, KeptFile, Use } from "./actions.ts"
import { type Proposal, sourceMarkdown } from "./model.ts"

/** Seconds until a page that waits asks again; nothing else tells a browser without script. */
const LOOK_AGAIN = 2

/** Who rests on a source: pages, and on each the facts and the places in the source. */
export function CitedBy({ uses }: { uses: Use[] }): JSX.Element {
  return (
    <section class="cited-by" id="cited-by">
      <h2>Cited by</h2>
      {uses.length === 0 ? <p class="muted">No page cites this yet.</p> : <Uses uses={uses} />}
    </section>
  )
}

function Uses({ uses }: { uses: Use[] }): JSX.Element {
  const slugs = [...new Set(uses.map(({ slug }) => slug))]
  return (
    <ul>
      {slugs.map((slug) => {
        const own = uses.filter((use) => use.slug === slug)
        return (
          <li>
            <a href={wiki({ slug })}>{own[0]!.title}</a>: {own.map((use, index) => [index > 0 && ", ", <Place use={use} />])}
          </li>
        )
      })}
    </ul>
  )
}

function Place({ use: { slug, factId, label, locator } }: { use: Use }): JSX.Element {
  return (
    <>
      {factId ? <a href={`${wiki({ slug })}#b-${factId}`}>{label ?? "a fact"}</a> : "the text"}
      {locator && ` (${locator})`}
    </>
  )
}

/** Addresses that no longer answer, and what rests on them. */
export function DeadSourcesPage({ dead }: { dead: DeadSource[] }): JSX.Element {
  return (
    <Layout title="Sources that no longer answer">
      <h1>Sources that no longer answer</h1>
      <p>Every cited address is asked once a week. These failed twice in a row or more. Cite an archived copy, or another source.</p>
      {dead.length === 0 && <p>All that were asked answered.</p>}
      <ul>
        {dead.map(({ address, failingSince, page, uses }) => (
          <li>
            <a href={address} rel="nofollow ugc noopener noreferrer">
              {address}
            </a>{" "}
            {failingSince && <span class="muted">since {date(failingSince)}</span>}
            {page && (
              <>
                , the address of <a href={wiki(page)}>{page.title}</a>
              </>
            )}
            {uses.length > 0 && <Uses uses={uses} />}
          </li>
        ))}
      </ul>
    </Layout>
  )
}

/** The files of a source as they are kept here, each with its hash, computed and not typed. */
export function KeptFiles({ files, given }: { files: KeptFile[]; given: string[] }): JSX.Element {
  return (
    <section class="kept-files" id="kept-files">
      <h2>Copy kept here</h2>
      <ul>
        {files.map(({ mediaId, name, bytes, sha256 }) => (
          <li>
            <a href={itemUrl({ id: mediaId })}>
              <bdi>{name}</bdi>
            </a>
            , {Math.max(1, Math.round(bytes / 1024)).toLocaleString("en")} KB. SHA-256: <code class="hash">{sha256}</code>
            {given.includes(sha256) && ", as this page says"}
          </li>
        ))}
      </ul>
      <p class="muted">
        Computed from each file as it lies here: data about its author and camera were taken out of it when it was uploaded, so the hash of the original may be another.
      </p>
    </section>
  )
}

interface NewSourceProps {
  address: string
  proposal: Proposal | null
  problems?: Problem[]
}

/** Paste an address; what it says of itself is the beginning of a source's page. */
export function NewSourcePage({ address, proposal, problems = [] }: NewSourceProps): JSX.Element {
  const waits = proposal?.state === "asked"
  return (
    <Layout title="New source" head={waits && <meta http-equiv="refresh" content={String(LOOK_AGAIN)} />}>
      <h1>New source</h1>
      <Problems problems={problems} remover={{ form: "source-form" }} />
      <form id="source-form" method="post" action="/sources/new" class="narrow">
        <CsrfField />
        <Field
          name="address"
          label="Web address"
          hint="Its title, publisher and date are looked up. Only this site asks the address, not your browser."
          problems={problems}
          value={address}
          required
          maxlength={2048}
        />
        <button type="submit" class={proposal ? "secondary" : undefined}>
          Look it up
        </button>
      </form>
      {waits && <p role="status">The address is being asked. This page looks again by itself.</p>}
      {proposal && !waits && <Found proposal={proposal} />}
    </Layout>
  )
}

function Found({ proposal }: { proposal: Proposal }): JSX.Element {
  const { state, title, publisher, publishedOn } = proposal
  return (
    <form method="post" action="/new/preview" class="narrow">
      <CsrfField />
      <input type="hidden" name="kind" value="source" />
      <textarea name="markdown" hidden>
        {`\n${sourceMarkdown(proposal)}`}
      </textarea>
      <h2>{state === "found" ? "What the address says of itself" : "The address said nothing of itself"}</h2>
      {state === "failed" && <p>It did not answer, or not with a page. Type the title yourself.</p>}
      <Field name="title" label="Title" value={title} required maxlength={200} />
      {publisher && <p>Publisher: {publisher}</p>}
      {publishedOn && <p>Published: {publishedOn}</p>}
      <button type="submit">Go on writing its page</button>
    </form>
  )
}
