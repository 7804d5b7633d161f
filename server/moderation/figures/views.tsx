import type { JSX } from "preact"
import { date, Time } from "../../web/dates.tsx"
import { Layout } from "../../web/layout.tsx"
import { hoursText, type Week } from "./model.ts"

const WIDTH = 520
const HEIGHT = 120
const GAP = 6

interface FiguresProps {
  weeks: Week[]
  counts: Record<string, number>
  oldest: string | null
}

/** How moderation goes: what waits, how long deciding takes, and how much is accepted. No one's name is in it. */
export function FiguresPage({ weeks, counts, oldest }: FiguresProps): JSX.Element {
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0)
  return (
    <Layout title="Moderation in figures">
      <h1>Moderation in figures</h1>
      <p>
        <a href="/moderation/log">The log</a> says what was decided; this says how much and how fast.
      </p>
      <h2>Waiting now: {total}</h2>
      <p>
        {Object.entries(counts)
          .map(([name, number]) => `${name}: ${number}`)
          .join(" · ")}
        {oldest && (
          <>
            {" "}
            · the oldest since <Time at={oldest} exact />
          </>
        )}
      </p>
      <h2>Week by week</h2>
      {weeks.some(({ decided }) => decided > 0) ? <Chart weeks={weeks} /> : <p>Nothing was decided in these weeks.</p>}
      <Table weeks={weeks} />
    </Layout>
  )
}

function Chart({ weeks }: { weeks: Week[] }): JSX.Element {
  const most = Math.max(1, ...weeks.map(({ decided }) => decided))
  const step = WIDTH / weeks.length
  const height = (count: number) => Math.round((count / most) * (HEIGHT - 8) * 10) / 10
  return (
    <figure class="figures">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Decisions in each week, ${most} at most. The table below has the same numbers.`}>
        {weeks.map(({ from, decided, accepted }, at) => {
          const [x, taken] = [at * step + GAP / 2, height(decided * (accepted ?? 0))]
          return (
            <g>
              <title>{`Week of ${date(from)}: ${decided} decided`}</title>
              <rect class="decided" x={x} y={HEIGHT - height(decided)} width={step - GAP} height={height(decided)} />
              <rect class="accepted" x={x} y={HEIGHT - taken} width={step - GAP} height={taken} />
            </g>
          )
        })}
      </svg>
      <figcaption>Decisions in each week, {most} at most; the dark part was accepted.</figcaption>
    </figure>
  )
}

function Table({ weeks }: { weeks: Week[] }): JSX.Element {
  return (
    <div class="table" role="group" tabIndex={0} aria-label="Decisions by week">
      <table>
        <thead>
          <tr>
            <th scope="col">Week of</th>
            <th scope="col">Decided</th>
            <th scope="col">Half within</th>
            <th scope="col">Accepted</th>
          </tr>
        </thead>
        <tbody>
          {[...weeks].reverse().map(({ from, decided, median, accepted }) => (
            <tr>
              <th scope="row">{date(from)}</th>
              <td>{decided}</td>
              <td>{median === null ? "–" : hoursText(median)}</td>
              <td>{accepted === null ? "–" : `${Math.round(accepted * 100)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
