import { h, setText } from "./dom.ts"

// The script of pages on which people decide between versions. Without it, the browser asks for what is undecided when the form is sent.

for (const form of document.querySelectorAll<HTMLFormElement>("form.decide")) {
  const submit = form.querySelector<HTMLButtonElement>("button[type=submit]")!
  const places = [...form.querySelectorAll<HTMLFieldSetElement>(".collision")]
  const title = form.querySelector<HTMLInputElement>('input[name="title"]')
  const left = h("p", { class: "hint", role: "status" })
  submit.before(left)
  const look = () => {
    const count = places.filter((place) => !place.querySelector("input:checked")).length + (title?.value.trim() === "" ? 1 : 0)
    submit.disabled = count > 0
    setText(left, count === 0 ? "" : `${count === 1 ? "One place is" : `${count} places are`} still to be decided.`)
  }
  form.addEventListener("change", look)
  title?.addEventListener("input", look)
  for (const place of places) {
    // Whoever writes what shall stand has decided.
    place.querySelector("textarea")?.addEventListener("input", () => {
      place.querySelector<HTMLInputElement>('input[value="hand"]')!.checked = true
      look()
    })
  }
  // Coming back by the browser's "back" finds what was chosen before.
  window.addEventListener("pageshow", look)
  look()
}
