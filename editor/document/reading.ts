/** What became of a text typed by a person: its canonical form, or one sentence saying what is wrong with it. */
export type ValueReading = { ok: true; value: string } | { ok: false; problem: string }

export function understood(value: string): ValueReading {
  return { ok: true, value }
}

export function refused(problem: string): ValueReading {
  return { ok: false, problem }
}

/** One line: every run of white space is one blank, none at the ends. */
export function tidy(text: string): string {
  return text.replace(/\s+/g, " ").trim()
}
