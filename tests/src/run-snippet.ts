import { execFile } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = `${root}tests/.snippets`
let files = 0

/** The blocks of a Markdown text in a language, each a program of its own. */
export const snippetsOf = (markdown: string, language = "ts"): readonly string[] =>
  markdown
    .split("\n```")
    .filter((block) => block.startsWith(`${language}\n`))
    .map((block) => block.slice(language.length + 1))

/** The pages of the repository whose snippets are programs, by their place in it. */
export const pagesWithSnippets: readonly string[] = [
  "README.md",
  ...readdirSync(`${root}docs`)
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
  ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`),
]

export const readPage = (page: string): string => readFileSync(`${root}${page}`, "utf8")

/** What the comments behind its `console.log(…)` say that it prints: `// → text`. */
export const promisedBy = (snippet: string): readonly string[] =>
  [...snippet.matchAll(/console\.log\(.*\) \/\/ → (.*)/g)].map(([, text]) => text ?? "")

/** Runs a snippet as it stands, from the packages' sources; answers with what it prints, line by line. */
export const runSnippet = async (snippet: string): Promise<readonly string[]> => {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/snippet-${process.pid}-${files++}.ts`
  writeFileSync(file, snippet)
  try {
    const flags = ["--conditions=@tellonce/source", "--import", "tsx"]
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, file], { cwd: root })
    return stdout.trim().split("\n")
  } finally {
    rmSync(file)
  }
}
