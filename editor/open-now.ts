import { hoursRules, timeText } from "./document/hours.ts"
import type { Day } from "./document/hours-scan.ts"
import { openAt, openText } from "./document/hours-week.ts"
import { sayHours } from "./document/hours-words.ts"
import { readingLanguages } from "./document/words.ts"

// On a reader's page, which is kept for many and therefore never says what time it is: whether a place is open, by the clock there.

const MINUTE = 60_000

for (const place of document.querySelectorAll<HTMLElement>("[data-hours][data-zone]")) {
  const show = () => tell(place, place.dataset.hours!, place.dataset.zone!)
  show()
  setInterval(show, MINUTE)
}

function tell(place: HTMLElement, hours: string, timeZone: string) {
  try {
    const clock = new Intl.DateTimeFormat("en-US", { timeZone, weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
    const parts = new Map(clock.formatToParts().map(({ type, value }) => [type, value]))
    const day = parts.get("weekday")!.slice(0, 2) as Exclude<Day, "PH">
    const time = `${parts.get("hour")}:${parts.get("minute")}`
    const language = readingLanguages.find((one) => one === place.lang) ?? "en"
    place.textContent = `${openText(openAt(hoursRules(hours), day, time), language)} ${sayHours(language, "timeThere", timeText(time, language))}`
    place.hidden = false
  } catch {
    // An old browser without this time zone: the week stands above.
  }
}
