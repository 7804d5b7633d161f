import { field, openDialog } from "./dialog.ts"
import { h } from "./dom.ts"
import { logInAgain } from "./drafts-server.ts"

/** Asks the writer for the password, over the page they write. True once they are logged in again. */
export function askForPassword(form: HTMLFormElement): Promise<boolean> {
  return new Promise((resolve) => {
    const name = form.dataset.writerName ?? ""
    const username = h("input", { type: "text", value: name, readonly: true, autocomplete: "username" })
    const password = h("input", { type: "password", autocomplete: "current-password", required: true })
    let trying = false
    let done = false
    const dialog = openDialog({
      title: "Your login has expired",
      content: [h("p", {}, "What you wrote is still here. Log in, and it is sent."), field("Name", username), field("Password", password)],
      accept: "Log in",
      onAccept: () => {
        if (!trying) void attempt()
        return false
      },
      onClose: () => resolve(done),
    })
    password.focus()

    async function attempt() {
      trying = true
      const problem = await logInAgain(form, password.value)
      trying = false
      if (problem === null) {
        done = true
        return dialog.close()
      }
      dialog.problem(problem)
      password.select()
    }
  })
}
