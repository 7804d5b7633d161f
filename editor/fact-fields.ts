import { dateText } from "./document/dates.ts"
import { stateNames } from "./document/one-fact.ts"
import { type FactAttrs, factRanks, factStates, type FactType, factTypes } from "./document/schema.ts"
import { factKind, factKinds } from "./document/vocabulary.ts"
import { h } from "./dom.ts"

/** The choices of a fact's form, in the words its readers know. */

export const rankNames: Record<FactAttrs["rank"], string> = {
  preferred: "The one to rely on",
  normal: "Ordinary",
  deprecated: "Out of date",
}

export const typeNames: Record<FactType, string> = {
  text: "Words",
  phone: "Telephone number",
  address: "Postal address",
  hours: "Days and hours",
  money: "Amount of money",
  date: "Date",
  number: "Number",
  person: "Person",
  link: "Web address",
  menu: "Steps of a call",
}

const OTHER = "Another kind, named below"

export function kindSelect(): HTMLSelectElement {
  const groups = new Map<string, HTMLOptGroupElement>()
  const select = h("select", { "data-field": "key" }, h("option", { value: "" }, OTHER))
  for (const kind of factKinds) {
    const group = groups.get(kind.group) ?? select.appendChild(h("optgroup", { label: kind.group }))
    groups.set(kind.group, group)
    group.append(h("option", { value: kind.key }, kind.labels.en))
  }
  return select
}

export const typeSelect = () => choices("type", factTypes, typeNames)
export const stateSelect = () => choices("state", factStates, stateNames)
export const rankSelect = () => choices("rank", factRanks, rankNames)

/** Words for a kind that this version does not know are kept as they are; the select shows its key. */
export function showKind(select: HTMLSelectElement, key: string) {
  if (key !== "" && !factKind(key) && ![...select.options].some((option) => option.value === key)) {
    select.append(h("option", { value: key }, key))
  }
  select.value = key
}

/** A date as people write it; what is not a date stays as it was typed. */
export function shownDate(value: string): string {
  return /^~?\d{4}(-\d\d){0,2}$/.test(value) ? dateText(value) : value
}

function choices<T extends string>(field: string, values: readonly T[], names: Record<T, string>): HTMLSelectElement {
  return h("select", { "data-field": field }, ...values.map((value) => h("option", { value }, names[value])))
}
