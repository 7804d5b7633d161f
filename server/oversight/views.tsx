import type { JSX } from "preact"
import { regions } from "../pages/model.ts"
import { Layout } from "../web/layout.tsx"
import type { OversightFilter, PlacedRecord } from "./actions.ts"
import { AnswerChart, AnswerTable, type Bar } from "./chart.tsx"
import { type Answer, answerNames, answers, countAnswers, countMade, countUnpublished, yearOf } from "./model.ts"
import { RecordEntry } from "./record-views.tsx"

interface OversightProps {
  all: PlacedRecord[]
  wanted: PlacedRecord[]
  filter: OversightFilter
  /** The filter as a query, empty or with its question mark. */
  query: string
  baseUrl: string
}

/** Every record of oversight: filters, the answers by body and year, then each record. */
export function OversightPage({ all, wanted, filter, query, baseUrl }: OversightProps): JSX.Element {
  const bars = barsOf(wanted)
  return (
    <Layout title="Oversight" head={<link rel="canonical" href={`${baseUrl}/oversight`} />}>
      <nav class="breadcrumbs" aria-label="Where you are">
        <ol>
          <li>
            <a href="/">Home</a>
          </li>
          <li aria-current="page">Oversight</li>
        </ol>
      </nav>
      <h1>Oversight</h1>
      <p class="lead">Investigations, inspections and complaints: what was recommended, what the agency answered, and what is not public.</p>
      <p>
        “Agreed” is what the agency said. It does not mean that anything was done; who verified that stands in a column of its own. The numbers depend on
        which places were looked at, so they are no ranking.
      </p>
      <Filters all={all} filter={filter} />
      <p class="count" role="status">
        {summary(wanted)}
      </p>
      <p>
        <a href={`/oversight.csv${query}`}>These as CSV</a> · <a href={`/oversight.json${query}`}>as JSON</a>
      </p>
      {bars.length > 0 && (
        <section aria-labelledby="by-year">
          <h2 id="by-year">Answers by body and year</h2>
          <AnswerChart id="all" bars={bars} title="Answers to recommendations, by body and year" />
          <details>
            <summary>The numbers as a table</summary>
            <AnswerTable bars={bars} caption="Answers to recommendations, by body and year" />
          </details>
        </section>
      )}
      {wanted.map((record) => (
        <RecordEntry record={record} level="h2" />
      ))}
      {wanted.length === 0 && (
        <p>
          {all.length === 0 ? "There are no records yet." : "No record fits."} <a href="/oversight">Show all</a>, or{" "}
          <a href="/wiki/how-habeas-works">read how a record is written</a>.
        </p>
      )}
    </Layout>
  )
}

/** Newest year first, bodies by name within it. */
export function barsOf(records: readonly PlacedRecord[]): Bar[] {
  const bars = new Map<string, Bar & { year: string }>()
  for (const record of records.filter((one) => countMade(one) > 0)) {
    const year = yearOf(record) || "no date"
    const name = `${shortName(record.bodies[0] ?? "Not named")}, ${year}`
    const bar = bars.get(name) ?? { name, year, counts: { agreed: 0, partly: 0, refused: 0, none: 0, unknown: 0 } }
    const counts = countAnswers(record)
    for (const answer of answers) bar.counts[answer] += counts[answer]
    bars.set(name, bar)
  }
  return [...bars.values()].sort((one, other) => other.year.localeCompare(one.year, "en") || one.name.localeCompare(other.name, "en"))
}

/** "CRCL" of "Office for Civil Rights and Civil Liberties (CRCL)": what fits beside a bar. */
function shortName(body: string): string {
  const short = /\(([\p{L}\p{N}]{2,12})\)$/u.exec(body)?.[1] ?? body
  return short.length > 14 ? `${short.slice(0, 13)}…` : short
}

function summary(records: PlacedRecord[]): string {
  const made = records.reduce((sum, record) => sum + countMade(record), 0)
  const hidden = records.reduce((sum, record) => sum + countUnpublished(record), 0)
  const one = records.length === 1 ? "1 record" : `${records.length.toLocaleString("en")} records`
  return `${one}, ${made.toLocaleString("en")} recommendations${hidden > 0 ? `, ${hidden.toLocaleString("en")} of them not published` : ""}.`
}

function Filters({ all, filter }: { all: PlacedRecord[]; filter: OversightFilter }): JSX.Element {
  const places = all.flatMap((record) => record.places)
  const facilities = new Map(places.map(({ slug, title }) => [slug, title]))
  const states = new Map(places.flatMap(({ region }) => (region ? [[region, regions[region] ?? region] as const] : [])))
  const names = (list: string[]) => new Map([...new Set(list)].sort().map((name) => [name, name]))
  return (
    <form class="filters" action="/oversight">
      <Choice name="body" label="Body" value={filter.body} options={names(all.flatMap(({ bodies }) => bodies))} />
      <Choice name="facility" label="Facility" value={filter.facility} options={facilities} />
      <Choice name="state" label="State" value={filter.state} options={states} />
      <Choice name="operator" label="Operator" value={filter.operator} options={names(places.flatMap(({ operator }) => operator ?? []))} />
      <Choice name="topic" label="Topic" value={filter.topic} options={names(all.flatMap(({ topics }) => topics))} />
      <Choice name="year" label="Year" value={filter.year} options={names(all.map(yearOf).filter(Boolean))} />
      <Choice name="answer" label="Answer" value={filter.answer} options={new Map<Answer, string>(answers.map((answer) => [answer, answerNames[answer]]))} />
      <Choice name="published" label="Published" value={filter.published} options={new Map([["no", "not all of it"]])} />
      <button type="submit">Show</button>
    </form>
  )
}

function Choice({ name, label, value, options }: { name: string; label: string; value: string; options: Map<string, string> }): JSX.Element | null {
  if (options.size === 0) return null
  return (
    <p class="field">
      <label for={`field-${name}`}>{label}</label>
      <select id={`field-${name}`} name={name}>
        <option value="">any</option>
        {[...options].map(([code, text]) => (
          <option value={code} selected={code.toLowerCase() === value.toLowerCase()}>
            {text}
          </option>
        ))}
      </select>
    </p>
  )
}
