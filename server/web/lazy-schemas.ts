import AjvCompiler, { type RouteDefinition as CheckDefinition } from "@fastify/ajv-compiler"
import SerializerSelector, { type RouteDefinition as AnswerDefinition } from "@fastify/fast-json-stringify-compiler"
import type { FastifyServerOptions } from "fastify"

type Factory = NonNullable<NonNullable<FastifyServerOptions["schemaController"]>["compilersFactory"]>
type Check = ((data: unknown, place?: unknown) => unknown) & { errors?: unknown }

/** Fastify's own compilers, but a schema is compiled when its route is first asked: half of the time to start went there. */
export function lazySchemas(): Factory {
  const [validators, serializers] = [AjvCompiler(), SerializerSelector()]
  const buildValidator = (...options: Parameters<typeof validators>) => {
    const compiler = once(() => validators(...options) as unknown as (route: CheckDefinition) => Check)
    return (route: CheckDefinition) => checkLater(() => compiler()(route))
  }
  const buildSerializer = (...options: Parameters<typeof serializers>) => {
    const compiler = once(() => serializers(...options))
    return (route: AnswerDefinition) => {
      const write = once(() => compiler()(route))
      return (data: unknown) => write()(data)
    }
  }
  return { buildValidator, buildSerializer } as unknown as Factory
}

function checkLater(compile: () => Check): Check {
  const check = once(compile)
  const later: Check = (data, place) => {
    const result = check()(data, place)
    // Ajv leaves what is wrong on the function that was called.
    later.errors = check().errors
    return result
  }
  return later
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
