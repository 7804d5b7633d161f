import type { JSX } from "preact"
import type { Event, EventType } from "../events.ts"

/** How a feature that `history` does not know tells its events on a page's timeline (DESIGN.md §1, display). */
export interface TimelineTeller {
  types: EventType[]
  /** What to show for each event, by its `seq`; an event left out is not shown. */
  tell(events: Event[]): Promise<Map<number, JSX.Element>>
}
