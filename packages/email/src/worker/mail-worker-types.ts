// The types of `@tellonce/email/worker`: a file to run in a thread, with nothing to import from it.
export {}
