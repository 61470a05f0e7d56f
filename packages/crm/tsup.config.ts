import { defineConfig } from "tsup"
import { library } from "../../scripts/tsup.ts"

export default defineConfig(
  library({
    format: ["esm", "cjs"],
    entry: {
      index: "src/index.ts",
      server: "src/server.ts",
      zendesk: "src/hosts/create-zendesk-host.ts",
      front: "src/hosts/create-front-host.ts",
      hubspot: "src/hosts/create-hubspot-host.ts",
      chatwoot: "src/hosts/create-chatwoot-host.ts",
      intercom: "src/intercom.ts",
      salesforce: "src/hosts/create-salesforce-host.ts",
    },
  }),
)
