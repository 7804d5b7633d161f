/** What is derived from pages or brought in from lists: facts, sources, counts. */
export interface FactTables {
  facts: {
    page_id: string
    id: string
    position: number
    key: string
    label: string
    type: string
    value: string
    text: string
    state: string
    rank: string
    qualifier: string
    sources: string
    as_of: string
    checked_on: string
    note: string
    /** How the last check was made; empty when nobody said. */
    method: string
    /** The day of a report that it is wrong which nobody has answered; empty when there is none. */
    doubted_on: string
  }
  /** What people said of a fact after having looked. `digest` is of what they attested, `run` tells guests apart (facts/voices.ts). */
  fact_checks: {
    id: string
    page_id: string
    fact_id: string
    digest: string
    result: "confirmed" | "wrong" | "unclear"
    method: string
    source: string
    checked_on: string
    checker_id: string | null
    run: string | null
    created_at: string
  }
  /** Derived: what a page rests on, in the order of its list of sources and its facts; `fact_id` is empty for its text. */
  citations: { page_id: string; position: number; source: string; title: string; locator: string; fact_id: string }
  /** Whether the web addresses that pages cite answer. */
  link_checks: { address: string; status: string; failures: number; failing_since: string | null; checked_at: string }
  /** What an address that somebody wants to cite says of itself. */
  source_proposals: {
    address: string
    state: "asked" | "found" | "failed"
    title: string
    publisher: string
    published_on: string
    asked_at: string
  }
  /** What each row of an imported list said when it was last taken in: JSON of fact names and values. */
  list_rows: { list: string; row_key: string; page_id: string; said: string; imported_at: string }
  /** People held on a night, by month: the mean with one decimal, and the highest count. `code` is the agency's for the place. */
  population_months: { page_id: string; code: string; month: string; mean: string; highest: number; days: number; source: string }
  /** People taken from one facility to another, by an imported list; as of a date as precise as known, or "". */
  transfers: { list: string; from_page: string; to_page: string; people: number; as_of: string; source: string }
}
