import type { JSX } from "preact"
import { dateText, type LabelLanguage, langOf, say } from "../../../editor/document/index.ts"
import { CsrfField } from "../../web/layout.tsx"
import { canBeChecked, type FactRow, factUrl } from "../model.ts"
import { type CheckResult, digestOf, type FactCheck, METHOD_WORDS, methods } from "./model.ts"

type PageLine = { slug: string; title: string }

/** The choice that says how a person knows; never free text. */
export function MethodChoice({ id, chosen = "", language = "en" }: { id?: string; chosen?: string; language?: LabelLanguage }): JSX.Element {
  return (
    <select id={id} name="method" required>
      <option value="">{say(language, "choose")}</option>
      {methods.map((method) => (
        <option value={method} selected={method === chosen}>
          {say(language, method)}
        </option>
      ))}
    </select>
  )
}

/** Behind each fact of a page: is it still right? Small, because a page has dozens of them. */
export function QuickCheck({ page, row, language }: { page: PageLine; row: FactRow; language: LabelLanguage }): JSX.Element {
  const url = factUrl(page, row.id)
  return (
    <details class="check" {...langOf(language)}>
      <summary>{say(language, canBeChecked(row) ? "isStillRight" : "more")}</summary>
      {canBeChecked(row) && (
        <form method="post" action={`${url}/checks`}>
          <CsrfField />
          <input type="hidden" name="seen" value={digestOf(row)} />
          <label>
            {say(language, "howKnown")} <MethodChoice language={language} />
          </label>{" "}
          <button name="result" value="confirmed">
            {say(language, "stillRight")}
          </button>{" "}
          <button name="result" value="wrong" class="secondary">
            {say(language, "wrong")}
          </button>
        </form>
      )}
      <a href={`/wiki/${encodeURIComponent(page.slug)}/comments?quote=${row.id}#reply`}>{say(language, "commentOn")}</a> <a href={url}>{say(language, "itsHistory")}</a> <a href={`/wiki/${encodeURIComponent(page.slug)}/report?fact=${row.id}`}>{say(language, "reportIt")}</a>
    </details>
  )
}

/** The warning beside a value that somebody found wrong. */
export function Doubt({ row, language }: { row: FactRow; language: LabelLanguage }): JSX.Element {
  return (
    <strong class="doubt" {...langOf(language)}>
      {say(language, "doubted", dateText(row.doubtedOn.slice(0, 7), language))}
    </strong>
  )
}

/** What rests on an address that is gone has to be looked at again. */
export function DeadSource({ language }: { language: LabelLanguage }): JSX.Element {
  return (
    <a class="dead-source" href="/sources/dead" {...langOf(language)}>
      {say(language, "sourceIsGone")}
    </a>
  )
}

interface ContestProps {
  page: PageLine
  row: FactRow
  rivals: FactRow[]
  language: LabelLanguage
}

/** Two values and nobody knows which: both, with their dates, wherever one of them stands. */
export function Contest({ page, row, rivals, language }: ContestProps): JSX.Element {
  return (
    <div class="contest" {...langOf(language)}>
      <strong>{say(language, "sourcesDisagree")}</strong>
      <ul>
        {[row, ...rivals].map((claim) => (
          <li>
            <b>{claim.text}</b>
            <span class="muted">
              {claim.asOf && ` ${say(language, "asOf")}${dateText(claim.asOf, language)},`}{" "}
              {claim.checkedOn ? say(language, "checkedOn") + dateText(claim.checkedOn, language) : say(language, "neverChecked")}
              {claim.sources[0] && `, ${claim.sources[0].title || claim.sources[0].source}`}
            </span>
          </li>
        ))}
      </ul>
      <a href={factUrl(page, row.id)}>{say(language, "compare")}</a>
    </div>
  )
}

const RESULTS: Record<CheckResult, string> = { confirmed: "still right", wrong: "wrong", unclear: "could not tell" }

interface ToldProps {
  check: FactCheck & { label?: string | null }
  role: string
  isCurrent?: boolean
}

/** "A moderator looked at Telephone number, by telephone (11 August 2026): still right" */
export function CheckTold({ check, role, isCurrent = true }: ToldProps): JSX.Element {
  const { label, method, checkedOn, result, source } = check
  return (
    <span>
      {/^[aeiou]/.test(role) ? "An" : "A"} {role} {label ? `looked at ${label}, ` : ""}
      {METHOD_WORDS[method]} ({dateText(checkedOn)}
      {source && `, ${source}`}): {RESULTS[result]}
      {!isCurrent && " (of what it said then)"}
    </span>
  )
}
