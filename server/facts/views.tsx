import type { JSX } from "preact"
import { dateText, factKind } from "../../editor/document/index.ts"
import { crumbs, factPath, type Page, wiki } from "../pages/model.ts"
import { TimeChart } from "../web/chart.tsx"
import { Time } from "../web/dates.tsx"
import { Problems } from "../web/forms.tsx"
import { CsrfField, Layout } from "../web/layout.tsx"
import type { Problem } from "../errors.ts"
import { digestOf } from "./checks/model.ts"
import { CheckTold, MethodChoice } from "./checks/views.tsx"
import { Checked, Claims, SideBySide, Sources } from "./claim-views.tsx"
import { canBeChecked, type FactRow, factUrl } from "./model.ts"
import type { OneFact } from "./one-fact.ts"

export interface FactPageProps {
  fact: OneFact
  today: string
  /** What became of what the person has just said, in words. */
  told?: string
  problems?: Problem[]
  values?: { on?: string; method?: string }
}

/** All about one fact: what it says, who says so, who looked, what contradicts it, what it said before. */
export function FactPage({ fact, today, told, problems = [], values = {} }: FactPageProps): JSX.Element {
  const { page, row, last, rivals, others } = fact
  const name = nameOf(last)
  return (
    <Layout title={`${name}, ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <nav class="breadcrumbs" aria-label="Where you are">
        <ol>
          {[...crumbs(page), { href: wiki(page), label: page.title }].map(({ href, label }) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
          <li aria-current="page">{name}</li>
        </ol>
      </nav>
      <h1>{name}</h1>
      {told && (
        <p class="notice info" role="status">
          {told}
        </p>
      )}
      {row ? <Now page={page} row={row} today={today} /> : <p class="notice warning">This fact was taken from the page. It said: {last.text}</p>}
      {row && rivals.length > 0 && <SideBySide page={page} rows={[row, ...rivals]} today={today} />}
      {row && canBeChecked(row) && <CheckForm page={page} row={row} problems={problems} values={values} />}
      {others.length > 0 && <Claims page={page} rows={row ? [row, ...others] : others} today={today} own={last.id} />}
      <Figures fact={fact} name={name} />
      <Past fact={fact} />
    </Layout>
  )
}

function Now({ page, row, today }: { page: Page; row: FactRow; today: string }): JSX.Element {
  return (
    <section class="fact-now">
      <p class="fact-value">{row.text}</p>
      <p>
        <Checked row={row} today={today} />
        {row.asOf && <span class="as-of"> as of {dateText(row.asOf)}</span>} · <a href={`${wiki(page)}#b-${row.id}`}>On the page</a> ·{" "}
        <a href={factPath(page, row.id)} rel="nofollow">
          Fix this
        </a>
      </p>
      {row.doubtedOn && <p class="notice danger">Reported as wrong in {dateText(row.doubtedOn.slice(0, 7))}. Nobody has looked since.</p>}
      {row.note && <p>{row.note}</p>}
      <Sources sources={row.sources} />
    </section>
  )
}

function CheckForm({ page, row, problems, values }: { page: Page; row: FactRow; problems: Problem[]; values: { on?: string; method?: string } }): JSX.Element {
  return (
    <section class="check-form" id="check">
      <h2>Have you looked?</h2>
      <Problems problems={problems} />
      <form method="post" action={`${factUrl(page, row.id)}/checks`} class="narrow">
        <CsrfField />
        <input type="hidden" name="seen" value={digestOf(row)} />
        <input type="hidden" name="from" value="fact" />
        <p class="field">
          <label for="field-method">How do you know?</label>
          <MethodChoice id="field-method" chosen={values.method} />
        </p>
        <p class="field">
          <label for="field-on">On which day?</label>
          <span class="hint">Empty means today. Of a visit only the month is kept.</span>
          <input id="field-on" name="on" value={values.on} placeholder="11 August 2026" maxlength={40} />
        </p>
        {row.sources.length > 0 && (
          <p class="field">
            <label for="field-source">Did you look at one of its sources?</label>
            <select id="field-source" name="source">
              <option value="">no</option>
              {row.sources.map((source, index) => (
                <option value={index}>{(source.title || source.source).slice(0, 80)}</option>
              ))}
            </select>
          </p>
        )}
        <p>
          <button name="result" value="confirmed">
            Still right
          </button>{" "}
          <button name="result" value="wrong" class="secondary">
            Wrong
          </button>{" "}
          <button name="result" value="unclear" class="secondary">
            Could not tell
          </button>
        </p>
        <p class="hint">Without an account your word counts together with that of a second person. No address is stored.</p>
      </form>
    </section>
  )
}

function Figures({ fact: { points }, name }: { fact: OneFact; name: string }): JSX.Element | null {
  const chart = TimeChart({ title: name, points, joined: new Set(points.map(({ claim }) => claim)).size === 1 })
  if (!chart) return null
  return (
    <section>
      <h2>Over time</h2>
      {chart}
      <details>
        <summary>The figures as a table</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">What</th>
              <th scope="col">Of what kind</th>
            </tr>
          </thead>
          <tbody>
            {points.map(({ day, text, claim }) => (
              <tr>
                <th scope="row">{dateText(day)}</th>
                <td>{text}</td>
                <td>{claim}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  )
}

/** Edits and checks on one line of time, newest first. */
function Past({ fact: { page, versions, checks, complete } }: { fact: OneFact }): JSX.Element {
  const entries = [
    ...versions.map(({ revision, row }) => ({ at: revision.createdAt, body: <Edit page={page} number={revision.number} author={revision.author} row={row} /> })),
    ...checks.map((check) => ({ at: check.createdAt, body: <CheckTold check={check} role={check.role} isCurrent={check.isCurrent} /> })),
  ].sort((one, other) => (one.at < other.at ? 1 : -1))
  return (
    <section>
      <h2>Its history</h2>
      <ol class="timeline">
        {entries.map(({ at, body }) => (
          <li>
            <Time at={at} /> {body}
          </li>
        ))}
      </ol>
      {!complete && <p class="muted">Earlier revisions were not looked through. They are in the history of the page.</p>}
    </section>
  )
}

function Edit({ page, number, author, row }: { page: Page; number: number; author: string; row: FactRow | null }): JSX.Element {
  return (
    <span>
      <a href={`${wiki(page)}/revisions/${number}`}>Revision {number}</a> by <bdi>{author}</bdi>: {row ? <b>{row.text}</b> : "taken from the page"}
      {row?.rank === "deprecated" && ", marked as out of date"}
      {row?.asOf && `, as of ${dateText(row.asOf)}`}
      {row?.checkedOn && `, with a check of ${dateText(row.checkedOn)}`}
    </span>
  )
}

/** "Capacity: rated" */
function nameOf({ key, label, qualifier }: FactRow): string {
  const kind = factKind(key)?.labels.en ?? label
  return [...new Set([kind, label, qualifier].filter(Boolean))].join(": ")
}
