import { BaseSequencer, type TestSpecification } from "vitest/node"

/** Known to take long, longest first; a file's size, by which Vitest goes, says nothing of it. A file that ends last alone idles the others. */
const long = [
  "tests/src/packages.test.ts",
  "tests/src/postgres/torture-nodes.test.ts",
  "tests/src/postgres/attacks.test.ts",
  "tests/src/client/eight-tabs.browser.test.ts",
  "tests/src/postgres/store.test.ts",
  "tests/src/client/leave-the-page.browser.test.ts",
  "tests/src/delivery-laws.test.ts",
  "tests/src/docs.test.ts",
]

const rank = ({ moduleId }: TestSpecification) => {
  const place = long.findIndex((file) => moduleId.endsWith(file))
  return place === -1 ? long.length : place
}

/** Long files begin first, then those of the tests, which load all packages, then those of the packages. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOfPackages = (file: TestSpecification) => Number(file.project.name === "packages")
    const sorted = await super.sort(files)
    return sorted.sort((a, b) => rank(a) - rank(b) || isOfPackages(a) - isOfPackages(b))
  }
}
