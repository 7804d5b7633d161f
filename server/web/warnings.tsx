import type { JSX } from "preact"

/** Over a form that somebody filled in: what of their text could not be taken over as it was written. */
export function Warnings({ warnings }: { warnings: string[] }): JSX.Element {
  return (
    <div class="notice warning" role="status">
      <p>Not everything could be taken over as written:</p>
      <ul>
        {warnings.map((warning) => (
          <li>{warning}</li>
        ))}
      </ul>
    </div>
  )
}
