import type { JSX } from "preact"
import { dateText } from "../../../editor/document/index.ts"
import { CsrfField } from "../../web/layout.tsx"
import { canBeChecked, type FactRow, factUrl } from "../model.ts"
import { type CheckResult, digestOf, type FactCheck, METHOD_ANSWERS, METHOD_WORDS, methods } from "./model.ts"

type PageLine = { slug: string; title: string }

/** The choice that says how a person knows; never free text. */
export function MethodChoice({ id, chosen = "" }: { id?: string; chosen?: string }): JSX.Element {
  return (
    <select id={id} name="method" required>
      <option value="">choose</option>
      {methods.map((method) => (
        <option value={method} selected={method === chosen}>
          {METHOD_ANSWERS[method]}
        </option>
      ))}
    </select>
  )
}

/** Behind each fact of a page: is it still right? Small, because a page has dozens of them. */
export function QuickCheck({ page, row }: { page: PageLine; row: FactRow }): JSX.Element {
  const url = factUrl(page, row.id)
  return (
    <details class="check">
      <summary>{canBeChecked(row) ? "Still right?" : "More"}</summary>
      {canBeChecked(row) && (
        <form method="post" action={`${url}/checks`}>
          <CsrfField />
          <input type="hidden" name="seen" value={digestOf(row)} />
          <label>
            How do you know? <MethodChoice />
          </label>{" "}
          <button name="result" value="confirmed">
            Still right
          </button>{" "}
          <button name="result" value="wrong" class="secondary">
            Wrong
          </button>
        </form>
      )}
      <a href={url}>History of this fact</a> <a href={`/wiki/${encodeURIComponent(page.slug)}/report?fact=${row.id}`}>This is wrong or out of date</a>
    </details>
  )
}

/** The warning beside a value that somebody found wrong. */
export function Doubt({ row }: { row: FactRow }): JSX.Element {
  return <strong class="doubt">Reported as wrong in {monthOf(row.doubtedOn)}. Call before you rely on it.</strong>
}

/** What rests on an address that is gone has to be looked at again. */
export function DeadSource(): JSX.Element {
  return (
    <span class="dead-source">
      A source of this <a href="/sources/dead">no longer answers</a>.
    </span>
  )
}

/** Two values and nobody knows which: both, with their dates, wherever one of them stands. */
export function Contest({ page, row, rivals }: { page: PageLine; row: FactRow; rivals: FactRow[] }): JSX.Element {
  return (
    <div class="contest">
      <strong>Sources disagree.</strong>
      <ul>
        {[row, ...rivals].map((claim) => (
          <li>
            <b>{claim.text}</b>
            <span class="muted">
              {claim.asOf && ` as of ${dateText(claim.asOf)},`} {claim.checkedOn ? `checked ${dateText(claim.checkedOn)}` : "never checked"}
              {claim.sources[0] && `, ${claim.sources[0].title || claim.sources[0].source}`}
            </span>
          </li>
        ))}
      </ul>
      <a href={factUrl(page, row.id)}>Compare them</a>
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

function monthOf(day: string): string {
  return dateText(day.slice(0, 7))
}
