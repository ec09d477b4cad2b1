/** Names of the communities that can be read, in the order in which parts are dealt. */
export const siteNames = ['bobaedream', 'clien'] as const;
