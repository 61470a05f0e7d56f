import { once } from "node:events"
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core"
import { problemAffectsResolutionKind } from "@arethetypeswrong/core/problems"
import { transform } from "esbuild"
import { publint } from "publint"
import { formatMessage } from "publint/utils"
import { build } from "vite"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import { checkTypes } from "./packages/check-types.ts"
import { installPackages, type Project, packageNames } from "./packages/install-packages.ts"
import { configured, loading, service } from "./packages/programs.ts"
import { definition, nextApp, viteApp } from "./packages/react-app.ts"
import { addressOf, hear, runNext } from "./packages/run-next.ts"
import { serveFolder } from "./packages/serve-folder.ts"
import { visitPage } from "./packages/visit-page.ts"
import { pagesWithSnippets, readPage, snippetsOf } from "./run-snippet.ts"

// Other programs start, load and build here, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 })

let project: Project

beforeAll(async () => {
  project = await installPackages([
    ...["@types/node", "@types/react", "@types/react-dom", "fastify", "next", "react", "react-dom", "vite", "zod"],
  ])
}, 600_000)

afterAll(() => project?.remove())

/** `@tellonce/chat/form` and the like. */
const entriesOf = (name: string): readonly string[] =>
  Object.keys(project.manifest(name).exports).map((path) => `@tellonce/${name}${path.slice(1)}`)

describe.each(packageNames)("@tellonce/%s, packed", (name) => {
  it("is as its manifest says", async () => {
    const tarball = Uint8Array.from(project.tarball(name)).buffer
    const { messages } = await publint({ pack: { tarball } })
    expect(messages.map((message) => formatMessage(message, project.manifest(name)))).toEqual([])
  })

  it("has types that say what Node and bundlers will load", async () => {
    const checked = await checkPackage(createPackageFromTarballData(new Uint8Array(project.tarball(name))))
    if (!checked.types) throw new Error("It has no types.")
    const problems = checked.problems.filter((problem) =>
      (["node16-cjs", "node16-esm", "bundler"] as const).some((kind) =>
        problemAffectsResolutionKind(problem, kind, checked),
      ),
    )
    expect(problems).toEqual([])
    expect(Object.keys(checked.entrypoints).length).toBe(entriesOf(name).length)
  })
})

describe("every entry of every package", () => {
  it("loads in Node as an ES module and in CommonJS, and exports the same", async () => {
    const entries = packageNames.flatMap(entriesOf)
    project.write("load.mjs", loading(entries, "await import(entry)"))
    project.write("load.cjs", loading(entries, "require(entry)"))
    const [imported, required] = await Promise.all(
      ["load.mjs", "load.cjs"].map(async (file) => JSON.parse(await project.node(file))),
    )
    for (const entry of entries) expect([entry, imported[entry]]).toEqual([entry, expect.any(Array)])
    expect(imported["@tellonce/core"]).toContain("defineContext")
    // Vitest itself cannot be required, and its suites need it; the types of this form serve TypeScript projects that Vitest runs.
    expect(required["@tellonce/testing"]).toMatch(/Vitest cannot be imported in a CommonJS module/)
    expect({ ...required, "@tellonce/testing": imported["@tellonce/testing"] }).toEqual(imported)
  })
})

describe("a user's program", () => {
  it.each([
    ["an ES module", "service.mjs", (name: string) => `await import("${name}")`],
    ["CommonJS", "service.cjs", (name: string) => `require("${name}")`],
  ])("keeps and reads in %s, the threads of the database and of the mails included", async (_, file, load) => {
    project.write(file, service(load))
    expect(await project.node(file)).toBe("Paris\nGrinder")
  })

  it("finds the mail thread's file by name, in both forms", async () => {
    const name = '"@tellonce/email/worker"'
    project.write("where.mjs", `console.log(import.meta.resolve(${name}))`)
    project.write("where.cjs", `console.log(require.resolve(${name}))`)
    expect(await project.node("where.mjs")).toMatch(/mail-worker\.mjs$/)
    expect(await project.node("where.cjs")).toMatch(/mail-worker\.cjs$/)
  })

  it("is configured as docs/operations.md shows", async () => {
    const [config = ""] = snippetsOf(readPage("docs/operations.md"), "js")
    project.write("context.mjs", definition)
    project.write("tellonce.config.mjs", config)
    project.write("configured.mjs", configured("tellonce.config.mjs"))
    expect(await project.node("configured.mjs")).toBe("200")
  })

  it("has the command line", async () => {
    const said = await project.node("node_modules/@tellonce/node/bin/tellonce.mjs", "--help")
    expect(said).toMatch(/^tellonce <command>.*\n {2}serve /s)
  })
})

describe("what the docs show", () => {
  it.each([
    ["a bundler", { module: "ESNext", moduleResolution: "Bundler" }],
    ["Node", { module: "Node16", moduleResolution: "Node16" }],
  ])("is well typed in a strict project for %s", async (_, how) => {
    project.write("docs/package.json", `{ "type": "module" }`)
    for (const page of pagesWithSnippets) {
      for (const kind of ["ts", "tsx"]) {
        const name = page.replace(/\W+/g, "-")
        snippetsOf(readPage(page), kind).forEach((snippet, index) => {
          project.write(`docs/${name}-${index + 1}.${kind}`, snippet)
        })
      }
    }
    expect(await checkTypes(project, "docs", how)).toBe("")
  })
})

describe("an app of React 19", () => {
  it("is what React's README shows", async () => {
    const [snippet = ""] = snippetsOf(readPage("packages/react/README.md"), "tsx")
    const onServer = `import { renderToString } from "react-dom/server"\nconsole.log(renderToString(<Page />))`
    const { code } = await transform(`${snippet}\n${onServer}`, { loader: "tsx", jsx: "automatic" })
    project.write("readme.mjs", code)
    expect(await project.node("readme.mjs")).toBe("<p>no order yet</p>")
  })

  it("is bundled by Vite with every entry that is for pages, none of which asks for Node", async () => {
    const forPages = ["chat", "client", "core", "crm", "react"].flatMap(entriesOf)
    const everything = forPages
      .filter((entry) => entry !== "@tellonce/crm/server")
      .map((entry, index) => `import * as entry${index} from "${entry}"\nglobalThis.entry${index} = entry${index}`)
    for (const [file, text] of Object.entries(viteApp)) project.write(`vite/${file}`, text)
    project.write("vite/everything.js", everything.join("\n"))
    const warnings: string[] = []
    await build({
      root: `${project.folder}/vite`,
      configFile: false,
      logLevel: "silent",
      build: {
        rolldownOptions: {
          // What asks for Node is put aside with a warning. That "use client" means nothing here is known.
          onwarn: ({ code, message }) => void (code === "MODULE_LEVEL_DIRECTIVE" || warnings.push(message)),
        },
        chunkSizeWarningLimit: 2_000,
      },
    })
    expect(warnings).toEqual([])
    const served = await serveFolder(`${project.folder}/vite/dist`)
    try {
      const seen = await visitPage(served.url)
      expect([seen.before, seen.after, seen.complaints]).toEqual(["no city, no order", "no city, A-1", []])
    } finally {
      served.close()
    }
  })

  it("is built by Next, rendered on its server with what that knows, and taken over in the page", async () => {
    for (const [file, text] of Object.entries(nextApp)) project.write(`next/${file}`, text)
    const building = runNext(`${project.folder}/next`, "build")
    const said = hear(building)
    const [code] = await once(building, "exit")
    expect([code, said()]).toEqual([0, expect.stringContaining("server-rendered on demand")])
    const server = runNext(`${project.folder}/next`, "start", "--port", "0", "--hostname", "127.0.0.1")
    try {
      const address = await addressOf(server)
      expect((await fetch(`${address}/v1/openapi.json`)).status).toBe(200)
      const seen = await visitPage(address)
      expect(seen.sent).toContain("Paris, no order")
      expect([seen.before, seen.after, seen.complaints]).toEqual(["Paris, no order", "Paris, A-1", []])
    } finally {
      server.kill()
    }
  })
})
