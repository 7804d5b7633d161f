import type { JSX } from "preact"
import { dateText, factKind } from "../../../editor/document/index.ts"
import { regions as regionNames, wiki } from "../../pages/model.ts"
import { ShareBar } from "../../web/chart.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { digestOf } from "../checks/model.ts"
import { type FactRow, factUrl } from "../model.ts"
import { Checked } from "../claim-views.tsx"
import type { Call, Figures, Queue } from "./actions.ts"

interface QueueProps {
  queue: Queue
  /** Two letters; "" for places whose state is not known; undefined for all. */
  region?: string
  today: string
}

const STATES: Record<keyof Figures["states"], string> = {
  recent: "checked recently",
  due: "due",
  old: "old",
  never: "never checked",
}

/** What needs checking, and how fresh the site is. */
export function CheckingPage({ queue, region, today }: QueueProps): JSX.Element {
  const { facts, contested, figures } = queue
  const place = region === undefined ? "" : ` in ${regionNames[region] ?? "places whose state is not known"}`
  return (
    <Layout title={`What needs checking${place}`}>
      <h1>What needs checking{place}</h1>
      <p>
        A telephone number that is wrong costs a family a day. Call, look it up or ask, and say what you found: nothing has to be written.
      </p>
      <p>
        <a class="button" href={`/checking/next${region ? `?state=${region}` : ""}`}>
          Give me a number to call
        </a>
      </p>
      <Freshness figures={figures} />
      <ByState figures={figures} region={region} />
      {contested.length > 0 && <Disputes contested={contested} />}
      <section>
        <h2>The most urgent</h2>
        {facts.length === 0 && <p>Everything here was checked recently.</p>}
        <ul class="to-check">
          {facts.map((row) => (
            <li>
              <a href={factUrl(row, row.id)}>
                {row.label}: {row.text}
              </a>{" "}
              at <a href={wiki(row)}>{row.title}</a> {row.doubtedOn && <strong class="doubt">reported as wrong in {dateText(row.doubtedOn.slice(0, 7))}</strong>}{" "}
              <Checked row={row} today={today} />
            </li>
          ))}
        </ul>
        <p>
          <a href="/sources/dead">Sources that no longer answer</a>
        </p>
      </section>
    </Layout>
  )
}

function Freshness({ figures: { states, checksThisMonth } }: { figures: Figures }): JSX.Element {
  const shares = (Object.keys(STATES) as (keyof typeof STATES)[]).map((state) => ({ name: STATES[state], count: states[state] }))
  const all = shares.reduce((sum, { count }) => sum + count, 0)
  return (
    <section>
      <h2>How fresh it is</h2>
      <ShareBar title="Facts by their last check" shares={shares} />
      <table>
        <thead>
          <tr>
            <th scope="col">Last check</th>
            <th scope="col">Facts</th>
            <th scope="col">Share</th>
          </tr>
        </thead>
        <tbody>
          {shares.map(({ name, count }, index) => (
            <tr>
              <th scope="row">
                <svg class="key" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                  <rect class={`share share-${index}`} width="12" height="12" />
                </svg>{" "}
                {name}
              </th>
              <td>{count.toLocaleString("en")}</td>
              <td>{all === 0 ? "" : `${Math.round((100 * count) / all)}%`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="muted">{checksThisMonth === 1 ? "1 check was" : `${checksThisMonth.toLocaleString("en")} checks were`} made in the last 30 days.</p>
    </section>
  )
}

function ByState({ figures: { regions }, region }: { figures: Figures; region?: string }): JSX.Element | null {
  if (regions.length < 2) return null
  return (
    <details open={region !== undefined}>
      <summary>By state</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">State</th>
            <th scope="col">Checked recently</th>
            <th scope="col">Facts</th>
          </tr>
        </thead>
        <tbody>
          {regions.map(({ code, name, recent, all }) => (
            <tr>
              <th scope="row">{code === region ? name : <a href={`/checking?state=${code || "none"}`}>{name}</a>}</th>
              <td>{Math.round((100 * recent) / all)}%</td>
              <td>{all.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {region !== undefined && (
        <p>
          <a href="/checking">All states</a>
        </p>
      )}
    </details>
  )
}

function Disputes({ contested }: { contested: Queue["contested"] }): JSX.Element {
  return (
    <section>
      <h2>Sources disagree</h2>
      <ul>
        {contested.map(({ slug, title, row, rivals }) => (
          <li>
            <a href={factUrl({ slug }, row.id)}>{row.label}</a> at <a href={wiki({ slug })}>{title}</a>:{" "}
            {[row, ...rivals].map(({ text }) => text).join(" or ")}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface CallProps {
  call: Call | null
  region?: string
  skip: number
  today: string
  told?: string
}

const ANSWERS = [
  ["confirmed", "Still right"],
  ["wrong", "Wrong"],
  ["unclear", "Could not tell"],
  ["", "Not asked"],
] as const

/** One call for a volunteer: the number, what to say, what to ask, and what was found. */
export function NextCallPage({ call, region, skip, today, told }: CallProps): JSX.Element {
  const query = (more: number) => `?${new URLSearchParams({ ...(region && { state: region }), skip: String(more) }).toString()}`
  return (
    <Layout title="A number to call" head={<meta name="robots" content="noindex" />}>
      <h1>A number to call</h1>
      {told && (
        <p class="notice info" role="status">
          {told}
        </p>
      )}
      {call ? <CallForm call={call} region={region} today={today} /> : <p>There is no number left to call here.</p>}
      <p>
        {call && <a href={`/checking/next${query(skip + 1)}`}>Another number</a>} <a href={region ? `/checking?state=${region}` : "/checking"}>All that needs checking</a>
      </p>
    </Layout>
  )
}

function CallForm({ call: { page, phone, questions }, region, today }: { call: Call; region?: string; today: string }): JSX.Element {
  return (
    <>
      <p class="fact-value">
        <a class="tel" href={`tel:${phone.value.replace(";ext=", ",")}`}>
          {phone.text}
        </a>
      </p>
      <p>
        {[phone.label, phone.qualifier].filter(Boolean).join(", ")}, <a href={wiki(page)}>{page.title}</a>
      </p>
      <blockquote class="script">
        “Hello. I help with a public page on how to reach people held at {page.title}. May I ask you whether a few things on it are still right?”
      </blockquote>
      <p class="muted">Ask only what is below. Never name a person who is held there, or yourself if you do not want to.</p>
      <form method="post" action={`${wiki(page)}/checks`}>
        <CsrfField />
        <input type="hidden" name="from" value="checking" />
        <input type="hidden" name="method" value="called" />
        {region && <input type="hidden" name="state" value={region} />}
        {questions.map((row) => (
          <Question row={row} today={today} />
        ))}
        <button type="submit">Send what I found</button>
      </form>
    </>
  )
}

function Question({ row, today }: { row: FactRow; today: string }): JSX.Element {
  return (
    <fieldset class="question">
      <legend>{factKind(row.key)?.asks || row.label}</legend>
      <p>
        Here it says{row.qualifier && ` (${row.qualifier})`}: <b>{row.text}</b> <Checked row={row} today={today} />
      </p>
      <input type="hidden" name={`seen-${row.id}`} value={digestOf(row)} />
      {ANSWERS.map(([value, label]) => (
        <label>
          <input type="radio" name={`fact-${row.id}`} value={value} checked={value === ""} /> {label}
        </label>
      ))}
    </fieldset>
  )
}
