import type { JSX } from "preact"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Layout } from "../web/layout.tsx"
import type { Appearance, Moment } from "./past.ts"

/** When pages began to say something, and whether they still do. */
export function PastPage({ text, found, note }: { text: string; found: Appearance[]; note: string | null }): JSX.Element {
  return (
    <Layout title="Search old revisions" head={<meta name="robots" content="noindex" />}>
      <h1>Search old revisions</h1>
      <form class="search-form" action="/search">
        <input type="hidden" name="in" value="history" />
        <p class="field">
          <label for="field-q">What did a page say?</label>
          <input id="field-q" type="search" name="q" value={text} maxlength={200} />
        </p>
        <button type="submit">Search</button>
      </form>
      {note && <p class="notice">{note}</p>}
      {found.length === 0 && <p role="status">No revision says this, as far as was looked.</p>}
      <ul class="results">
        {found.map((one) => (
          <li class="result">
            <h2>
              <a href={wiki(one)}>{one.title}</a>
            </h2>
            <p>
              {one.partly ? "Among the newest revisions, first in " : "First in "}
              <At page={one} moment={one.first} />.{" "}
              {one.last ? (
                <>
                  Last in <At page={one} moment={one.last} />.
                </>
              ) : (
                "The page still says so."
              )}
            </p>
          </li>
        ))}
      </ul>
      <p>
        <a href={`/search?${new URLSearchParams({ q: text }).toString()}`}>Search what pages say now</a>
      </p>
    </Layout>
  )
}

function At({ page, moment }: { page: Appearance; moment: Moment }): JSX.Element {
  return (
    <>
      <a href={`${wiki(page)}/revisions/${moment.number}`}>revision {moment.number}</a> of <Time at={moment.createdAt} /> by <bdi>{moment.author}</bdi>
    </>
  )
}
