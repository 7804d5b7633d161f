import type { JSX } from "preact"
import { dateText } from "../../editor/document/index.ts"
import type { Context } from "../context.ts"
import { wiki } from "../pages/model.ts"
import type { PagePanel } from "../web/panels.ts"
import { type Moves, readAround, readSeries } from "./place-actions.ts"
import { PopulationChart } from "./population-chart.tsx"

/** How many people are held in a facility, month by month, as far as an imported list tells. */
export function populationPanel(ctx: Context): PagePanel {
  return {
    name: "population",
    async load(page) {
      const series = await readSeries(ctx, page.id)
      if (series.length === 0) return null
      return (
        <section class="panel" aria-labelledby="people-held">
          <h2 id="people-held">People held, month by month</h2>
          {series.map(({ name, months }) => (
            <PopulationChart name={name} months={months} />
          ))}
          <p class="muted">
            Counted at midnight. Source: <a href={`/wiki/${encodeURIComponent(series[0]!.source)}`}>where these numbers come from</a>.
          </p>
        </section>
      )
    },
  }
}

/** The facilities nearest to this one and those that people are taken to, unless the page itself names some: what people wrote goes before what is computed. */
export function nearbyPanel(ctx: Context): PagePanel {
  return {
    name: "nearby",
    async load(page) {
      const { near, moves } = await readAround(ctx, page.id)
      if (near.length === 0 && !moves) return null
      return (
        <section class="panel" aria-labelledby="nearby-facilities">
          <h2 id="nearby-facilities">{near.length > 0 ? "Nearby facilities" : "Where people are taken"}</h2>
          <p>If a person is not here, they may be in one of these.{near.length > 0 && " Distances are as the crow flies."}</p>
          {near.length > 0 && <Places places={near.map(({ miles, ...place }) => ({ ...place, how: miles < 1 ? "under a mile" : `${miles.toLocaleString("en")} miles` }))} />}
          {moves && <TakenTo moves={moves} hasHeading={near.length === 0} />}
        </section>
      )
    },
  }
}

function TakenTo({ moves: { places, asOf, source }, hasHeading }: { moves: Moves; hasHeading: boolean }): JSX.Element {
  return (
    <>
      {!hasHeading && <h3>Where people are taken from here</h3>}
      <Places places={places.map(({ people, ...place }) => ({ ...place, how: `${people.toLocaleString("en")} people` }))} />
      <p class="muted">
        Transfers{asOf && `, ${dateText(asOf)}`}, the most first; numbers under five are not told. <a href={wiki({ slug: source })}>Where these numbers come from</a>
      </p>
    </>
  )
}

function Places({ places }: { places: { slug: string; title: string; region: string | null; how: string }[] }): JSX.Element {
  return (
    <ul>
      {places.map(({ slug, title, region, how }) => (
        <li>
          <a href={wiki({ slug })}>{title}</a>
          {region && `, ${region}`} <span class="muted">{how}</span>
        </li>
      ))}
    </ul>
  )
}
