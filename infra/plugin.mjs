import { tsImport } from 'tsx/esm/api';

/** Validates the parameters before packaging: stops with messages for errors, and prints warnings. */
export default class DeploymentPlugin {
  constructor(serverless, _options, { log }) {
    this.serverless = serverless;
    this.log = log;
    this.hooks = { 'before:package:cleanup': () => this.check() };
  }

  async check() {
    const { checkDeployment } = await tsImport('./check-parameters.ts', import.meta.url);
    const { service, provider, functions } = this.serverless.service;
    const { refused, doubted } = checkDeployment({
      region: provider.region,
      stage: provider.stage,
      functionNames: Object.keys(functions).map((name) => `${service}-${provider.stage}-${name}`),
      environment: provider.environment,
      parameters: this.serverless.service.custom.parameters,
    });
    for (const doubt of doubted) this.log.warning(doubt);
    if (refused.length > 0) throw new this.serverless.classes.Error(refused.join('\n'), 'BAD_PARAMETERS');
  }
}
