import type { FastifyRequest } from "fastify"
import type { JSX } from "preact"
import type { AppError, Problem } from "../errors.ts"
import type { Form } from "./body.ts"
import { Area, Problems } from "./forms.tsx"
import { CsrfField } from "./layout.tsx"

const ID = "refused-form"
/** The token is given anew, and no page repeats a password. */
const NOT_KEPT = new Set(["_csrf", "remove", "password", "current"])

/** What a form said that was refused and has no page of its own to come back to: to be mended here and sent again. Null when it was no form. */
export function refusedForm(request: FastifyRequest, refusal: AppError | null): JSX.Element | null {
  const problems = refusal?.code === "invalid" ? refusal.detail.problems : undefined
  const isForm = request.method === "POST" && request.routeOptions.config.csrf !== "none" && Boolean(request.body)
  return problems && isForm ? <RefusedForm action={request.url} form={request.body as Form} problems={problems} /> : null
}

function RefusedForm({ action, form, problems }: { action: string; form: Form; problems: Problem[] }): JSX.Element {
  const kept = Object.entries(form).filter(([name]) => !NOT_KEPT.has(name))
  const wrong = new Set(problems.map(({ field }) => field))
  return (
    <>
      <Problems problems={problems} remover={{ form: ID }} />
      <form id={ID} method="post" action={action} class="narrow">
        <CsrfField />
        {kept.map(([name, value]) =>
          wrong.has(name) ? <Area name={name} label="What you wrote" value={value} /> : <input type="hidden" name={name} value={value} />,
        )}
        <p class="actions">
          <button type="submit">Send it again</button>
        </p>
      </form>
    </>
  )
}
