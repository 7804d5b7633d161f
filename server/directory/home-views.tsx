import type { JSX } from "preact"
import { freshness, ID_PREFIX } from "../../editor/document/index.ts"
import type { OverdueFact } from "../facts/actions.ts"
import type { Change } from "../history/actions.ts"
import { wiki } from "../pages/model.ts"
import { Time } from "../web/dates.tsx"
import { Layout } from "../web/layout.tsx"
import type { Home, RegionCount } from "./actions.ts"
import { UsMap } from "./map.tsx"
import { everything, facilitiesPath } from "./model.ts"

/** The first page: search, where the facilities are, what changed, what needs checking. */
export function HomePage({ home, today, baseUrl }: { home: Home; today: string; baseUrl: string }): JSX.Element {
  const { regions, changes, overdue, facilities } = home
  const feeds = [
    <link rel="alternate" type="application/atom+xml" href="/changes.atom" title="Recent changes" />,
    <link rel="alternate" type="application/atom+xml" href="/comments.atom" title="Comments" />,
  ]
  return (
    <Layout title="Habeas" scripts={["suggest.js"]} head={[<link rel="canonical" href={`${baseUrl}/`} />, ...feeds]}>
      <div class="home">
        <h1>Detention facilities: the public record</h1>
        <p class="lead">How to find, call, visit and write to a person who is held; how to send money and pay a bond; and who says so.</p>
        <form class="home-search" action="/search" role="search">
          <label for="home-q">Facility, place, telephone number or any word</label>
          <span class="search-line">
            <input id="home-q" type="search" name="q" required />
            <button type="submit">Search</button>
          </span>
        </form>
        {facilities.some(({ place }) => place) && (
          <a class="home-map" href="/facilities" aria-label="Map and list of all facilities">
            <UsMap facilities={facilities} isSmall />
          </a>
        )}
        {regions.length > 0 && <ByState regions={regions} />}
        {changes.length > 0 && <Changed changes={changes} />}
        {overdue.length > 0 && <ToCheck overdue={overdue} today={today} />}
        {regions.length === 0 && changes.length === 0 && (
          <p>
            Nothing has been written yet. <a href="/new">Start the first page.</a>
          </p>
        )}
      </div>
    </Layout>
  )
}

function ByState({ regions }: { regions: RegionCount[] }): JSX.Element {
  return (
    <section class="by-state" aria-labelledby="by-state">
      <h2 id="by-state">Facilities by state</h2>
      <ul class="states">
        {regions.map(({ code, name, count }) => (
          <li>
            <a href={facilitiesPath({ ...everything, region: code })}>{name}</a> <span class="count">{count}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href="/facilities">All facilities</a> · <a href="/oversight">Oversight</a> · <a href="/sources">Sources</a>
      </p>
    </section>
  )
}

function Changed({ changes }: { changes: Change[] }): JSX.Element {
  return (
    <section class="changed" aria-labelledby="changed">
      <h2 id="changed">What changed</h2>
      <ul class="timeline">
        {changes.map((change) => (
          <li>
            <Time at={change.createdAt} /> <a href={wiki(change)}>{change.title}</a>{" "}
            {change.summary && <span class="summary">{change.summary}</span>}{" "}
            {change.number !== null && change.number > 1 && (
              <a href={`${wiki(change)}/diff/${change.number - 1}/${change.number}`}>what changed</a>
            )}
          </li>
        ))}
      </ul>
      <p>
        <a href="/changes">All changes</a>
      </p>
    </section>
  )
}

function ToCheck({ overdue, today }: { overdue: OverdueFact[]; today: string }): JSX.Element {
  return (
    <section class="to-check" aria-labelledby="to-check">
      <h2 id="to-check">What needs checking</h2>
      <ul>
        {overdue.map(({ page, fact }) => {
          const { state, text } = freshness({ key: fact.key, checked: fact.checkedOn }, today)
          return (
            <li>
              <a href={`${wiki(page)}#${ID_PREFIX}${fact.id}`}>
                {fact.label}: {fact.text}
              </a>{" "}
              at {page.title} {fact.doubtedOn !== "" && <span class="freshness old">reported as wrong, </span>}
              <span class={`freshness ${state}`}>{text}</span>
            </li>
          )
        })}
      </ul>
      <p>
        <a href="/checking/next">Give me a number to call</a> · <a href="/checking">All that needs checking</a>
      </p>
    </section>
  )
}
