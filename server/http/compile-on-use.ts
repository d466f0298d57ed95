import AjvCompiler from '@fastify/ajv-compiler'
import SerializerSelector from '@fastify/fast-json-stringify-compiler'
import type { FastifyInstance } from 'fastify'
import type { FastifySchemaCompiler, FastifySerializerCompiler, FastifyValidationResult } from 'fastify/types/schema.js'

type Compile = FastifySchemaCompiler<unknown>
type CompileSerializer = FastifySerializerCompiler<unknown>

/** Nothing is coerced, dropped or filled in: a body is right or it is refused. */
const STRICT = { coerceTypes: false, removeAdditional: false, useDefaults: false, allErrors: false } as const

/**
 * Fastify's own compilers, asked when a schema is first needed: several hundred schemas at the start would take as long
 * as everything else that a start does, and a server that was killed should be back at once.
 */
export function compileOnUse(app: FastifyInstance): void {
  const compileValidator = AjvCompiler()({}, { customOptions: STRICT }) as unknown as Compile
  const compileSerializer = SerializerSelector()() as unknown as CompileSerializer
  app.setValidatorCompiler((route) => {
    let compiled: FastifyValidationResult | undefined
    const validate: FastifyValidationResult = (data) => {
      compiled ??= compileValidator(route)
      const answer = compiled(data)
      // Fastify reads the faults of the last call off the function.
      validate.errors = compiled.errors ?? null
      return answer
    }
    return validate
  })
  app.setSerializerCompiler((route) => {
    let compiled: ReturnType<CompileSerializer> | undefined
    return (data) => {
      compiled ??= compileSerializer(route)
      return compiled(data)
    }
  })
}
