/** SSM reads secrets of Secrets Manager under this path: docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html */
const REFERENCE = '/aws/reference/secretsmanager/';

/** Where the signing keys of webhooks are, by the parameter webhookSecret: in SSM, or in the secret `id` of Secrets Manager. */
module.exports = async ({ resolveVariable }) => {
  const name = String(await resolveVariable('param:webhookSecret'));
  if (!name.startsWith(REFERENCE)) return { store: 'ssm', id: '' };
  return { store: 'secretsmanager', id: name.slice(REFERENCE.length) };
};
