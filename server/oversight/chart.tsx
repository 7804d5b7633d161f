import type { JSX } from "preact"
import { type Answer, answerNames, answers } from "./model.ts"

/** One bar: what it is of, and how many recommendations had each answer. */
export interface Bar {
  name: string
  counts: Record<Answer, number>
}

const WIDTH = 640
const NAME_WIDTH = 150
const TOTAL_WIDTH = 40
const ROW = 34
const BAR = 24
/** A number fits into a part of a bar from this width on. */
const READABLE = 18

/**
 * Answers as stacked bars, with the numbers in them. The parts differ in pattern and not in colour alone, and none of
 * them is the mark of something verified: an agency's "agreed" is drawn hollow. The table beside it says the same in words.
 */
export function AnswerChart({ bars, title, id }: { bars: readonly Bar[]; title: string; id: string }): JSX.Element {
  const most = Math.max(1, ...bars.map(({ counts }) => totalOf(counts)))
  return (
    <figure class="chart answers">
      <svg viewBox={`0 0 ${WIDTH} ${bars.length * ROW + 4}`} role="img" aria-labelledby={`${id}-title`}>
        <title id={`${id}-title`}>{title}</title>
        <Patterns id={id} />
        {bars.map((bar, index) => (
          <BarRow bar={bar} y={index * ROW + 2} unit={(WIDTH - NAME_WIDTH - TOTAL_WIDTH) / most} id={id} />
        ))}
      </svg>
      <figcaption>
        <ul class="legend">
          {answers.map((answer) => (
            <li>
              <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
                <rect class={`answer ${answer}`} x="1" y="1" width="18" height="12" fill={fillOf(answer, id)} />
              </svg>{" "}
              {answerNames[answer]}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  )
}

/** The same numbers for those who do not see the chart. */
export function AnswerTable({ bars, caption }: { bars: readonly Bar[]; caption: string }): JSX.Element {
  return (
    <div class="table-scroll" role="region" aria-label={caption} tabindex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Body, year</th>
            {answers.map((answer) => (
              <th scope="col">{answerNames[answer]}</th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {bars.map(({ name, counts }) => (
            <tr>
              <th scope="row">{name}</th>
              {answers.map((answer) => (
                <td>{counts[answer]}</td>
              ))}
              <td>{totalOf(counts)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function BarRow({ bar, y, unit, id }: { bar: Bar; y: number; unit: number; id: string }): JSX.Element {
  const total = totalOf(bar.counts)
  let x = NAME_WIDTH
  const parts = answers.flatMap((answer) => {
    const width = bar.counts[answer] * unit
    if (width === 0) return []
    const part = { answer, x, width, count: bar.counts[answer] }
    x += width
    return [part]
  })
  return (
    <g>
      <text class="name" x={NAME_WIDTH - 8} y={y + 17} text-anchor="end">
        {bar.name}
      </text>
      {parts.map(({ answer, width, count, ...at }) => (
        <g>
          <rect class={`answer ${answer}`} x={at.x.toFixed(1)} y={y} width={width.toFixed(1)} height={BAR} fill={fillOf(answer, id)}>
            <title>{`${bar.name}: ${count} ${answerNames[answer].toLowerCase()}`}</title>
          </rect>
          {width >= READABLE && (
            <text class="number" x={(at.x + width / 2).toFixed(1)} y={y + 17} text-anchor="middle">
              {count}
            </text>
          )}
        </g>
      ))}
      <text class="total" x={(x + 6).toFixed(1)} y={y + 17}>
        {total}
      </text>
    </g>
  )
}

// An attribute and not a style: the policy of the site allows no inline styles.
function fillOf(answer: Answer, id: string): string {
  return `url(#${id}-${answer})`
}

function Patterns({ id }: { id: string }): JSX.Element {
  return (
    <defs>
      <Pattern id={`${id}-agreed`} kind="agreed" path="" />
      <Pattern id={`${id}-partly`} kind="partly" path="M0 8L8 0" />
      <Pattern id={`${id}-refused`} kind="refused" path="M0 0L8 8M0 8L8 0" />
      <Pattern id={`${id}-none`} kind="none" path="M0 4H8" />
      <Pattern id={`${id}-unknown`} kind="unknown" path="M3 4h2" />
    </defs>
  )
}

function Pattern({ id, kind, path }: { id: string; kind: Answer; path: string }): JSX.Element {
  return (
    <pattern id={id} width="8" height="8" patternUnits="userSpaceOnUse">
      <rect class={`ground ${kind}`} width="8" height="8" />
      {path && <path class={`lines ${kind}`} d={path} />}
    </pattern>
  )
}

function totalOf(counts: Record<Answer, number>): number {
  return answers.reduce((sum, answer) => sum + counts[answer], 0)
}
