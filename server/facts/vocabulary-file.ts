import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { type FactKind, factTypes, needs } from "../../editor/document/index.ts"
import { ConfigError } from "../config.ts"

/** In DATA_DIR: the kinds of fact that a site has of its own, as a list of JSON objects. */
const FILE = "vocabulary.json"
const LONGEST = 200
/** More would be another vocabulary. */
const MOST = 200

/**
 * The kinds of fact in `vocabulary.json`, none when there is no such file: `key`, `labels` (`en`, and `es` and `ht` where they are
 * known), `type`, and as far as they are given `group`, `days`, `repeatable`, `need` and `asks`. Throws `ConfigError`, naming the place.
 */
export function readSiteKinds(dataDir: string): FactKind[] {
  const path = join(dataDir, FILE)
  if (!existsSync(path)) return []
  const given = parse(readFileSync(path, "utf8"))
  if (!Array.isArray(given) || given.length > MOST) throw wrong(`has to hold a list of at most ${MOST} kinds of fact`)
  const kinds = given.map(readKind)
  const twice = kinds.find(({ key }, index) => kinds.findIndex((other) => other.key === key) !== index)
  if (twice) throw wrong(`has the kind "${twice.key}" twice`)
  return kinds
}

function readKind(given: unknown, index: number): FactKind {
  const place = `[${index}]`
  if (typeof given !== "object" || given === null) throw wrong(`${place} has to be an object`)
  const kind = given as Record<string, unknown>
  if (typeof kind.key !== "string" || !/^[a-z][a-z0-9_]{0,59}$/.test(kind.key)) throw wrong(`${place}.key has to be made of small letters, digits and _`)
  const { days = 0, repeatable = false, need = null, type } = kind
  if (!Number.isInteger(days) || (days as number) < 0 || (days as number) > 3650) throw wrong(`${place}.days has to be a number of days from 0 to 3650`)
  if (typeof repeatable !== "boolean") throw wrong(`${place}.repeatable has to be true or false`)
  const labels = readLabels(kind.labels, place)
  return {
    key: kind.key,
    group: readText(kind.group ?? "This site", `${place}.group`),
    labels,
    type: oneOf(factTypes, type, `${place}.type`),
    days: days as number,
    repeatable,
    need: need === null ? null : oneOf(needs, need, `${place}.need`),
    asks: kind.asks === undefined ? "" : readText(kind.asks, `${place}.asks`),
  }
}

function readLabels(given: unknown, place: string): FactKind["labels"] {
  if (typeof given !== "object" || given === null) throw wrong(`${place}.labels has to be an object with "en"`)
  const { en, es, ht } = given as Record<string, unknown>
  const english = readText(en, `${place}.labels.en`)
  return { en: english, es: readText(es ?? english, `${place}.labels.es`), ht: readText(ht ?? english, `${place}.labels.ht`) }
}

function readText(value: unknown, place: string): string {
  if (typeof value === "string" && value.trim() !== "" && value.length <= LONGEST && !/\p{Cc}/u.test(value)) return value.trim()
  throw wrong(`${place} has to be a text of at most ${LONGEST} characters`)
}

function oneOf<Choice extends string>(choices: readonly Choice[], value: unknown, place: string): Choice {
  const found = choices.find((choice) => choice === value)
  if (found === undefined) throw wrong(`${place} has to be one of ${choices.join(", ")}`)
  return found
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw wrong("is not well-formed JSON")
  }
}

function wrong(what: string): ConfigError {
  return new ConfigError(`DATA_DIR/${FILE} ${what}.`)
}
