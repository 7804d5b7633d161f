/** A place on the map in degrees, as one writes "25.7565, -80.4876"; null when a text is no such place. */
export function parsePlace(value: string): { latitude: number; longitude: number } | null {
  const found = /^([+-]?\d{1,2}(?:\.\d{1,9})?)\s*[,;]\s*([+-]?\d{1,3}(?:\.\d{1,9})?)$/.exec(value.trim())
  if (!found) return null
  const [latitude, longitude] = [Number(found[1]), Number(found[2])]
  // Lists write 0, 0 for a place they do not know.
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180 || (latitude === 0 && longitude === 0)) return null
  return { latitude, longitude }
}
