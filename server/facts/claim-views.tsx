import type { JSX } from "preact"
import { type Citation, dateText, freshness, sourceHref } from "../../editor/document/index.ts"
import { factPath, type Page } from "../pages/model.ts"
import { METHOD_WORDS } from "./checks/model.ts"
import { type FactRow, factUrl } from "./model.ts"

/** "checked 12 days ago by telephone" */
export function Checked({ row, today }: { row: FactRow; today: string }): JSX.Element {
  const { state, text } = freshness({ key: row.key, checked: row.checkedOn }, today)
  const how = row.method && state !== "never" ? ` ${METHOD_WORDS[row.method as keyof typeof METHOD_WORDS] ?? ""}` : ""
  return (
    <span class={`checked ${state}`}>
      {text}
      {how}
    </span>
  )
}

/** Who says so, with the words relied on. */
export function Sources({ sources }: { sources: Citation[] }): JSX.Element {
  if (sources.length === 0) return <p class="muted">No source is given.</p>
  return (
    <ul class="fact-sources">
      {sources.map((source) => (
        <li>
          <SourceName source={source} />
          {source.quote && (
            <>
              {" "}
              <q>{source.quote}</q>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Two values and nobody knows which, each with its date and sources. */
export function SideBySide({ page, rows, today }: { page: Page; rows: FactRow[]; today: string }): JSX.Element {
  return (
    <section>
      <h2>Sources disagree</h2>
      <p>Nobody has found out yet which is right. Who knows can mark one as the one to rely on, or as out of date.</p>
      <div class="contest-columns">
        {rows.map((row) => (
          <div>
            <p class="fact-value">{row.text}</p>
            <p>
              {row.asOf && <span class="as-of">as of {dateText(row.asOf)} · </span>}
              <Checked row={row} today={today} />
            </p>
            <Sources sources={row.sources} />
            <a href={factPath(page, row.id)} rel="nofollow">
              Settle it here
            </a>
          </div>
        ))}
      </div>
    </section>
  )
}

const RANKS: Record<FactRow["rank"], string> = { preferred: "the one to rely on", normal: "", deprecated: "out of date" }

/** Several claims of one kind together, with kind, date, source and standing. */
export function Claims({ page, rows, today, own }: { page: Page; rows: FactRow[]; today: string; own: string }): JSX.Element {
  return (
    <section>
      <h2>Every claim of this kind</h2>
      <div class="table" role="group" tabindex={0} aria-label="Claims">
        <table>
          <thead>
            <tr>
              {["What", "Of what kind", "As of", "Checked", "Source", "Standing"].map((head) => (
                <th scope="col">{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <th scope="row">{row.id === own ? row.text : <a href={factUrl(page, row.id)}>{row.text}</a>}</th>
                <td>{row.qualifier || row.label}</td>
                <td>{row.asOf && dateText(row.asOf)}</td>
                <td>
                  <Checked row={row} today={today} />
                </td>
                <td>{row.sources[0] ? <SourceName source={row.sources[0]} /> : "none given"}</td>
                <td>{RANKS[row.rank]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function SourceName({ source }: { source: Citation }): JSX.Element {
  const href = sourceHref(source)
  const name = source.title || source.source
  return (
    <>
      {href === null ? name : <a href={href} {...(href.startsWith("/") ? {} : { rel: "nofollow ugc noopener noreferrer" })}>{name}</a>}
      {source.locator && `, ${source.locator}`}
    </>
  )
}
