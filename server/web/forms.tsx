import type { JSX } from "preact"
import type { Problem } from "../errors.ts"

interface ProblemsProps {
  problems: Problem[]
  /** The id of the form, and the address that shows it again; without that one it goes where it was to go. */
  remover?: { form: string; action?: string }
}

/** What is wrong, above the form: named, and linked to the field. With `remover` each thing that was found in a text has a button that takes it out. */
export function Problems({ problems, remover }: ProblemsProps): JSX.Element | null {
  if (problems.length === 0) return null
  return (
    <div class="problems" role="alert">
      <p>This was not accepted yet. What you typed is still here.</p>
      <ul>
        {problems.map(({ field, message, excerpt }) => (
          <li>
            <a href={`#field-${field}`}>{message}</a>
            {excerpt && (
              <>
                {" "}
                <q>
                  {excerpt.before}
                  <mark>{excerpt.found}</mark>
                  {excerpt.after}
                </q>
              </>
            )}
            {excerpt && remover && field !== "file" && <Remove found={excerpt.found} {...remover} />}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Remove({ found, form, action }: { found: string; form: string; action?: string }): JSX.Element {
  return (
    <>
      {" "}
      <button type="submit" class="secondary" form={form} formaction={action} formnovalidate name="remove" value={found}>
        {action ? "Remove it" : "Remove it and send"} / <span lang="es">{action ? "Bórrelo" : "Bórrelo y envíe"}</span>
      </button>
    </>
  )
}

interface FieldProps {
  name: string
  label: string
  hint?: string
  problems?: Problem[]
  value?: string
  type?: "text" | "password" | "email" | "search"
  autocomplete?: string
  required?: boolean
  maxlength?: number
  /** The id of a list of values to choose from. */
  list?: string
}

/** One labelled line of a form, with its hint and what is wrong with it. */
export function Field({ value, type = "text", ...given }: FieldProps): JSX.Element {
  const { rest, control, around } = parts(given)
  return around(<input {...control} type={type} value={value} {...rest} />)
}

/** The same for a text of some lines. */
export function Area({ value, rows = 3, ...given }: Omit<FieldProps, "type"> & { rows?: number }): JSX.Element {
  const { rest, control, around } = parts(given)
  return around(
    // A browser drops the first line end in a text area.
    <textarea {...control} rows={rows} {...rest}>
      {`\n${value ?? ""}`}
    </textarea>,
  )
}

function parts({ name, label, hint, problems = [], ...rest }: Omit<FieldProps, "value" | "type">) {
  const id = `field-${name}`
  const problem = problems.find((one) => one.field === name)
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ") || undefined
  const control = { id, name, "aria-invalid": problem ? true : undefined, "aria-describedby": described }
  const around = (input: JSX.Element) => (
    <p class="field">
      <label for={id}>{label}</label>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span class="problem" id={`${id}-problem`}>
          {problem.message}
        </span>
      )}
      {input}
    </p>
  )
  return { rest, control, around }
}
