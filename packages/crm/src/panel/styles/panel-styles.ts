import { controlStyles } from "./control-styles.ts"
import { factStyles } from "./fact-styles.ts"
import { layoutStyles } from "./layout-styles.ts"
import { themeStyles } from "./theme-styles.ts"
import { timelineStyles } from "./timeline-styles.ts"

/** The whole sheet, as constructed style sheets: a page's content security policy need not allow inline styles. */
export const panelStyles = [themeStyles, layoutStyles, controlStyles, factStyles, timelineStyles]
