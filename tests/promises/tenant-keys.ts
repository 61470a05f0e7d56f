/** Requests a second that one tenant may make. */
export const quota = 60

export const tenantKeys = (id: string) => ({
  publishable: `pk_of-tenant-${id}`,
  secret: `sk_of-tenant-${id}-and-nobody-else`,
})
