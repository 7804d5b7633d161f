import { createRequire } from "node:module"
import { type GeoProjection, geoAlbersUsa } from "d3-geo"
import { mesh } from "topojson-client"
import type { GeometryCollection, Topology } from "topojson-specification"
import type { Place } from "./model.ts"

/** The drawing that us-atlas has projected its boundaries to, and the projection that fits places into it. */
export const MAP_WIDTH = 975
export const MAP_HEIGHT = 610
const projection: GeoProjection = geoAlbersUsa().scale(1300).translate([487.5, 305])

type Atlas = Topology<{ states: GeometryCollection; nation: GeometryCollection }>
let atlas: Atlas | undefined
const drawn = new Map<string, string>()

/** Where a place is on the drawing, in whole units; null for territories that are not on it. */
export function placed({ latitude, longitude }: Place): [x: number, y: number] | null {
  const point = projection([longitude, latitude])
  return point ? [Math.round(point[0]), Math.round(point[1])] : null
}

/**
 * Outline or inner borders of the states as an SVG path (public-domain boundaries of the Census Bureau). Points nearer than
 * `grain` units to the one before are left out: a coarse map is a tenth of the bytes. Made once.
 */
export function boundaryPath(which: "outline" | "borders", grain: number): string {
  const key = `${which} ${grain}`
  let path = drawn.get(key)
  if (path === undefined) drawn.set(key, (path = draw(which, grain)))
  return path
}

function draw(which: "outline" | "borders", grain: number): string {
  atlas ??= createRequire(import.meta.url)("us-atlas/states-albers-10m.json") as Atlas
  const { states } = atlas.objects
  const lines = mesh(atlas, states, which === "borders" ? (one, other) => one !== other : (one, other) => one === other)
  return lines.coordinates.map((line) => lineOf(line as [number, number][], grain)).join("")
}

function lineOf(line: [number, number][], grain: number): string {
  const kept = line.filter((_, index) => index === 0 || index === line.length - 1)
  let last = line[0]!
  const points = line.slice(1, -1).filter((point) => {
    const isFar = Math.hypot(point[0] - last[0], point[1] - last[1]) >= grain
    if (isFar) last = point
    return isFar
  })
  const all = [kept[0]!, ...points, ...kept.slice(1)].map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`)
  const distinct = all.filter((point, index) => point !== all[index - 1])
  // An island smaller than the grain is a dot, and draws nothing.
  return distinct.length < 2 ? "" : `M${distinct.join("L")}`
}
