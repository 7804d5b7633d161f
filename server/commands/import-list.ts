import { readFile, stat, writeFile } from "node:fs/promises"
import { readCsv } from "../directory/lists/csv.ts"
import { type Mapping, missingColumns, readMapping } from "../directory/lists/mapping.ts"
import { preset, presetFor, presetNames } from "../directory/lists/presets.ts"
import { type Outcome, type Report, summaryOf } from "../directory/lists/report.ts"
import { AppError } from "../errors.ts"
import { csvLine } from "../web/csv.ts"
import { decodeText } from "../transfer/model.ts"
import { note, say, type Typed } from "./command.ts"
import { showProgress } from "./progress.ts"
import { withSite } from "./site.ts"

export const lists = ["facilities", "population", "transfers"] as const

/** Each loaded when it is asked for. */
const takers = {
  facilities: async () => (await import("../directory/lists/import-facilities.ts")).importFacilities,
  population: async () => (await import("../directory/lists/import-population.ts")).importPopulation,
  transfers: async () => (await import("../directory/lists/import-transfers.ts")).importTransfers,
}

/** Bytes of a list; that of every prison in the country has two million. */
const LARGEST = 64 * 1024 * 1024
const COLUMNS = ["line", "name", "result", "why", "page", "added", "updated", "beside another claim", "remarks"]

export const listHelp = `habeas import facilities FILE.csv, habeas import population FILE.csv, habeas import transfers FILE.csv

Take a list in: a page for each place that has none, what the list says beside what stands on the others,
one revision a page, the source cited; or the monthly numbers of people held; or how many were taken from one
place to another, by two codes and a count, with a mapping of your own. What people wrote is never changed.

  --mapping NAME     how the columns are read: ${presetNames.join(", ")}, or a file of that form;
                     otherwise the one whose columns the list has
  --dry-run          tells what would happen and writes nothing
  --report FILE      what became of each row, as CSV`

/** Takes a list in; tells each row that was skipped, and why, on standard error. */
export async function importList(of: Mapping["of"], path: string, options: Typed["options"]): Promise<void> {
  const table = readCsv(await readText(path))
  const mapping = await chooseMapping(of, table.columns, options.mapping)
  const missing = missingColumns(mapping, table.columns)
  if (missing.length > 0) throw new AppError("invalid", `${path} has no column ${missing.map((name) => `“${name}”`).join(", ")}, which the mapping reads.`)
  const isDryRun = options["dry-run"] === true
  const take = await takers[of]()
  const report = await withSite((ctx) => take(ctx, { table, mapping, isDryRun, onProgress: showProgress(`Importing ${of}`) }))
  for (const { line, name, why } of report.outcomes.filter(({ result }) => result === "skipped")) note(`Line ${line}, ${name || "no name"}: skipped, ${why}`)
  if (typeof options.report === "string") await writeFile(options.report, csvOf(report))
  say(`${isDryRun ? "Nothing was written. There would be " : ""}${summaryOf(report)}`)
}

async function chooseMapping(of: Mapping["of"], columns: readonly string[], wanted: unknown): Promise<Mapping> {
  const mapping = typeof wanted === "string" ? (preset(wanted) ?? readMapping(await readText(wanted))) : presetFor(of, columns)
  if (!mapping) throw new AppError("invalid", `No mapping that comes with Habeas fits these columns: ${columns.slice(0, 12).join(", ")}. Name one with --mapping FILE.`)
  if (mapping.of !== of) throw new AppError("invalid", `The mapping ${mapping.list} is for “import ${mapping.of}”.`)
  return mapping
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > LARGEST) throw new AppError("too-large", `${path} is larger than a list can be (${LARGEST / 1024 / 1024} MB).`)
  const { text, warnings } = decodeText(await readFile(path))
  for (const warning of warnings) note(`${path}: ${warning}`)
  return text
}

function csvOf({ outcomes }: Report): string {
  return [csvLine(COLUMNS), ...outcomes.map((one) => csvLine(cellsOf(one)))].join("")
}

function cellsOf({ line, name, result, why, slug, added, updated, contested, remarks }: Outcome): (string | null)[] {
  return [String(line), name, result, why, slug, added.join("; "), updated.join("; "), contested.join("; "), remarks.join("; ")]
}
