import type { JSX } from "preact"
import { type Kind, wiki } from "../pages/model.ts"
import { Layout } from "../web/layout.tsx"
import type { Result, Results } from "./model.ts"

/** Results on one page. */
export const RESULTS = 20

interface SearchProps {
  text: string
  kind: Kind | null
  page: number
  /** Null while nothing was asked for. */
  found: Results | null
  hasNext: boolean
}

const KIND_NAMES: Record<Kind, [one: string, many: string]> = {
  facility: ["Facility", "Facilities"],
  source: ["Source", "Sources"],
  article: ["Article", "Articles"],
}

/** The search form, and what was found. The title does not say what was looked for: it stays in the browser's history. */
export function SearchPage({ text, kind, page, found, hasNext }: SearchProps): JSX.Element {
  return (
    <Layout title="Search" scripts={["suggest.js"]} head={<meta name="robots" content="noindex" />}>
      <h1>Search</h1>
      <SearchForm text={text} kind={kind} />
      {found?.note && <p class="notice">{found.note}</p>}
      {found?.corrected && (
        <p class="notice" role="status">
          No page has what you typed. These have <strong>{found.corrected}</strong>.
        </p>
      )}
      {found && found.results.length > 0 && (
        <>
          <p class="count" role="status">
            {found.partial ? "No page has all of these words. These have some of them: " : ""}
            {countText(found)}
          </p>
          <ol class="results" start={(page - 1) * RESULTS + 1}>
            {found.results.map((result) => (
              <ResultEntry result={result} />
            ))}
          </ol>
          <Turning text={text} kind={kind} page={page} hasNext={hasNext} />
        </>
      )}
      {found && found.results.length === 0 && <NothingFound kind={kind} />}
      {found && (
        <p>
          <a href={`/search?${new URLSearchParams({ q: text, in: "history" }).toString()}`}>Look for this in old revisions, too</a>: when did it first
          appear, and when did it go?
        </p>
      )}
      {!found && <Hints />}
    </Layout>
  )
}

function SearchForm({ text, kind }: { text: string; kind: Kind | null }): JSX.Element {
  return (
    <form class="search-form" action="/search">
      <p class="field">
        <label for="field-q">What are you looking for?</label>
        <input id="field-q" type="search" name="q" value={text} maxlength={200} />
      </p>
      <p class="field">
        <label for="field-kind">In</label>
        <select id="field-kind" name="kind">
          <option value="">everything</option>
          {(Object.keys(KIND_NAMES) as Kind[]).map((name) => (
            <option value={name} selected={name === kind}>
              {KIND_NAMES[name][1].toLowerCase()}
            </option>
          ))}
        </select>
      </p>
      <button type="submit">Search</button>
    </form>
  )
}

function ResultEntry({ result }: { result: Result }): JSX.Element {
  return (
    <li class="result">
      <h2>
        <a href={wiki(result)}>{result.title}</a>
      </h2>
      <p class="excerpt">
        {result.excerpt.map(({ text, marked }) => (marked ? <mark>{text}</mark> : text))}
      </p>
      <p class="muted">{KIND_NAMES[result.kind][0]}</p>
    </li>
  )
}

function Turning({ text, kind, page, hasNext }: { text: string; kind: Kind | null; page: number; hasNext: boolean }): JSX.Element | null {
  const link = (to: number) => `/search?${new URLSearchParams({ q: text, ...(kind && { kind }), page: String(to) }).toString()}`
  if (page === 1 && !hasNext) return null
  return (
    <nav class="pager" aria-label="More results">
      {page > 1 && (
        <a rel="prev" href={link(page - 1)}>
          Earlier results
        </a>
      )}{" "}
      {hasNext && (
        <a rel="next" href={link(page + 1)}>
          More results
        </a>
      )}
    </nav>
  )
}

function NothingFound({ kind }: { kind: Kind | null }): JSX.Element {
  return (
    <section class="nothing">
      <p role="status">Nothing was found.</p>
      <ul>
        {kind && <li>Search everything, not {KIND_NAMES[kind][1].toLowerCase()} alone.</li>}
        <li>Use fewer words, or only the beginning of one.</li>
        <li>A telephone number may be written in any way, with or without the area code.</li>
        <li>
          Look through <a href="/facilities">all facilities</a>, by state.
        </li>
        <li>
          Looking for a person? This site has no names of people who are held. The agency's own{" "}
          <a href="https://locator.ice.gov/" rel="noopener noreferrer">
            locator
          </a>{" "}
          does.
        </li>
      </ul>
    </section>
  )
}

function Hints(): JSX.Element {
  return (
    <ul class="hints">
      <li>Type a facility, a place, a telephone number or any word.</li>
      <li>“Words in quotation marks” are found as they stand; a word after a minus is left out: visits -video.</li>
      <li>What you search for is not kept.</li>
    </ul>
  )
}

function countText({ count, more }: Results): string {
  if (more) return `More than ${count.toLocaleString("en")} pages.`
  return count === 1 ? "1 page." : `${count.toLocaleString("en")} pages.`
}
