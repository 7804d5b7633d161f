import type { Context } from "../context.ts"
import { wiki } from "../pages/model.ts"
import type { PagePanel } from "../web/panels.ts"
import { readNearby, readSeries } from "./place-actions.ts"
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

/** The facilities nearest to this one, unless the page itself names some: what people wrote goes before what is computed. */
export function nearbyPanel(ctx: Context): PagePanel {
  return {
    name: "nearby",
    async load(page) {
      const nearby = await readNearby(ctx, page.id)
      if (nearby.length === 0) return null
      return (
        <section class="panel" aria-labelledby="nearby-facilities">
          <h2 id="nearby-facilities">Nearby facilities</h2>
          <p>If a person is not here, they may be in one of these. Distances are as the crow flies.</p>
          <ul>
            {nearby.map(({ slug, title, miles, region }) => (
              <li>
                <a href={wiki({ slug })}>{title}</a>
                {region && `, ${region}`} <span class="muted">{miles < 1 ? "under a mile" : `${miles.toLocaleString("en")} miles`}</span>
              </li>
            ))}
          </ul>
        </section>
      )
    },
  }
}
