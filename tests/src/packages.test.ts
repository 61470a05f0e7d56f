import { execFile } from "node:child_process"
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { beforeAll, describe, expect, it } from "vitest"

const run = promisify(execFile)
const root = fileURLToPath(new URL("../..", import.meta.url))
const names = readdirSync(`${root}packages`)
const manifest = (name: string) => JSON.parse(readFileSync(`${root}packages/${name}/package.json`, "utf8"))

/** Builds every package as it is published, two at a time. */
const buildAll = async () => {
  const queue = [...names]
  const lane = async () => {
    for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
      await run(process.execPath, [`${root}node_modules/tsup/dist/cli-default.js`], { cwd: `${root}packages/${name}` })
    }
  }
  await Promise.all([lane(), lane()])
}

beforeAll(buildAll, 300_000)

/** Runs a program as a user of the packages would: built code, no condition of ours. */
const runAsUser = async (file: string, program: string): Promise<string> => {
  const path = `${root}tests/${file}`
  writeFileSync(path, program)
  try {
    return (await run(process.execPath, [path], { cwd: root })).stdout.trim()
  } finally {
    rmSync(path)
  }
}

const program = (load: (name: string) => string) => `
${["core", "node"].map((name) => `const ${name} = ${load(`@tellonce/${name}`)}`).join("\n")}
const zod = ${load("zod")}
const main = async () => {
  const context = core.defineContext({ name: "shop", version: 1, fields: { city: core.latest(zod.string()) } })
  const directory = require("node:fs").mkdtempSync(require("node:os").tmpdir() + "/tellonce-user-")
  const store = await node.createSqliteStore({ path: directory + "/shop.db" })
  const tellonce = node.createTellonce({ context, store, keys: { publishable: "pk_12345678", secret: "sk_1234567890123456" } })
  const identity = { kind: "user", value: "1" }
  await tellonce.record([{ identity, channel: "chat", source: "user", facts: { city: "Paris" } }])
  console.log((await tellonce.view(identity)).city.value)
  await store.close()
}
main()
`

describe("the packages, built", () => {
  it.each(names)("@tellonce/%s is as its manifest says", async (name) => {
    const { messages } = await publint({ pkgDir: `${root}packages/${name}`, pack: false })
    expect(messages.map((message) => formatMessage(message, manifest(name)))).toEqual([])
    expect(existsSync(`${root}packages/${name}/dist/index.d.ts`)).toBe(true)
  })

  it("run in an ES module, the database thread included", async () => {
    const lines = program((name) => `await import("${name}")`)
    const require = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url)'
    expect(await runAsUser(".as-user.mjs", `${require}\n${lines}`)).toBe("Paris")
  })

  it("run in CommonJS, the database thread included", async () => {
    expect(
      await runAsUser(
        ".as-user.cjs",
        program((name) => `require("${name}")`),
      ),
    ).toBe("Paris")
  })
})
