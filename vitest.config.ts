import { availableParallelism } from "node:os"
import { defineConfig } from "vitest/config"
import { LongestFirst } from "./scripts/longest-first.ts"

const ofReact = ["packages/react/src/**/*.test.ts"]
const inBrowser = ["tests/src/**/*.browser.test.ts"]

export default defineConfig({
  resolve: { conditions: ["@tellonce/source"] },
  ssr: { resolve: { conditions: ["@tellonce/source"], externalConditions: ["@tellonce/source"] } },
  test: {
    restoreMocks: true,
    // A test that hangs is ended; one that is slow on a busy machine is not wrong.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest leaves one core to itself, which of two is half of them; and many files wait for a browser or a database.
    maxWorkers: Math.max(2, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    server: { deps: { inline: [/@tellonce\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: "packages",
          include: ["packages/*/src/**/*.test.ts", "examples/*/src/**/*.test.ts"],
          exclude: ofReact,
          // Half of the time of so many small files went into loading the same modules again for each.
          isolate: false,
          unstubGlobals: true,
        },
      },
      // Some of the tests run the files of others on another store, which only fresh modules do; and React wants a page of its own.
      {
        extends: true,
        test: { name: "tests", include: ["tests/src/**/*.test.ts", ...ofReact], exclude: inBrowser },
      },
      // A browser is several processes, and a service that must share two cores with more than it begins to turn callers away.
      {
        extends: true,
        test: { name: "browser", include: inBrowser, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
