import type { JSX } from "preact"

/** Units of the drawing; it grows and shrinks with the page. */
const WIDTH = 640
const HEIGHT = 240
const LEFT = 64
const BOTTOM = 28
const TOP = 12
const RIGHT = 12
/** Lines across, at round figures. */
const STEPS = 4
const DAY = 86_400_000

export interface ChartPoint {
  /** "2026-11-23" */
  day: string
  from: number
  to: number
  text: string
}

interface ChartProps {
  title: string
  points: ChartPoint[]
  /** Whether they are one thing over time, joined by a line, and not claims about several. */
  joined: boolean
}

/** Figures over time as dots at their dates; a range is a bar. The same figures have to stand in a table beside it. */
export function TimeChart({ title, points, joined }: ChartProps): JSX.Element | null {
  if (points.length < 2) return null
  const [first, last] = [points[0]!.day, points.at(-1)!.day].map((day) => Date.parse(day)) as [number, number]
  const most = roundUp(Math.max(...points.map(({ to }) => to)))
  const span = Math.max(last - first, DAY)
  const x = (day: string) => round(LEFT + 6 + ((Date.parse(day) - first) / span) * (WIDTH - LEFT - RIGHT - 12))
  const y = (value: number) => round(HEIGHT - BOTTOM - (value / most) * (HEIGHT - BOTTOM - TOP))
  const summary = `${points.length} figures from ${points[0]!.day} to ${points.at(-1)!.day}.`
  return (
    <svg class="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`${title}. ${summary} The table has all of them.`}>
      {Array.from({ length: STEPS + 1 }, (_, step) => (most / STEPS) * step).map((value) => (
        <>
          <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(value)} y2={y(value)} />
          <text class="tick" x={LEFT - 6} y={y(value) + 4} text-anchor="end">
            {value.toLocaleString("en")}
          </text>
        </>
      ))}
      {joined && <polyline class="line" points={points.map(({ day, from, to }) => `${x(day)},${y((from + to) / 2)}`).join(" ")} />}
      {points.map(({ day, from, to, text }) => (
        <g>
          <title>{`${day}: ${text}`}</title>
          {from !== to && <line class="range" x1={x(day)} x2={x(day)} y1={y(from)} y2={y(to)} />}
          <circle class="dot" cx={x(day)} cy={y((from + to) / 2)} r="4" />
        </g>
      ))}
      <text class="tick" x={LEFT} y={HEIGHT - 8}>
        {points[0]!.day.slice(0, 7)}
      </text>
      <text class="tick" x={WIDTH - RIGHT} y={HEIGHT - 8} text-anchor="end">
        {points.at(-1)!.day.slice(0, 7)}
      </text>
    </svg>
  )
}

export interface Share {
  name: string
  count: number
}

/** Parts of a whole as one bar, each part with its own pattern and its number in it; a legend with the numbers has to stand beside it. */
export function ShareBar({ title, shares }: { title: string; shares: Share[] }): JSX.Element | null {
  const all = shares.reduce((sum, { count }) => sum + count, 0)
  if (all === 0) return null
  let at = 0
  const parts = shares.map(({ name, count }, index) => {
    const width = round((count / all) * WIDTH)
    const part = { name, count, index, x: at, width }
    at = round(at + width)
    return part
  })
  return (
    <svg class="chart shares" viewBox={`0 0 ${WIDTH} 40`} role="img" aria-label={`${title}: ${shares.map(({ name, count }) => `${name} ${count}`).join(", ")}`}>
      {parts.map(({ name, count, index, x, width }) => (
        <g>
          <title>{`${name}: ${count}`}</title>
          <rect class={`share share-${index}`} x={x} y="0" width={width} height="40" />
          {width > 40 && (
            <text class={`share-text share-text-${index}`} x={x + width / 2} y="26" text-anchor="middle">
              {count.toLocaleString("en")}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

/** The next figure with one digit that counts, so that the lines across stand at figures people know. */
function roundUp(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 4, 5, 8, 10].map((factor) => factor * power).find((rounded) => rounded >= value)!
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
