import type { JSX } from "preact"
import { dateText } from "../../editor/document/index.ts"

/** People held in one month. */
export interface Month {
  month: string
  mean: number
  highest: number
}

const WIDTH = 640
const HEIGHT = 200
const LEFT = 44
const BOTTOM = 22
const TOP = 10
/** Months within which two years do not fit beside each other on a phone. */
const CROWDED = 4

/** Monthly numbers of people held: the mean as an area, the highest night as a line; and the same as a table. */
export function PopulationChart({ months, name }: { months: readonly Month[]; name: string }): JSX.Element {
  const most = niceTop(Math.max(...months.map(({ highest }) => highest), 1))
  const x = (index: number) => LEFT + ((WIDTH - LEFT) * (index + 0.5)) / months.length
  const y = (people: number) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - people / most)
  const line = (of: (month: Month) => number) => months.map((month, index) => `${x(index).toFixed(1)} ${y(of(month)).toFixed(1)}`).join("L")
  const peak = months.reduce((best, month) => (month.highest > best.highest ? month : best))
  const last = months.at(-1)!
  const said = `${name}: ${people(last.mean)} on an average night of ${dateText(last.month)}; ${people(peak.highest)} at most, in ${dateText(peak.month)}.`
  return (
    <figure class="chart population">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={said}>
        {[0, most / 2, most].map((mark) => (
          <>
            <path class="grid" d={`M${LEFT} ${y(mark).toFixed(1)}H${WIDTH}`} />
            <text class="scale" x={LEFT - 6} y={(y(mark) + 4).toFixed(1)} text-anchor="end">
              {mark.toLocaleString("en")}
            </text>
          </>
        ))}
        {months.map(({ month }, index) =>
          month.endsWith("-01") || (index === 0 && !isYearNear(months)) ? (
            <text class="scale" x={x(index).toFixed(1)} y={HEIGHT - 6} text-anchor="middle">
              {month.slice(0, 4)}
            </text>
          ) : null,
        )}
        <path class="mean" d={`M${x(0).toFixed(1)} ${y(0)}L${line(({ mean }) => mean)}L${x(months.length - 1).toFixed(1)} ${y(0)}Z`} />
        <path class="highest" d={`M${line(({ highest }) => highest)}`} />
      </svg>
      <figcaption>{said} Filled: the average night of each month. Line: the highest night.</figcaption>
      <details>
        <summary>The numbers as a table</summary>
        <MonthTable months={months} name={name} />
      </details>
    </figure>
  )
}

/** Whether the next year begins so soon that its number would stand in that of the first. */
function isYearNear(months: readonly Month[]): boolean {
  return months.slice(1, 1 + CROWDED).some(({ month }) => month.endsWith("-01"))
}

function MonthTable({ months, name }: { months: readonly Month[]; name: string }): JSX.Element {
  return (
    <div class="table-scroll" role="region" aria-label={`People held: ${name}`} tabindex={0}>
      <table>
        <caption>People held at midnight: {name}</caption>
        <thead>
          <tr>
            <th scope="col">Month</th>
            <th scope="col">Average night</th>
            <th scope="col">Highest night</th>
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map(({ month, mean, highest }) => (
            <tr>
              <th scope="row">{dateText(month)}</th>
              <td>{mean.toLocaleString("en")}</td>
              <td>{highest.toLocaleString("en")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function people(count: number): string {
  const rounded = Math.round(count)
  return `${rounded.toLocaleString("en")} ${rounded === 1 ? "person" : "people"}`
}

/** The next number above that reads well half-way up, too: 2, 4, 10, 20, 40, 100 ... */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 2, 4, 10].map((step) => step * power).find((top) => top >= most && top >= 2)!
}
