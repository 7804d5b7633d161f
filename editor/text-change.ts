/** What makes one text of another: `middle` in the place of all but so many characters at its start and at its end. */
export interface TextChange {
  start: number
  end: number
  middle: string
}

/** The smallest such change from one text to another. */
export function changeFrom(whole: string, body: string): TextChange {
  const most = Math.min(whole.length, body.length)
  const start = sameLength(most, (from, to) => whole.slice(from, to) === body.slice(from, to))
  const end = sameLength(most - start, (from, to) => whole.slice(whole.length - to, whole.length - from) === body.slice(body.length - to, body.length - from))
  return { start, end, middle: body.slice(start, body.length - end) }
}

/** The text that a change makes of this one. */
export function changed(whole: string, { start, end, middle }: TextChange): string {
  return whole.slice(0, start) + middle + whole.slice(whole.length - end)
}

/** Up to which length, at most `most`, two texts are the same; halved each time, because whole stretches are compared fastest. */
function sameLength(most: number, isSame: (from: number, to: number) => boolean): number {
  let length = 0
  while (length < most) {
    const to = (length + most + 1) >> 1
    if (isSame(length, to)) length = to
    else most = to - 1
  }
  return length
}
