/** The origins of the parameter `corsOrigin`, separated by commas. */
module.exports.origins = async ({ resolveVariable }) => {
  const origins = await resolveVariable('param:corsOrigin');
  return origins.split(',').map((origin) => origin.trim());
};
