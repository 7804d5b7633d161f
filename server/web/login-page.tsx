import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { Field, Problems } from "./forms.tsx"
import { CsrfField, Layout } from "./layout.tsx"

interface LoginProps {
  problems?: Problem[]
  values?: { username?: string }
  /** Where to go afterwards: a path on this site. */
  next?: string
  /** The fields of a form that was sent without a login, and under `carried` its address: they go through the login and back. */
  carried?: Record<string, string>
}

/** What a login form holds of its own; a carried form has none of these. */
const OWN = new Set(["_csrf", "username", "password", "next"])

export function LoginPage({ problems = [], values = {}, next = "", carried = {} }: LoginProps): JSX.Element {
  const fields = Object.entries(carried).filter(([name]) => !OWN.has(name))
  const isCarrying = carried.carried !== undefined
  return (
    <Layout title="Log in">
      <h1>Log in</h1>
      {isCarrying && (
        <p class="notice warning" role="status">
          Your login has expired. What you wrote is not lost: it is in this page, and the form comes back with it as soon as you are logged in.
        </p>
      )}
      <Problems problems={problems} />
      <form method="post" action="/login" class="narrow">
        <CsrfField />
        {next && <input type="hidden" name="next" value={next} />}
        {fields.map(([name, value]) => (
          <textarea name={name} hidden>
            {`\n${value}`}
          </textarea>
        ))}
        <Field name="username" label="Name" problems={problems} value={values.username} autocomplete="username" required />
        <Field name="password" label="Password" type="password" problems={problems} autocomplete="current-password" required />
        <button type="submit">Log in</button>
      </form>
      {!isCarrying && (
        <p>
          No account yet? <a href={next ? `/register?next=${encodeURIComponent(next)}` : "/register"}>Register</a>. Reading and commenting need
          none.
        </p>
      )}
    </Layout>
  )
}
