/** For widgets that take colours and no scheme. */
export const isDark = (): boolean => matchMedia("(prefers-color-scheme: dark)").matches
