/** What every parameter of serverless.yml comes to in this stage, with what the command line says. */
module.exports = async ({ resolveVariable }) => {
  const names = Object.keys(await resolveVariable('self:params.default'));
  const values = await Promise.all(names.map((name) => resolveVariable(`param:${name}`)));
  return Object.fromEntries(names.map((name, n) => [name, values[n]]));
};
