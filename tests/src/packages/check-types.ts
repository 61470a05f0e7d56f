import { execFile } from "node:child_process"
import { createRequire } from "node:module"
import { promisify } from "node:util"
import type { Project } from "./install-packages.ts"

const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc")

/** As strict as a project of somebody else may be. */
const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  target: "ES2022",
  lib: ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  types: ["node"],
  jsx: "react-jsx",
  noEmit: true,
  // The packages' own declarations are checked by attw; those of others are not ours to check.
  skipLibCheck: true,
}

/** What the compiler complains of in a folder of the project. */
export const checkTypes = async (project: Project, folder: string, how: object): Promise<string> => {
  project.write(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions: { ...strict, ...how } }))
  const told = promisify(execFile)(process.execPath, [compiler, "-p", "."], { cwd: `${project.folder}/${folder}` })
  return told.then(
    () => "",
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  )
}
