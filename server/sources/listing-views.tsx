import type { JSX } from "preact"
import { dateText } from "../../editor/document/index.ts"
import { wiki } from "../pages/model.ts"
import { date } from "../web/dates.tsx"
import { Layout } from "../web/layout.tsx"
import type { ListedSource, SourceList, SourcesFilter } from "./listing.ts"

interface SourcesProps {
  list: SourceList
  filter: SourcesFilter
}

/** The documents that pages rest on: filters, and a list. */
export function SourcesPage({ list: { sources, options, next }, filter }: SourcesProps): JSX.Element {
  const isFiltered = Object.values(filter).some((value) => value !== "")
  return (
    <Layout title="Sources">
      <nav class="breadcrumbs" aria-label="Where you are">
        <ol>
          <li>
            <a href="/">Home</a>
          </li>
          <li aria-current="page">Sources</li>
        </ol>
      </nav>
      <h1>Sources</h1>
      <p>Reports, letters, court papers and lists that the pages of this wiki rest on.</p>
      <p>
        <a href="/sources/new">Add one by its address</a> · <a href="/sources/dead">What rests on addresses that no longer answer</a>
      </p>
      <Filters options={options} filter={filter} />
      {sources.length === 0 && (
        <p role="status">
          {isFiltered ? "No source fits." : "There are no sources yet."} {isFiltered && <a href="/sources">Show all</a>}
        </p>
      )}
      <ul class="source-list">
        {sources.map((source) => (
          <Line source={source} />
        ))}
      </ul>
      {next !== null && (
        <p>
          <a rel="next" href={sourcesPath(filter, next)}>
            More
          </a>
        </p>
      )}
    </Layout>
  )
}

/** The address of the list under a filter. */
export function sourcesPath(filter: SourcesFilter, after?: string): string {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ""))
  if (after !== undefined) query.set("after", after)
  return query.size === 0 ? "/sources" : `/sources?${query.toString()}`
}

function Line({ source }: { source: ListedSource }): JSX.Element {
  const { publisher, kind, publishedOn, language, cited, deadSince } = source
  const particulars = [publisher, kind, publishedOn && dateText(publishedOn), language, `cited ${cited === 1 ? "once" : `${cited.toLocaleString("en")} times`}`]
  return (
    <li>
      <a href={wiki(source)}>{source.title}</a>
      <span class="muted"> {particulars.filter(Boolean).join(" · ")}</span>
      {deadSince !== null && <span class="dead-source">Its address has not answered{deadSince && ` since ${date(deadSince)}`}.</span>}
    </li>
  )
}

function Filters({ options, filter }: { options: SourceList["options"]; filter: SourcesFilter }): JSX.Element {
  return (
    <form class="filters" action="/sources">
      <Choice name="kind" label="Kind" value={filter.kind} options={options.kind.map((text) => [text, text])} />
      <Choice name="publisher" label="Publisher" value={filter.publisher} options={options.publisher.map((text) => [text, text])} />
      <Choice name="link" label="Address" value={filter.link} options={[["dead", "no longer answers"]]} />
      <button type="submit">Show</button>
    </form>
  )
}

interface ChoiceProps {
  name: string
  label: string
  value: string
  options: [value: string, text: string][]
}

function Choice({ name, label, value, options }: ChoiceProps): JSX.Element | null {
  if (options.length === 0) return null
  return (
    <p class="field">
      <label for={`field-${name}`}>{label}</label>
      <select id={`field-${name}`} name={name}>
        <option value="">any</option>
        {options.map(([code, text]) => (
          <option value={code} selected={code === value}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}
