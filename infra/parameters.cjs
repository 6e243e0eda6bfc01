/** The resolved value of every parameter of serverless.yml in this stage, including the command line's. */
module.exports = async ({ resolveVariable }) => {
  const names = Object.keys(await resolveVariable('self:params.default'));
  const values = await Promise.all(names.map((name) => resolveVariable(`param:${name}`)));
  return Object.fromEntries(names.map((name, n) => [name, values[n]]));
};
