/** What became of one row of a list. */
export interface Outcome {
  line: number
  name: string
  result: "made" | "changed" | "unchanged" | "skipped"
  /** Why it was skipped; empty otherwise. */
  why: string
  /** The address of its page; null when there is none. */
  slug: string | null
  /** Facts by what was done with them, named by their kinds. */
  added: string[]
  updated: string[]
  contested: string[]
  /** What was put right or left out on the way, a sentence each. */
  remarks: string[]
}

export interface Report {
  outcomes: Outcome[]
  /** The slug of the page that the facts cite. */
  source: string
}

export function outcome(row: { line: number; name: string; remarks: string[] }, more: Partial<Outcome> & Pick<Outcome, "result">): Outcome {
  return { line: row.line, name: row.name, why: "", slug: null, added: [], updated: [], contested: [], remarks: row.remarks, ...more }
}

/** A line for the whole of it: "843 made, 1 changed, 12 unchanged, 3 skipped; 2 facts stand beside other claims". */
export function summaryOf({ outcomes }: Report): string {
  const count = (result: Outcome["result"]) => outcomes.filter((one) => one.result === result).length
  const rows = (["made", "changed", "unchanged", "skipped"] as const).map((result) => `${count(result)} ${result}`).join(", ")
  const contested = outcomes.reduce((sum, one) => sum + one.contested.length, 0)
  return `${outcomes.length} rows: ${rows}${contested > 0 ? `; ${contested} facts now stand beside what somebody else says` : ""}.`
}
