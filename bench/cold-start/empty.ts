/** A handler with nothing behind it: what Node takes for any file. */
export const handler = async () => ({});
