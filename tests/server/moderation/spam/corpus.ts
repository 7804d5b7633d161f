/** A text and what it is. */
export interface Example {
  text: string
  verdict: "spam" | "wanted"
}

// Both kinds share words on purpose: money, phones, lawyers, links.
const WANTED = {
  begin: ["I called today and", "My brother says that", "We drove three hours and", "Does anybody know whether", "Last week", "The officer told us that", "After two visits I can say that", "For those who go by bus:"],
  middle: ["the line at the gate was long", "visits begin at eight", "the phone rings and nobody answers", "you need a photo id for each adult", "commissary takes cash up to $50", "the bond was paid at the field office", "letters take ten days", "the lawyer room has to be booked by fax", "they changed the hours for the holidays", "the number at https://www.ice.gov/detain is wrong"],
  end: ["so come early.", "and bring water.", "but ask for the shift supervisor.", "and it took two hours.", "as of Monday.", "according to the chaplain.", "so check before you travel.", "and children can go in.", "thank you for this page."],
}
const SPAM = {
  begin: ["AMAZING offer!!", "Dear friend,", "Hello admin, great post,", "Earn $500 a day,", "Limited time:", "Best price online:", "I am a prince and", "Make money from home,"],
  middle: ["casino bonus and free spins", "cheap pills without prescription", "buy followers and likes", "crypto investment doubles in a week", "immigration lawyer discount call now", "payday loan approved in minutes", "replica watches for sale", "rank your website first", "work visa guaranteed for a small fee", "bond loans, no credit check"],
  end: ["click https://win.example.top now!!", "visit www.deals.example.shop today", "whatsapp me for details", "http://pills.example.biz http://more.example.biz http://last.example.biz", "100% guaranteed!!", "only $19.99", "do not miss it!!", "subscribe and win"],
}

/** Examples of both kinds, three in four to teach and the rest to try, the same each time. */
export function corpus(size: number): { taught: Example[]; kept: Example[] } {
  let state = 20_261_123
  const pick = <T>(list: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return list[Math.floor((state / 2 ** 32) * list.length)]!
  }
  const examples = Array.from({ length: size }, (_, at): Example => {
    const verdict = at % 2 === 0 ? "spam" : "wanted"
    const { begin, middle, end } = verdict === "spam" ? SPAM : WANTED
    // One in eight also says something that belongs to the other kind.
    const stray = at % 8 < 2 ? ` ${pick((verdict === "spam" ? WANTED : SPAM).middle)}` : ""
    return { text: `${pick(begin)} ${pick(middle)}${stray} ${pick(end)}`, verdict }
  })
  return { taught: examples.filter((_, at) => at % 16 < 11), kept: examples.filter((_, at) => at % 16 >= 11) }
}
