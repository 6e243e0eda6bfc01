/** An empty handler: the time that Node takes for any file. */
export const handler = async () => ({});
