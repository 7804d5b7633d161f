import type { JSX } from "preact"
import { citationName, dateText, ID_PREFIX } from "../../editor/document/index.ts"
import { wiki } from "../pages/model.ts"
import type { PlacedRecord } from "./actions.ts"
import { AnswerChart } from "./chart.tsx"
import {
  answerNames,
  countAnswers,
  countMade,
  countUnpublished,
  daysBetweenDates,
  mismatch,
  type OversightRecord,
  type Recommendation,
} from "./model.ts"

/** One record in full: its numbers, its dates with the days between, its recommendations and what is missing of them. */
export function RecordEntry({ record, level }: { record: PlacedRecord; level: "h2" | "h3" }): JSX.Element {
  const Heading = level
  const made = countMade(record)
  const wrong = mismatch(record)
  return (
    <article class="oversight-record" id={`record-${record.id}`}>
      <Heading>
        <a href={`${wiki(record.page)}#${ID_PREFIX}${record.id}`}>{record.title}</a>
      </Heading>
      <p class="about">
        {[record.bodies.join(", "), record.agency && `to ${record.agency}`, record.form, record.topics.join(", ")].filter(Boolean).join(" · ")}
        {record.places.map((place) => (
          <>
            {" · "}
            <a href={wiki(place)}>{place.title}</a>
          </>
        ))}
      </p>
      {made > 0 && (
        <>
          <AnswerChart id={`c${record.id}`} bars={[{ name: `${made} made`, counts: countAnswers(record) }]} title={inWords(record)} />
          <p>{inWords(record)}</p>
        </>
      )}
      {wrong && <p class="notice warning">{wrong}</p>}
      <Chain record={record} />
      <Recommendations record={record} />
    </article>
  )
}

/** "14 recommendations: 1 agreed, says the agency; 13 refused. 13 of 14 have not been published." */
export function inWords(record: OversightRecord): string {
  const made = countMade(record)
  const counts = countAnswers(record)
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  const told = parts.map(([answer, count]) => `${count} ${answerNames[answer as keyof typeof answerNames].toLowerCase()}`).join("; ")
  const hidden = countUnpublished(record)
  const missing = hidden > 0 ? ` ${hidden} of ${made} ${hidden === 1 ? "has" : "have"} not been published.` : ""
  return `${made} ${made === 1 ? "recommendation" : "recommendations"}: ${told || "answers not known"}.${missing}`
}

/** Complaint, visit, findings, answer, publication: each with its date and the days since the one before. */
function Chain({ record }: { record: OversightRecord }): JSX.Element {
  const { opened, visit, memo, answer, published } = record.dates
  const steps = [
    { name: record.complaints ? `Opened (${record.complaints})` : "Opened", date: opened },
    { name: "On site", date: visit },
    { name: "Findings sent", date: memo },
    { name: "Agency answered", date: answer },
    { name: "Published", date: published },
  ]
  const known = steps.filter(({ date }) => date !== "")
  return (
    <ol class="chain">
      {steps.map(({ name, date }) => {
        const before = known[known.findIndex((step) => step.date === date) - 1]
        const lag = before && date !== "" ? daysBetweenDates(before.date, date) : null
        return (
          <li class={date === "" ? "missing" : undefined}>
            <strong>{name}</strong> <span>{date === "" ? "not known" : dateText(date)}</span>
            {lag && <span class="lag"> {lag.least === lag.most ? `${lag.most} days later` : `${lag.least} to ${lag.most} days later`}</span>}
          </li>
        )
      })}
    </ol>
  )
}

function Recommendations({ record }: { record: OversightRecord }): JSX.Element | null {
  const hidden = countUnpublished(record)
  const listed = record.recommendations.filter(({ text }) => text !== null || hidden === 0)
  if (listed.length === 0 && hidden === 0) return null
  return (
    <div class="table-scroll" role="region" aria-label={`Recommendations: ${record.title}`} tabindex={0}>
      <table class="recommendations">
        <thead>
          <tr>
            <th scope="col">Recommendation</th>
            <th scope="col">Answer</th>
            <th scope="col">What was promised, and what followed</th>
            <th scope="col">Verified by somebody else</th>
          </tr>
        </thead>
        <tbody>
          {listed.map((one) => (
            <RecommendationRow record={record} one={one} />
          ))}
          {hidden > 0 && (
            <tr class="unpublished">
              <th scope="row">
                {hidden} of {countMade(record)}: not published
              </th>
              <td colspan={3}>Known only as a number. If you have the document, add it to the page with its date.</td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

function RecommendationRow({ record, one }: { record: OversightRecord; one: Recommendation }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        <a href={`${wiki(record.page)}#${ID_PREFIX}${one.id}`}>{one.subject || "Recommendation"}</a>
        <span class="words">{one.text ?? "Its text is not public."}</span>
      </th>
      <td>
        <span class={`answer-word ${one.answer}`}>{answerNames[one.answer]}</span>
        {one.answeredOn && <span class="as-of"> {dateText(one.answeredOn)}</span>}
      </td>
      <td>
        {[...one.promised, ...one.followUp].map((text) => (
          <p>{text}</p>
        ))}
        {one.promised.length + one.followUp.length === 0 && "Nothing known"}
        {one.sources.length > 0 && <p class="muted">{one.sources.map((source) => citationName(source)).join("; ")}</p>}
      </td>
      <td>{one.verified ? <strong class="verified">{one.verified}</strong> : "Nobody is known to have"}</td>
    </tr>
  )
}
