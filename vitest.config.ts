import { defineConfig } from "vitest/config"

export default defineConfig({
  resolve: { conditions: ["@tellonce/source"] },
  ssr: { resolve: { conditions: ["@tellonce/source"], externalConditions: ["@tellonce/source"] } },
  test: {
    include: ["packages/*/src/**/*.test.ts", "examples/*/src/**/*.test.ts", "tests/src/**/*.test.ts"],
    restoreMocks: true,
    server: { deps: { inline: [/@tellonce\//] } },
  },
})
