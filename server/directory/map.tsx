import type { JSX } from "preact"
import { wiki } from "../pages/model.ts"
import { boundaryPath, MAP_HEIGHT, MAP_WIDTH, placed } from "./boundaries.ts"
import type { Facility } from "./model.ts"

const FRESHNESS = ["recent", "due", "old", "never"] as const
const FRESHNESS_WORDS: Record<(typeof FRESHNESS)[number], string> = {
  recent: "checked recently",
  due: "check is due",
  old: "not checked for long",
  never: "never checked",
}
/** Distance between points of the boundaries, in units of the drawing. */
const GRAIN = { large: 2, small: 6 }

interface Dot {
  facility: Facility
  x: number
  y: number
  radius: number
}

/** The map with its legend, and how many places are not on it. */
export function MapFigure({ facilities }: { facilities: readonly Facility[] }): JSX.Element {
  const missing = facilities.length - dotsOf(facilities).length
  return (
    <figure class="map">
      <div class="map-frame">
        <UsMap facilities={facilities} />
      </div>
      <figcaption>
        <ul class="legend">
          {FRESHNESS.map((state) => (
            <li>
              <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
                <circle class={`dot ${state}`} cx="7" cy="7" r="5" />
              </svg>{" "}
              {FRESHNESS_WORDS[state]}
            </li>
          ))}
        </ul>
        <p class="muted">
          The larger a dot, the more people are held there.
          {missing > 0 && ` ${missing.toLocaleString("en")} of these places are not on the map: their location is not known, or is outside it. They are in the table.`}
        </p>
      </figcaption>
    </figure>
  )
}

/** The states, and a dot for each facility whose place is known. The large one leads to the pages; the small one is a picture. */
export function UsMap({ facilities, isSmall = false }: { facilities: readonly Facility[]; isSmall?: boolean }): JSX.Element {
  const dots = dotsOf(facilities)
  const grain = isSmall ? GRAIN.small : GRAIN.large
  const name = `Map of the United States with ${dots.length.toLocaleString("en")} facilities`
  return (
    <svg class={isSmall ? "us-map small" : "us-map"} viewBox={`0 0 ${MAP_WIDTH} ${MAP_HEIGHT}`} role={isSmall ? "img" : "group"} aria-label={name}>
      <path class="outline" d={boundaryPath("outline", grain)} />
      <path class="borders" d={boundaryPath("borders", grain)} />
      {isSmall ? <SmallDots dots={dots} /> : dots.map((dot) => <LinkedDot dot={dot} />)}
    </svg>
  )
}

function LinkedDot({ dot: { facility, x, y, radius } }: { dot: Dot }): JSX.Element {
  return (
    <a href={wiki(facility)} class="place" tabindex={-1}>
      <circle class={`dot ${facility.checked.state}`} cx={x} cy={y} r={radius}>
        <title>{[facility.title, facility.population && `${facility.population} held`, facility.checked.text].filter(Boolean).join(": ")}</title>
      </circle>
    </a>
  )
}

// One path for each size and colour: lines of no length with round ends.
function SmallDots({ dots }: { dots: readonly Dot[] }): JSX.Element {
  const paths = new Map<string, string>()
  for (const { facility, x, y, radius } of dots) {
    const key = `${facility.checked.state} size-${Math.min(12, Math.round(radius))}`
    paths.set(key, `${paths.get(key) ?? ""}M${x} ${y}h0`)
  }
  return (
    <>
      {[...paths].map(([key, d]) => (
        <path class={`dots ${key}`} d={d} stroke-width={Number(key.split("-")[1]) * 2} />
      ))}
    </>
  )
}

/** The largest first, so that no small one is hidden. Area stands for people. */
function dotsOf(facilities: readonly Facility[]): Dot[] {
  return facilities
    .flatMap((facility) => {
      const point = facility.place && placed(facility.place)
      if (!point) return []
      return [{ facility, x: point[0], y: point[1], radius: Math.round((2.5 + Math.sqrt(facility.held ?? 0) / 3.5) * 10) / 10 }]
    })
    .sort((one, other) => other.radius - one.radius)
}
