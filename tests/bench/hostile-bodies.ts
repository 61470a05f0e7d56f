import { gzipSync } from "node:zlib"

export const gateSignal = (at: number, rest: object = {}) => ({
  id: `g${at}`,
  at: Date.now(),
  identity: { kind: "email", value: `g${at}@example.com` },
  authority: "customer",
  channel: "web-chat",
  source: "bench",
  ...rest,
})
export const toBody = (list: unknown) => JSON.stringify({ signals: list })
const wide = (width: number) => Object.fromEntries(Array.from({ length: width }, (_, at) => [`k${at}`, at]))
const digits = Array.from({ length: 45_000 }, (_, at) => `"${at * 65_536}":1`).join()

/** Bodies that cost as much as they can be made to, and the largest legal ones; the packed ones are bytes. */
export const hostileBodies = (): Readonly<Record<string, string | Uint8Array>> => ({
  "nest of 500,000 lists": `{"signals":[${"[".repeat(500_000)}${"]".repeat(500_000)}]}`,
  "nest of 20,000 lists, small": `{"signals":[${"[".repeat(20_000)}${"]".repeat(20_000)}]}`,
  "100,000 keys": `{"signals":[${JSON.stringify(wide(75_000))}]}`,
  "45,000 keys": `{"signals":[${JSON.stringify(wide(45_000))}]}`,
  "45,000 number keys": `{"signals":[{${digits}}]}`,
  "text of 1 MB": toBody(["x".repeat(1_000_000)]),
  "500 texts of 2 kB": toBody(
    Array.from({ length: 500 }, (_, at) => gateSignal(at, { facts: { note: "x".repeat(1_900) } })),
  ),
  "500 signals of 80 members": toBody(
    Array.from({ length: 500 }, (_, at) => gateSignal(at + 500, { facts: { anything: wide(80) } })),
  ),
  "500 signals": toBody(Array.from({ length: 500 }, (_, at) => gateSignal(at + 1_000, { facts: { errors: 1 } }))),
  "gzip bomb of 500 MB": gzipSync(Buffer.alloc(500_000_000, "[")),
  "gzip of 8 MB of texts": gzipSync(toBody(Array.from({ length: 120 }, () => "x".repeat(65_000)))),
  "gzip of 45,000 long keys": gzipSync(
    `{"signals":[{${Array.from({ length: 45_000 }, (_, at) => `"${"y".repeat(150)}${at}":1`).join()}}]}`,
  ),
})
