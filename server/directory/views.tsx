import type { JSX } from "preact"
import { dateText } from "../../editor/document/index.ts"
import { wiki } from "../pages/model.ts"
import { Layout } from "../web/layout.tsx"
import type { Directory, RegionCount } from "./actions.ts"
import { MapFigure } from "./map.tsx"
import { type Choice, choices, type Facility, type FacilityFilter, facilitiesPath, regionName } from "./model.ts"

/** Rows of the directory on one page. */
const ROWS = 300

interface FacilitiesProps {
  directory: Directory
  regions: RegionCount[]
  filter: FacilityFilter
  page: number
}

/** The directory: a form that filters, and a table. */
export function FacilitiesPage({ directory, regions, filter, page }: FacilitiesProps): JSX.Element {
  const { facilities, options } = directory
  const shown = facilities.slice((page - 1) * ROWS, page * ROWS)
  const place = filter.region === null ? "" : ` in ${regionName(filter.region)}`
  const title = filter.region === "none" ? "Facilities whose state is not known" : `Facilities${place}`
  return (
    <Layout title={title} scripts={["facility-map.js"]}>
      <nav class="breadcrumbs" aria-label="Where you are">
        <ol>
          <li>
            <a href="/">Home</a>
          </li>
          {filter.region !== null && (
            <li>
              <a href="/facilities">Facilities</a>
            </li>
          )}
          <li aria-current="page">{filter.region === null ? "Facilities" : regionName(filter.region)}</li>
        </ol>
      </nav>
      <h1>{title}</h1>
      <Filters regions={regions} options={options} filter={filter} />
      <p class="count" role="status">
        {countText(facilities.length)}
      </p>
      {facilities.some(({ place }) => place) && <MapFigure facilities={facilities} />}
      {shown.length > 0 && <FacilityTable facilities={shown} />}
      {facilities.length === 0 && (
        <p>
          No facility fits. <a href="/facilities">Show all</a>, or search <a href="/search">the whole text</a>.
        </p>
      )}
      <nav class="pager" aria-label="More facilities">
        {page > 1 && (
          <a rel="prev" href={facilitiesPath(filter, page - 1)}>
            Earlier
          </a>
        )}{" "}
        {facilities.length > page * ROWS && (
          <a rel="next" href={facilitiesPath(filter, page + 1)}>
            More
          </a>
        )}
      </nav>
    </Layout>
  )
}

function Filters({ regions, options, filter }: { regions: RegionCount[]; options: Record<Choice, string[]>; filter: FacilityFilter }): JSX.Element {
  return (
    <form class="filters" action="/facilities">
      <p class="field">
        <label for="field-q">Name or code</label>
        <input id="field-q" type="search" name="q" value={filter.text} />
      </p>
      <p class="field">
        <label for="field-state">State</label>
        <select id="field-state" name="state">
          <option value="">all</option>
          {regions.map(({ code, name, count }) => (
            <option value={code} selected={code === filter.region}>
              {name} ({count})
            </option>
          ))}
        </select>
      </p>
      {choices.map((name) => (
        <Options name={name} options={options[name]} value={filter[name]} />
      ))}
      <button type="submit">Show</button>
    </form>
  )
}

const LABELS: Record<Choice, string> = { status: "Status", operator: "Operator", type: "Kind", office: "Field office" }

function Options({ name, options, value }: { name: Choice; options: string[]; value: string | null }): JSX.Element | null {
  if (options.length === 0) return null
  return (
    <p class="field">
      <label for={`field-${name}`}>{LABELS[name]}</label>
      <select id={`field-${name}`} name={name}>
        <option value="">any</option>
        {options.map((option) => (
          <option value={option} selected={option.toLowerCase() === value?.toLowerCase()}>
            {option}
          </option>
        ))}
      </select>
    </p>
  )
}

function FacilityTable({ facilities }: { facilities: Facility[] }): JSX.Element {
  return (
    <div class="table-scroll" role="region" aria-label="Facilities" tabindex={0}>
      <table class="facilities">
        <thead>
          <tr>
            <th scope="col">Facility</th>
            <th scope="col">State</th>
            <th scope="col">Kind</th>
            <th scope="col">Field office</th>
            <th scope="col">Status</th>
            <th scope="col">People held</th>
            <th scope="col">Last check</th>
          </tr>
        </thead>
        <tbody>
          {facilities.map((facility) => (
            <tr>
              <th scope="row">
                <a href={wiki(facility)}>{facility.title}</a>
              </th>
              <td>{facility.region ? regionName(facility.region) : "not known"}</td>
              <td>{facility.type ?? "not known"}</td>
              <td>{facility.office ?? "not known"}</td>
              <td>{facility.status ?? "not known"}</td>
              <td>
                {facility.population ?? "not known"}
                {facility.populationAsOf && <span class="as-of"> ({dateText(facility.populationAsOf)})</span>}
              </td>
              <td>
                <span class={`freshness ${facility.checked.state}`}>{facility.checked.text}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function countText(count: number): string {
  return count === 1 ? "1 facility." : `${count.toLocaleString("en")} facilities.`
}
