import type { Verdict } from "../../comments/model.ts"
import type { PageName } from "../model.ts"

/** A decision as a sentence about the moderator: "Refused a comment on Krome Detention Center". */
export function decisionWords({ decision, state }: Verdict, what: string, page: PageName | null): string {
  const thing = page ? `${what} ${page.title}` : what
  if (decision === "spam") return `Marked ${thing} as spam`
  if (decision === "approve") return `Published ${thing}`
  return `${state === "published" ? "Took away" : "Refused"} ${thing}`
}
