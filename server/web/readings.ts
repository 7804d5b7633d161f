const HOUR = 3_600_000
/** Hours that are remembered. */
const KEPT = 24
/** Pages counted in one hour; a crawler that reads all must not fill the memory. */
const MOST = 20_000

/** How often each page was read in the last day: numbers by the hour, in memory alone, and nothing about who read. */
export class Readings {
  readonly #clock: () => Date
  readonly #hours = new Map<number, Map<string, number>>()

  constructor(clock: () => Date) {
    this.#clock = clock
  }

  count(page: string): void {
    const hour = this.#hour()
    const counts = this.#hours.get(hour) ?? this.#begin(hour)
    const count = counts.get(page)
    if (count !== undefined || counts.size < MOST) counts.set(page, (count ?? 0) + 1)
  }

  /** Readings of a page in the last 24 hours, in this process. */
  of(page: string): number {
    const oldest = this.#hour() - KEPT
    let sum = 0
    for (const [hour, counts] of this.#hours) if (hour > oldest) sum += counts.get(page) ?? 0
    return sum
  }

  #begin(hour: number): Map<string, number> {
    for (const old of this.#hours.keys()) if (old <= hour - KEPT) this.#hours.delete(old)
    const counts = new Map<string, number>()
    this.#hours.set(hour, counts)
    return counts
  }

  #hour(): number {
    return Math.floor(this.#clock().getTime() / HOUR)
  }
}
