import type { JSX } from "preact"
import { HIDDEN_NAME } from "../pages/redactions/model.ts"

/** The people behind something, each leading to what else they did. */
export function Contributors({ names }: { names: string[] }): JSX.Element {
  return (
    <span class="people">
      {names.map((name, index) => (
        <>
          {index > 0 && ", "}
          <Person name={name} />
        </>
      ))}
    </span>
  )
}

function Person({ name }: { name: string }): JSX.Element {
  if (name === HIDDEN_NAME) return <span>{name}</span>
  return (
    <a href={`/users/${encodeURIComponent(name)}`}>
      <bdi>{name}</bdi>
    </a>
  )
}

/** By how many words a text grew or shrank. */
export function WordChange({ before, after }: { before: number; after: number }): JSX.Element {
  const change = after - before
  const sign = change > 0 ? "+" : change < 0 ? "−" : "±"
  const word = Math.abs(change) === 1 ? "word" : "words"
  return (
    <span class={`size ${change < 0 ? "less" : "more"}`}>
      {sign}
      {Math.abs(change)} {word}
    </span>
  )
}

/** What two revisions differ in, opened in its place: with a script it is fetched then, without one there is a link to it. */
export function OpenDiff({ path, from, to }: { path: string; from: number; to: number }): JSX.Element {
  const href = `${path}/diff/${from}/${to}`
  return (
    <details class="open-diff" data-source={`${href}/changes`}>
      <summary>What changed</summary>
      <p>
        <a href={href}>Compare revision {from} with revision {to}</a>
      </p>
    </details>
  )
}

/** The choices of a list as fields of a form: what is chosen stands in the address. */
export function Choice({ name, label, options, chosen }: ChoiceProps): JSX.Element {
  return (
    <label>
      {label}{" "}
      <select name={name}>
        {options.map(([value, text]) => (
          <option value={value} selected={value === chosen}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ChoiceProps {
  name: string
  label: string
  options: [value: string, text: string][]
  chosen: string
}
