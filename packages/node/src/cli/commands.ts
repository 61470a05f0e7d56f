import { backupCommand } from "./backup-command.ts"
import type { Command } from "./command.ts"
import { copyCommand } from "./copy-command.ts"
import { devCommand } from "./dev-command.ts"
import { eraseCommand } from "./erase-command.ts"
import { exportCommand } from "./export-command.ts"
import { importCommand } from "./import-command.ts"
import { migrateCommand } from "./migrate-command.ts"
import { restoreCommand } from "./restore-command.ts"
import { rotateKeysCommand } from "./rotate-keys-command.ts"
import { serveCommand } from "./serve-command.ts"
import { verifyCommand } from "./verify-command.ts"

/** Every command of `tellonce`, in the order its help has. */
export const commands: readonly Command[] = [
  devCommand,
  serveCommand,
  verifyCommand,
  backupCommand,
  restoreCommand,
  migrateCommand,
  copyCommand,
  exportCommand,
  importCommand,
  eraseCommand,
  rotateKeysCommand,
]
