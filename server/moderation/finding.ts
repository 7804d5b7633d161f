import type { Folded } from "./fold.ts"
import type { Groups, Links } from "./numbers.ts"

export type PersonalKind = "a-number" | "ssn" | "receipt" | "date-of-birth" | "bare-digits" | "phone" | "email"

/** Something in a text that may tell who a person is. */
export interface Finding {
  kind: PersonalKind
  /** `refuse`: must not be published at all. `hold`: somebody should look first. */
  action: "refuse" | "hold"
  /** Its place in the text. */
  start: number
  end: number
  /** What was found, folded: digits alone for a number, so that two spellings of it are equal. */
  value: string
  /** Telephone numbers: whether words near it say that it is somebody's own, and not only nothing that it is an office's. */
  isOwn?: boolean
}

/** A folded text and its numbers: what each search is handed. Findings are in places of the folded text. */
export interface Scene {
  folded: Folded
  text: string
  groups: Groups
  links: Links
}
