import type { JSX } from "preact"
import { date } from "../web/dates.tsx"
import type { Period } from "./growth.ts"

const WIDTH = 480
const HEIGHT = 96
const GAP = 2
/** A page of a day or two has bars, not walls. */
const WIDEST = 24

/** How often a page was edited (bars) and how large it was (line), drawn, and as a table for whoever reads it so. */
export function GrowthChart({ periods }: { periods: Period[] }): JSX.Element {
  const mostEdits = Math.max(1, ...periods.map(({ edits }) => edits))
  const mostWords = Math.max(1, ...periods.map(({ words }) => words))
  const step = WIDTH / periods.length
  const bar = Math.min(WIDEST, Math.max(1, step - GAP))
  const middle = (at: number) => Math.round((at + 0.5) * step * 10) / 10
  const y = (part: number) => Math.round((HEIGHT - part * (HEIGHT - 4)) * 10) / 10
  const line = periods.map(({ words }, at) => `${middle(at)},${y(words / mostWords)}`)
  return (
    <details class="growth" open>
      <summary>Edits and size over time</summary>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label="Bars: edits. Line: words on the page. The same numbers are in the table below.">
        {periods.map(({ from, edits }, at) => (
          <rect class="edits" x={middle(at) - bar / 2} y={y(edits / mostEdits)} width={bar} height={HEIGHT - y(edits / mostEdits)}>
            <title>{`From ${date(from)}: ${edits}`}</title>
          </rect>
        ))}
        {line.length > 1 ? <polyline class="words" points={line.join(" ")} /> : <circle class="words" cx={WIDTH / 2} cy={y(1)} r="3" />}
      </svg>
      <p class="muted">
        Bars: edits, {mostEdits} at most. Line: words, {mostWords} at most. From {date(periods[0]!.from)} to today.
      </p>
      <details>
        <summary>As a table</summary>
        <div class="table" role="group" tabIndex={0} aria-label="Edits and size over time">
          <table>
            <thead>
              <tr>
                <th scope="col">From</th>
                <th scope="col">Edits</th>
                <th scope="col">Words at the end</th>
              </tr>
            </thead>
            <tbody>
              {periods.map(({ from, edits, words }) => (
                <tr>
                  <th scope="row">{date(from)}</th>
                  <td>{edits}</td>
                  <td>{words}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </details>
  )
}
