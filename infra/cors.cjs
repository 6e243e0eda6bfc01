/** The origins of the parameter `corsOrigin`, with commas between. */
module.exports.origins = async ({ resolveVariable }) => {
  const origins = await resolveVariable('param:corsOrigin');
  return origins.split(',').map((origin) => origin.trim());
};
