import { GraphError } from './dispatch.ts'

/** The part of a URL that Graph's routes see. `path` is below `/v1.0`, decoded per segment; an encoded slash stays `%2F`. */
export type GraphUrl = { readonly path: string; readonly query: URLSearchParams }

/** @param url below `/v1.0`, with query, as it came over the wire. @throws GraphError 400 for broken percent-encoding */
export function readGraphUrl(url: string): GraphUrl {
  const [rawPath = '', ...rest] = url.split('?')
  const path = rawPath.split('/').map(decodeSegment).join('/')
  return { path: path.startsWith('/') ? path : `/${path}`, query: new URLSearchParams(rest.join('?')) }
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment).replaceAll('/', '%2F')
  } catch (error) {
    if (error instanceof URIError) throw new GraphError(400, 'BadRequest', 'The request URL is malformed.')
    throw error
  }
}

/**
 * The body of a write: an object for JSON, bytes for anything else (upload sessions, MIME mail), undefined for none.
 * @throws GraphError 400 for a body without Content-Type and for text that is not a JSON object
 */
export function readGraphBody(bytes: Buffer | undefined, contentType: string | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) return undefined
  if (contentType === undefined) {
    throw new GraphError(
      400,
      'BadRequest',
      'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
    )
  }
  if (!/^application\/([a-z0-9.+-]+\+)?json(\s*;|$)/i.test(contentType.trim())) return bytes
  return parseJsonObject(bytes.toString('utf8'))
}

function parseJsonObject(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text, (key, inner: unknown) => {
      // A property of this name would become a prototype as soon as something merges it.
      if (key === '__proto__') throw new SyntaxError('reserved name')
      return inner
    })
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable()
    throw error
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable()
  return value
}

function unreadable(): GraphError {
  return new GraphError(
    400,
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  )
}
