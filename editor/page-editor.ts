import { takeOver } from "./take-over.ts"

// The script of the edit form. Without it, or when it fails, the form works as it came: with Markdown in its text area.
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) {
  void takeOver(form).catch((error: unknown) => {
    // Nobody but the people who look after the site can do anything about it, and they look here.
    reportError(error)
  })
}
