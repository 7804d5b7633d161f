import type { JSX } from "preact"
import type { Problem } from "../../errors.ts"
import { wiki } from "../../pages/model.ts"
import { Time } from "../../web/dates.tsx"
import { Field, Problems } from "../../web/forms.tsx"
import { CsrfField, Layout } from "../../web/layout.tsx"
import { protocols } from "../model.ts"
import type { Settings, ShownSend } from "./actions.ts"
import { directions, isSwitchedOn, type Trust } from "./model.ts"

const NAMES = { trackback: "TrackBack", pingback: "Pingback", webmention: "Webmention" }
const WORDS = { receive: "Take links from other sites", send: "Tell sites that a page links to" }
const STATES = { waiting: "waits", sent: "sent", "no-endpoint": "takes none", retrying: "is tried again", "given-up": "given up" }

interface SettingsProps {
  settings: Settings
  /** An address that was refused, and why. */
  typed?: { address: string; problems: Problem[] }
}

/** What is taken and sent, for the site or for one page, and what became of it. */
export function SettingsPage({ settings, typed }: SettingsProps): JSX.Element {
  const { page, sends, next } = settings
  const title = page ? `Links to and from ${page.title}` : "Links to and from other sites"
  const here = page ? `/moderation/linkbacks/${encodeURIComponent(page.slug)}` : "/moderation/linkbacks"
  return (
    <Layout title={title} head={<meta name="robots" content="noindex" />}>
      <h1>{title}</h1>
      <p>
        <a href={page ? "/moderation/linkbacks" : "/moderation"}>{page ? "The whole site" : "Moderation"}</a>
        {page && (
          <>
            {" · "}
            <a href={wiki(page)}>{page.title}</a>
          </>
        )}
      </p>
      {typed && <Problems problems={typed.problems} remover={{ form: "trust-form" }} />}
      <Switches settings={settings} action={here} />
      {!page && (
        <form action="/moderation/linkbacks">
          <Field name="page" label="The switches of one page" hint="The last part of its address, such as krome-detention-center." maxlength={200} />
          <p class="actions">
            <button type="submit" class="secondary">
              Open
            </button>
          </p>
        </form>
      )}
      {!page && <Trusts trusts={settings.trusts} typed={typed} />}
      <Sends sends={sends} />
      {next && (
        <p>
          <a rel="next" href={`${here}?after=${encodeURIComponent(next)}`}>
            Older
          </a>
        </p>
      )}
    </Layout>
  )
}

function Switches({ settings: { page, switches, maySwitch }, action }: { settings: Settings; action: string }): JSX.Element {
  const scope = page?.id ?? ""
  return (
    <form method="post" action={action}>
      <CsrfField />
      <h2>What is on</h2>
      <p>
        {page
          ? "A page takes and sends only what the whole site does. Sending is off for each page until it is switched on here."
          : "Sending is off until it is switched on here, and then for each page. Only administrators can change this."}
      </p>
      {directions.map((direction) => (
        <fieldset disabled={!maySwitch}>
          <legend>{WORDS[direction]}</legend>
          {protocols.map((protocol) => {
            const name = `${protocol}-${direction}`
            return (
              <p>
                <label>
                  <input type="checkbox" name={name} value="on" checked={isSwitchedOn(switches, scope, protocol, direction)} /> {NAMES[protocol]}
                  {page && !isSwitchedOn(switches, "", protocol, direction) && <span class="hint"> (off for the site)</span>}
                </label>
              </p>
            )
          })}
        </fieldset>
      ))}
      {maySwitch && (
        <p class="actions">
          <button type="submit">Save</button>
        </p>
      )}
    </form>
  )
}

function Trusts({ trusts, typed }: { trusts: Trust[]; typed?: SettingsProps["typed"] }): JSX.Element {
  return (
    <section aria-label="Trusted sources">
      <h2>Trusted sources</h2>
      <p>Links from pages whose addresses begin like these are shown at once, as soon as the link was found there. All others wait for a moderator.</p>
      <ul>
        {trusts.map(({ id, host, path }) => (
          <li>
            <form method="post" action={`/moderation/trusted-sources/${id}/removal`}>
              <CsrfField />
              <bdi>{host + path}</bdi>{" "}
              <button type="submit" class="secondary">
                Trust no longer
              </button>
            </form>
          </li>
        ))}
      </ul>
      <form id="trust-form" method="post" action="/moderation/trusted-sources">
        <CsrfField />
        <Field
          name="address"
          label="Address"
          hint="Such as https://example.org/authors/ana/: of a site that many share, give one person's part."
          value={typed?.address}
          problems={typed?.problems}
          maxlength={500}
        />
        <p class="actions">
          <button type="submit">Trust</button>
        </p>
      </form>
    </section>
  )
}

function Sends({ sends }: { sends: ShownSend[] }): JSX.Element {
  return (
    <section aria-label="Sent">
      <h2>Sent</h2>
      {sends.length === 0 && <p>Nothing was sent yet.</p>}
      {sends.length > 0 && (
        <div class="table-scroll">
          <table>
            <thead>
              <tr>
                {["Page", "Links to", "What came of it", "By", "When"].map((head) => (
                  <th scope="col">{head}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sends.map((send) => (
                <tr id={`send-${send.id}`}>
                  <td>
                    <a href={wiki(send.source)}>{send.source.title}</a>
                  </td>
                  <td>
                    <a href={send.target} rel="nofollow noopener noreferrer">
                      <bdi>{send.target}</bdi>
                    </a>
                  </td>
                  <td>
                    {STATES[send.state]}
                    {send.answer && (
                      <>
                        {": "}
                        <bdi>{send.answer}</bdi>
                      </>
                    )}
                    {send.attempts > 1 && ` (tried ${send.attempts} times)`}
                  </td>
                  <td>{send.protocol && NAMES[send.protocol]}</td>
                  <td>
                    <Time at={send.updatedAt} exact />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
