let down = false
document.addEventListener("pointerdown", () => (down = true), true)
for (const up of ["pointerup", "pointercancel"]) document.addEventListener(up, () => (down = false), true)

/**
 * Runs `act` at once, or, while a mouse button or finger is down, after the click: what a press on a button moves the
 * focus away from must not push the button from under the pointer, or the click is lost.
 */
export function afterClick(act: () => void) {
  if (!down) return act()
  const then = () => {
    for (const up of ["pointerup", "pointercancel"]) document.removeEventListener(up, then)
    setTimeout(act)
  }
  for (const up of ["pointerup", "pointercancel"]) document.addEventListener(up, then)
}
