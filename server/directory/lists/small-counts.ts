/** Fewer people than this in a group might be recognised (domain model §5). */
export const SMALLEST_TOLD = 5

/** One group of a breakdown, its number null when it must not be told. */
export interface Group {
  name: string
  count: number | null
}

/**
 * A breakdown of people into groups without the small ones. Where one alone would be left out, what is missing from the
 * total would give it away, so the smallest of the others goes with it. Numbers are rounded; nought is told.
 */
export function withoutSmall(groups: readonly { name: string; count: number }[]): Group[] {
  const isSmall = ({ count }: { count: number }) => count > 0 && count < SMALLEST_TOLD
  const hidden = new Set(groups.filter(isSmall))
  const rest = groups.filter((group) => !hidden.has(group) && group.count > 0)
  if (hidden.size === 1 && rest.length > 0) hidden.add(rest.reduce((least, group) => (group.count < least.count ? group : least)))
  return groups.map((group) => ({ name: group.name, count: hidden.has(group) ? null : Math.round(group.count) }))
}
