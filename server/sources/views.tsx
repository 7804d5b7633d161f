import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { wiki } from "../pages/model.ts"
import { date } from "../web/dates.tsx"
import { Field, Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import type { Use } from "./actions.ts"
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
export function DeadSourcesPage({ dead }: { dead: (Use & { address: string; failingSince: string | null })[] }): JSX.Element {
  const addresses = [...new Set(dead.map(({ address }) => address))]
  return (
    <Layout title="Sources that no longer answer">
      <h1>Sources that no longer answer</h1>
      <p>Every cited address is asked once a week. These failed twice in a row or more. Cite an archived copy, or another source.</p>
      {addresses.length === 0 && <p>All that were asked answered.</p>}
      <ul>
        {addresses.map((address) => {
          const uses = dead.filter((one) => one.address === address)
          return (
            <li>
              <a href={address} rel="nofollow ugc noopener noreferrer">
                {address}
              </a>{" "}
              {uses[0]!.failingSince && <span class="muted">since {date(uses[0]!.failingSince)}</span>}
              <Uses uses={uses} />
            </li>
          )
        })}
      </ul>
    </Layout>
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
      <Problems problems={problems} />
      <form method="post" action="/sources/new" class="narrow">
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
