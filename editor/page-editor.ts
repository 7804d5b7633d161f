import { addSiteKinds, type FactKind } from "./document/vocabulary.ts"
import { takeOver } from "./take-over.ts"

// The script of the edit form. Without it, or when it fails, the form works as it came: with Markdown in its text area.
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-editor]")) {
  try {
    if (form.dataset.kinds) addSiteKinds(JSON.parse(form.dataset.kinds) as FactKind[])
    takeOver(form)
  } catch (error) {
    // The form still works. Whoever looks after the site finds the reason in the browser's console.
    reportError(error)
  }
}
