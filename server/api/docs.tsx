import type { JSX } from "preact"
import { Layout } from "../web/layout.tsx"

/** The parts of an OpenAPI description that are shown. */
export interface Description {
  info: { description?: string }
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Shape> }
}

interface Operation {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Shape }> }
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Shape }> }>
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: Shape
}

interface Shape {
  $ref?: string
  type?: string | string[]
  enum?: string[]
  format?: string
  description?: string
  properties?: Record<string, Shape>
  required?: string[]
  items?: Shape
}

/** The API for people who write programs: made from the same description that programs read. */
export function DocsPage({ api }: { api: Description }): JSX.Element {
  const operations = Object.entries(api.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags ?? []))]
  return (
    <Layout title="Data for programs">
      <div class="api-docs">
        <h1>Data for programs</h1>
        <p>
          <Prose text={api.info.description ?? ""} />
        </p>
        <p>
          The same as <a href="/api/v1/openapi.json">an OpenAPI 3.1 description</a>. All facts as a table: <code>/api/v1/facts</code> with{" "}
          <code>Accept: text/csv</code>.
        </p>
        <nav aria-label="Calls">
          <ul>
            {operations.map(({ path, method, operation }) => (
              <li>
                <a href={`#${anchor(method, path)}`}>
                  <code>
                    {method} {path}
                  </code>
                </a>{" "}
                {operation.summary}
              </li>
            ))}
          </ul>
        </nav>
        {tags.map((tag) => (
          <section>
            <h2>{tag[0]!.toUpperCase() + tag.slice(1)}</h2>
            {operations
              .filter(({ operation }) => operation.tags?.includes(tag))
              .map(({ path, method, operation }) => (
                <Call path={path} method={method} operation={operation} />
              ))}
          </section>
        ))}
        <h2>Shapes</h2>
        {Object.entries(api.components?.schemas ?? {}).map(([name, shape]) => (
          <section class="shape" id={`shape-${name}`}>
            <h3>{name}</h3>
            {shape.description && <p>{shape.description}</p>}
            <Members shape={shape} />
          </section>
        ))}
      </div>
    </Layout>
  )
}

function Call({ path, method, operation }: { path: string; method: string; operation: Operation }): JSX.Element {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema
  return (
    <section class="call" id={anchor(method, path)}>
      <h3>
        <code>
          {method} {path}
        </code>
      </h3>
      <p>
        {operation.summary}. <Prose text={operation.description ?? ""} />
      </p>
      {operation.parameters && operation.parameters.length > 0 && <Parameters parameters={operation.parameters} />}
      {body && (
        <>
          <h4>Body</h4>
          <Members shape={body} />
        </>
      )}
      <h4>Answers</h4>
      <dl class="answers">
        {Object.entries(operation.responses ?? {}).map(([status, { description, content = {} }]) => (
          <div>
            <dt>{status}</dt>
            <dd>
              {description}
              {Object.entries(content).map(([type, { schema }]) => (
                <span>
                  {" "}
                  <code>{type}</code> {schema && <TypeOf shape={schema} />}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Parameters({ parameters }: { parameters: Parameter[] }): JSX.Element {
  return (
    <>
      <h4>Asked in the address and the headers</h4>
      <dl class="members">
        {parameters.map(({ name, description, schema, ...parameter }) => (
          <div>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              {parameter.in === "header" ? "header, " : ""}
              {schema && <TypeOf shape={schema} />} <Prose text={description ?? schema?.description ?? ""} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Members({ shape }: { shape: Shape }): JSX.Element {
  return (
    <dl class="members">
      {Object.entries(shape.properties ?? {}).map(([name, member]) => (
        <div>
          <dt>
            <code>{name}</code>
          </dt>
          <dd>
            <TypeOf shape={member} />
            {shape.required?.includes(name) && <strong> required</strong>} <Prose text={member.description ?? ""} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A sentence in which `code` is code. */
function Prose({ text }: { text: string }): JSX.Element {
  return <>{text.split("`").map((piece, index) => (index % 2 === 0 ? piece : <code>{piece}</code>))}</>
}

function TypeOf({ shape }: { shape: Shape }): JSX.Element {
  const { $ref, type, items, format, properties } = shape
  if ($ref) {
    const name = $ref.slice($ref.lastIndexOf("/") + 1)
    return <a href={`#shape-${name}`}>{name}</a>
  }
  if (items) {
    return (
      <>
        list of <TypeOf shape={items} />
      </>
    )
  }
  if (properties?.items?.items) {
    return (
      <>
        items: <TypeOf shape={properties.items} />
      </>
    )
  }
  if (shape.enum) return <code>{shape.enum.join(" | ")}</code>
  return <span class="type">{[type].flat().filter(Boolean).join(" or ") || "anything"}{format ? `, ${format}` : ""}</span>
}

function anchor(method: string, path: string): string {
  return `${method}-${path}`.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/-$/, "")
}
