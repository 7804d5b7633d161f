// A moderator decides about a hundred mixed things, one after the other, on the longest page there is: how long each page takes.
import { median } from "./load.mjs"
import { logIn, startSite } from "./site.mjs"

const PAGE = "/api/v1/pages/krome-detention-center"
const PASSWORD = "a long walk by the canal"
const COUNT = 50

export async function deciding(row) {
  const site = await startSite()
  try {
    const tokens = {}
    for (const [name, role] of [["Edith", "editor"], ["Mona", "moderator"]]) {
      await site.command(["user", "add", name, "--role", role], PASSWORD)
      tokens[name] = await site.command(["token", "add", name])
    }
    for (let count = 0; count < COUNT; count++) {
      await call(`${site.base}${PAGE}/comments`, "POST", { name: `Guest ${count}`, body: `Comment number ${count} of this page.` })
      await edit(site.base + PAGE, tokens.Edith, count)
    }
    const cookie = await logIn(site.base, "Mona", PASSWORD)
    const times = await decideAll(site.base, cookie)
    row("slowest page of the queue while 100 things are decided, ms", Math.max(...times), "< 100", `median ${median(times).toFixed(0)} ms`)
  } finally {
    await site.stop()
    site.remove()
  }
}

async function decideAll(base, cookie) {
  const times = []
  let path = "/moderation"
  for (let done = 0; done <= 2 * COUNT; done++) {
    const began = performance.now()
    const body = await (await fetch(base + path, { headers: { cookie } })).text()
    times.push(performance.now() - began)
    const item = /<li class="queue-item \w+" id="([^"]+)"/.exec(body)?.[1]
    if (!item) break
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(body)[1]
    const form = new URLSearchParams({ decision: "approve", _csrf })
    const answer = await fetch(`${base}/moderation/items/${item}/decision`, { method: "POST", redirect: "manual", headers: { cookie }, body: form })
    if (answer.status !== 303) throw new Error(`${answer.status} ${await answer.text()}`)
    path = answer.headers.get("location")
  }
  return times
}

async function edit(url, token, count) {
  const page = await call(url, "GET")
  const paragraphs = page.document.content.filter(({ type, content }) => type === "paragraph" && content?.[0]?.text)
  paragraphs[count % paragraphs.length].content[0].text += ` Edited ${count}.`
  await call(url, "PUT", { document: page.document }, { authorization: `Bearer ${token}`, "if-match": `"${page.revision}"` })
}

async function call(url, method, body, headers = {}) {
  const answer = await fetch(url, { method, headers: { "content-type": "application/json", ...headers }, ...(body && { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return answer.json()
}
