import type { JSX } from "preact"
import type { Problem } from "../errors.ts"
import { CsrfField, Layout } from "../web/layout.tsx"
import { Field, Problems } from "../web/forms.tsx"
import type { Account } from "./model.ts"

interface FormProps {
  problems?: Problem[]
  values?: { username?: string; email?: string }
  /** Where to go afterwards: a path on this site. */
  next?: string
}

export function RegisterPage({ problems = [], values = {}, next = "" }: FormProps): JSX.Element {
  return (
    <Layout title="Register">
      <h1>Register</h1>
      <p>With an account you can correct pages and start new ones. The name is public: choose one that does not tell who you are.</p>
      <Problems problems={problems} remover={{ form: "register-form" }} />
      <form id="register-form" method="post" action="/register" class="narrow">
        <CsrfField />
        {next && <input type="hidden" name="next" value={next} />}
        <Field name="username" label="Name" problems={problems} value={values.username} autocomplete="username" required />
        <Field
          name="password"
          label="Password"
          hint="At least 8 characters. A sentence is good."
          type="password"
          problems={problems}
          autocomplete="new-password"
          required
        />
        <Field
          name="email"
          label="E-mail address (optional)"
          hint="Never shown to anybody. For mail about what you watch, once you have confirmed it."
          type="email"
          problems={problems}
          value={values.email}
          autocomplete="email"
        />
        <button type="submit">Register</button>
      </form>
    </Layout>
  )
}

interface AccountProps {
  account: Account
  problems?: Problem[]
  saved?: boolean
  /** What other features show a person here. */
  panels: (JSX.Element | null)[]
}

export function AccountPage({ account, problems = [], saved = false, panels }: AccountProps): JSX.Element {
  return (
    <Layout title="Your account">
      <h1>Your account</h1>
      <dl class="facts">
        <div>
          <dt>Name</dt>
          <dd>
            <bdi>{account.name}</bdi> (<a href={`/users/${encodeURIComponent(account.name)}`}>what you wrote</a>)
          </dd>
        </div>
        <div>
          <dt>Role</dt>
          <dd>{account.role}</dd>
        </div>
        <div>
          <dt>E-mail address</dt>
          <dd>{account.email ? `${account.email}${account.emailConfirmedAt ? "" : " (not confirmed yet)"}` : "none"}</dd>
        </div>
      </dl>
      {panels}
      <h2>Change the password</h2>
      {saved && (
        <p class="done" role="status">
          The password was changed. Other devices were logged out.
        </p>
      )}
      <Problems problems={problems} />
      <form method="post" action="/account" class="narrow">
        <CsrfField />
        <input type="hidden" name="username" value={account.name} autocomplete="username" />
        <Field name="current" label="Present password" type="password" problems={problems} autocomplete="current-password" required />
        <Field name="password" label="New password" type="password" problems={problems} autocomplete="new-password" required />
        <button type="submit">Change the password</button>
      </form>
    </Layout>
  )
}
