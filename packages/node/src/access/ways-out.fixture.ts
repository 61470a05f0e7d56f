import { everything, facts, type MatrixService, type Name, signalOf, subject } from "./access-matrix.fixture.ts"

/** A way by which what is known of a customer can leave the service. Add yours here: the matrix is walked over all. */
export interface WayOut {
  readonly name: string
  /** What it can show of all that may be read; the rest has no place in it. */
  readonly shows: readonly Name[]
  /** All that came out for this role and purpose; undefined when it was refused. */
  read(service: MatrixService, role: string, purpose: string): Promise<string | undefined>
}

/** The company's own events are in the log alone. */
const kept = everything.filter((name) => name !== "$events")

const who = (role: string) => (role === "visitor" || role === "customer" ? "" : `&identity=email:${subject.value}`)

const get = async (service: MatrixService, role: string, path: string) => {
  const response = await service.call(path, service.credentials[role] ?? "")
  return response.status === 403 ? undefined : response
}

const member = (name: string): WayOut => ({
  name: `GET /v1/context, its ${name}`,
  shows: kept,
  async read(service, role, purpose) {
    const response = await get(service, role, `/v1/context?purpose=${purpose}${who(role)}`)
    const body = (await response?.json()) as Record<string, unknown> | undefined
    return body && JSON.stringify([body[name], body.identities])
  },
})

/** The feed's beginning, up to its snapshot. */
const snapshotOf = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> => {
  let text = ""
  while (!/event: snapshot\n.*\n\n/.test(text)) text += new TextDecoder().decode((await reader.read()).value)
  return text
}

/** What has come by now: the feed writes in the turn of the change. */
const arrived = async (reader: ReadableStreamDefaultReader<Uint8Array>): Promise<string> => {
  let text = ""
  for (;;) {
    const quiet = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 30))
    const next = await Promise.race([reader.read(), quiet])
    if (next?.value === undefined) return text
    text += new TextDecoder().decode(next.value)
  }
}

const open = async (service: MatrixService, role: string, purpose: string) =>
  (await get(service, role, `/v1/stream?purpose=${purpose}${who(role)}`))?.body?.getReader()

export const waysOut: readonly WayOut[] = [
  member("view"),
  member("context"),
  {
    name: "GET /v1/stream, its snapshot",
    shows: kept,
    async read(service, role, purpose) {
      const reader = await open(service, role, purpose)
      const text = reader && (await snapshotOf(reader))
      await reader?.cancel()
      return text
    },
  },
  {
    name: "GET /v1/stream, its signals",
    // A link brings a new snapshot instead.
    shows: everything.filter((name) => name !== "$links"),
    async read(service, role, purpose) {
      const reader = await open(service, role, purpose)
      if (reader === undefined) return undefined
      await snapshotOf(reader)
      const identity =
        role === "visitor" ? await service.tellonce.verifyToken(service.credentials.visitor ?? "") : undefined
      const of = identity && "identity" in identity ? identity.identity : subject
      await service.tellonce.record(
        everything.filter((name) => name !== "$links").map((name) => ({ ...signalOf(name), identity: of })),
      )
      const text = await arrived(reader)
      await reader.cancel()
      return text
    },
  },
  {
    name: "POST /v1/asks",
    shows: facts,
    async read(service, role, purpose) {
      const identity = role === "visitor" || role === "customer" ? {} : { identity: subject }
      const body = { ...identity, fields: facts, channel: "desk", matter: "m1", purpose }
      const response = await service.call("/v1/asks", service.credentials[role] ?? "", body)
      return response.status === 403 ? undefined : response.text()
    },
  },
]
