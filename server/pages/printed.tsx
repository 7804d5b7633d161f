import type { JSX } from "preact"
import { encode } from "uqr"
import { date } from "../web/dates.tsx"
import { type PageAt, wiki } from "./model.ts"

/** Whoever holds the sheet finds the page as it is now: its address to scan and to type, and what was printed of it (DESIGN.md §4). */
export function Printed({ at: { page, revision }, baseUrl }: { at: PageAt; baseUrl: string }): JSX.Element {
  const address = baseUrl + wiki(page)
  return (
    <div class="print-only printed">
      <QrCode text={address} />
      <p>
        Numbers and rules change. Look here before you rely on them:
        <br />
        <strong>{address}</strong>
        <br />
        Printed from revision {revision.number} of {date(revision.createdAt)}.
      </p>
    </div>
  )
}

/** A square of one unit a module, with the quiet zone of four that ISO/IEC 18004 asks for. */
function QrCode({ text }: { text: string }): JSX.Element {
  const { data, size } = encode(text, { ecc: "M", border: 4 })
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="110" height="110" shape-rendering="crispEdges" role="img" aria-label="The address of this page as a QR code">
      <path d={data.map(darkRuns).join("")} stroke="#000" />
    </svg>
  )
}

/** One row of modules as the strokes that darken it: a stroke for each run is a tenth of a square for each module. */
function darkRuns(row: readonly boolean[], y: number): string {
  let path = ""
  for (let start = row.indexOf(true); start !== -1; ) {
    const end = row.indexOf(false, start)
    path += `M${start} ${y + 0.5}h${end - start}`
    start = row.indexOf(true, end)
  }
  return path
}
