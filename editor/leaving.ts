/** Asks before the page is left while `unsent` says that something typed would be lost. */
export function askBeforeLeaving(unsent: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (unsent()) event.preventDefault()
  }
  window.addEventListener("beforeunload", ask)
  return () => window.removeEventListener("beforeunload", ask)
}
