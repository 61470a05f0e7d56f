// Reads hostile mails as a mail server does, in a process of its own: how long each holds up the event loop.
import { createMailReader } from "@tellonce/email"

const head = (type: string) =>
  `From: a@example.com\r\nTo: b@example.com\r\nSubject: s\r\nMessage-ID: <1@example.com>\r\nContent-Type: ${type}\r\n\r\n`

const parts = 'multipart/mixed; boundary="b"'
const nest = (depth: number) =>
  Array.from({ length: depth }, (_, at) => `--b${at}\r\nContent-Type: multipart/mixed; boundary="b${at + 1}"\r\n\r\n`)

const hostile: Readonly<Record<string, () => string>> = {
  "100,000 empty parts": () => head(parts) + "--b\r\n\r\n".repeat(100_000),
  "199 parts of 50 kB": () => head(parts) + `--b\r\n\r\n${"x ".repeat(25_000)}\r\n`.repeat(199),
  "5,000 mails in mails": () => head(parts) + "--b\r\nContent-Type: message/rfc822\r\n\r\n".repeat(5_000),
  "2 MB of <": () => head("text/html") + "<".repeat(2_000_000),
  "2 MB of open tags": () => head("text/html") + "<div>".repeat(400_000),
  "5,000 deep": () => head('multipart/mixed; boundary="b0"') + nest(5_000).join(""),
  "9 MB of plain text": () => head("text/plain") + `${"word ".repeat(15)}\r\n`.repeat(120_000),
  "2 MB of quotes": () => head("text/plain") + "> > > > said\r\n".repeat(140_000),
  "headers of 250 kB": () => `X-Long: ${"a, ".repeat(80_000)}\r\n${head("text/plain")}x`,
}

/** Milliseconds by which a timer of 10 ms was late at the worst. */
const longestBlock = async (work: () => Promise<unknown>): Promise<number> => {
  let [last, longest] = [performance.now(), 0]
  const tick = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 10)
    last = now
  }
  const timer = setInterval(tick, 10)
  await work()
  await new Promise((resolve) => setTimeout(resolve, 30))
  tick()
  clearInterval(timer)
  return longest
}

const reader = createMailReader()
for (let round = 0; round < 20; round++) await reader.read(`${head("text/plain")}hello ${round}`)
const blocks: Record<string, number> = {}
for (const [name, make] of Object.entries(hostile)) {
  const raw = new TextEncoder().encode(make())
  blocks[name] = Math.round(await longestBlock(() => reader.read(raw)))
}
await reader.close()
console.log(JSON.stringify(blocks))
