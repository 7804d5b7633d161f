import type { JSX } from "preact"
import { type Run, wordLines } from "../../../editor/document/index.ts"
import { Layout } from "../../web/layout.tsx"
import { PageHeader } from "../../web/page-header.tsx"
import { crumbs, type Page, wiki } from "../model.ts"
import { HIDDEN_NAME } from "../redactions/model.ts"
import type { PageAuthorship, Share } from "./actions.ts"

/** Ways of underlining that can be told apart; with more people they come round again, and the names still tell. */
const STROKES = 6

/** The page word for word with who wrote what, and how much of it is whose. */
export function AuthorshipPage({ authorship }: { authorship: PageAuthorship }): JSX.Element {
  const { at, contributors, words } = authorship
  const { page, revision } = at
  return (
    <Layout title={`Who wrote ${page.title}`} head={<meta name="robots" content="noindex" />}>
      <PageHeader page={page} crumbs={crumbs(page)} tab="history" />
      <h2>Who wrote this page</h2>
      <p>
        All {words.toLocaleString("en")} words of revision {revision.number}, each with whoever wrote it first. A word keeps its author when it is
        moved, or taken out and brought back.
      </p>
      <SharesChart contributors={contributors} />
      <SharesTable page={page} contributors={contributors} />
      <h2>Word by word</h2>
      <p class="muted">After each passage stand its author and the revision that brought it, which leads to what that revision changed.</p>
      <div class="written">
        {at.doc.children.map((block, index) => (
          <WrittenBlock page={page} lines={wordLines(block)} runs={authorship.blocks[index]!} authorship={authorship} isHeading={block.type.name === "heading"} />
        ))}
      </div>
    </Layout>
  )
}

/** Units of the drawing; it grows and shrinks with the page. */
const WIDTH = 400
const ROW = 34

/** The shares as bars, the largest first; the table beside it says the same. */
function SharesChart({ contributors }: { contributors: Share[] }): JSX.Element | null {
  const shown = contributors.slice(0, 12)
  if (shown.length < 2) return null
  return (
    <svg class="author-shares" viewBox={`0 0 ${WIDTH} ${shown.length * ROW}`} role="img" aria-label="Shares of the words. The table below has all of them.">
      {shown.map(({ name, share }, index) => (
        <g>
          <text x="0" y={index * ROW + 13}>
            {name.length > 50 ? `${name.slice(0, 49)}…` : name}
          </text>
          <rect class={`stroke-${index % STROKES}`} x="0" y={index * ROW + 18} width={Math.max(2, Math.round(share * (WIDTH - 60)))} height="10" />
          <text x={Math.max(2, Math.round(share * (WIDTH - 60))) + 6} y={index * ROW + 27}>
            {percent(share)}
          </text>
        </g>
      ))}
    </svg>
  )
}

function SharesTable({ page, contributors }: { page: Page; contributors: Share[] }): JSX.Element {
  return (
    <div class="table-scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Author</th>
            <th scope="col">Words</th>
            <th scope="col">Share</th>
            <th scope="col">Revisions that left words</th>
          </tr>
        </thead>
        <tbody>
          {contributors.map(({ name, words, share, revisions }) => (
            <tr>
              <th scope="row">
                <Person name={name} />
              </th>
              <td>{words.toLocaleString("en")}</td>
              <td>{percent(share)}</td>
              <td>
                <Revisions page={page} numbers={revisions} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** So many revisions are named one by one. */
const NAMED = 8

function Revisions({ page, numbers }: { page: Page; numbers: number[] }): JSX.Element {
  const named = numbers.length <= NAMED ? numbers : numbers.slice(-NAMED)
  return (
    <>
      {numbers.length > NAMED && `${numbers.length} in all, last `}
      {named.map((number, index) => (
        <>
          {index > 0 && ", "}
          <a href={revisionPath(page, number)}>{number}</a>
        </>
      ))}
    </>
  )
}

interface WrittenProps {
  page: Page
  lines: string[][]
  runs: readonly Run[]
  authorship: PageAuthorship
  isHeading: boolean
}

function WrittenBlock({ page, lines, runs, authorship, isHeading }: WrittenProps): JSX.Element | null {
  if (runs.length === 0) return null
  const byLine = passagesOf(lines, runs)
  const Line = isHeading ? "h3" : "p"
  return (
    <div class="written-block">
      {byLine.map((passages) => (
        <Line>
          {passages.map((passage) => (
            <Passage page={page} passage={passage} authorship={authorship} />
          ))}
        </Line>
      ))}
    </div>
  )
}

interface Piece {
  text: string
  revision: number
  /** Whether the run goes on in the next line, which says whose it is. */
  goesOn: boolean
}

function Passage({ page, passage, authorship }: { page: Page; passage: Piece; authorship: PageAuthorship }): JSX.Element {
  const { text, revision, goesOn } = passage
  const name = authorship.revisions.get(revision)?.contributors.join(", ")
  const index = authorship.contributors.findIndex((one) => one.name === name)
  if (name === undefined) return <>{text} </>
  return (
    <>
      <span class={`stroke-${index % STROKES}`}>{text}</span>
      {!goesOn && (
        <a class="writer" href={revisionPath(page, revision)}>
          <bdi>{name}</bdi>, {revision}
        </a>
      )}{" "}
    </>
  )
}

/** The words of each line in pieces of one revision each. */
function passagesOf(lines: string[][], runs: readonly Run[]): Piece[][] {
  let [run, left] = [0, runs[0]!.words]
  return lines
    .filter((words) => words.length > 0)
    .map((words) => {
      const pieces: Piece[] = []
      for (let at = 0; at < words.length; ) {
        const count = Math.min(left, words.length - at)
        left -= count
        pieces.push({ text: words.slice(at, at + count).join(" "), revision: runs[run]!.revision, goesOn: left > 0 })
        at += count
        if (left === 0) left = runs[++run]?.words ?? 0
      }
      return pieces
    })
}

function Person({ name }: { name: string }): JSX.Element {
  if (name === HIDDEN_NAME || name.includes(", ")) return <bdi>{name}</bdi>
  return (
    <a href={`/users/${encodeURIComponent(name)}`}>
      <bdi>{name}</bdi>
    </a>
  )
}

function revisionPath(page: Page, number: number): string {
  return number === 1 ? `${wiki(page)}/revisions/1` : `${wiki(page)}/diff/${number - 1}/${number}`
}

function percent(share: number): string {
  return share > 0 && share < 0.01 ? "under 1 %" : `${Math.round(share * 100)} %`
}
