import type { Node } from "prosemirror-model"
import {
  type Citation,
  type Fact,
  factKind,
  factLabel,
  type FactRank,
  type FactState,
  type FactType,
  facts,
  daySpan,
  UNLISTED_DAYS,
  valueJson,
  valueText,
} from "../../editor/document/index.ts"
import { type Page, wiki } from "../pages/model.ts"

const DAY = 86_400_000

/** Under which facts may be used as data: nobody owns a telephone number. The words of pages and of sources are not meant. */
export const LICENCE = { name: "CC0 1.0", url: "https://creativecommons.org/publicdomain/zero/1.0/" }

/** A fact as rows and queries hold it. */
export interface FactRow {
  id: string
  position: number
  key: string
  label: string
  type: FactType
  /** Canonical, in the grammar of `type`. */
  value: string
  text: string
  state: FactState
  rank: FactRank
  qualifier: string
  sources: Citation[]
  asOf: string
  checkedOn: string
  note: string
  /** How the last check was made; empty when nobody said. */
  method: string
  /** The day of a report that it is wrong which nobody has answered yet; empty when there is none. */
  doubtedOn: string
}

/** A fact as programs get it (CONTRACT, `/api/v1/facts`): with the slug of its page, its value taken apart, and when to check it again. */
export interface PublicFact {
  id: string
  page: string
  key: string
  label: string
  type: FactType
  value: unknown
  text: string
  state: FactState
  rank: FactRank
  qualifier: string
  sources: Citation[]
  asOf: string | null
  /** May stop at the month or year; null when nobody has checked. */
  checkedOn: string | null
  /** The day from which the last check is no longer recent; null when never checked, or when no check is ever due. */
  dueOn: string | null
  note: string
}

/** The page about one fact: its claims, sources, checks and past. */
export function factUrl(page: Pick<Page, "slug">, id: string): string {
  return `${wiki(page)}/facts/${encodeURIComponent(id)}`
}

/** Whether looking would tell more: of what is out of date, unknown or needs no checking it would not. */
export function canBeChecked({ key, state, rank }: Pick<FactRow, "key" | "state" | "rank">): boolean {
  return rank !== "deprecated" && state !== "unknown" && state !== "withheld" && factKind(key)?.days !== 0
}

/** The facts of a document as rows, in its order. */
export function rowsOf(doc: Node): FactRow[] {
  return facts(doc).map(rowOf)
}

/** The row of a document's fact, `position` its place among them. */
export function rowOf(fact: Fact, position: number): FactRow {
  return {
    id: fact.block || `at-${position}`,
    position,
    key: fact.key,
    label: factLabel(fact),
    type: fact.type,
    value: fact.value,
    text: valueText(fact),
    state: fact.state,
    rank: fact.rank,
    qualifier: fact.qualifier,
    sources: fact.sources,
    asOf: fact.asOf,
    checkedOn: fact.checked,
    note: fact.note,
    method: "",
    doubtedOn: "",
  }
}

export function publicFact({ position: _position, ...row }: FactRow, page: string): PublicFact {
  return {
    ...row,
    page,
    value: valueJson(row),
    asOf: row.asOf || null,
    checkedOn: row.checkedOn || null,
    dueOn: dueOn(row.key, row.checkedOn),
  }
}

/** The day on which a check of `checkedOn` stops being recent, counted as `freshness` counts. */
export function dueOn(key: string, checkedOn: string): string | null {
  const days = factKind(key)?.days ?? UNLISTED_DAYS
  if (checkedOn === "" || days === 0) return null
  return new Date(Date.parse(daySpan(checkedOn).first) + (days + 1) * DAY).toISOString().slice(0, 10)
}
