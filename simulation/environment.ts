/**
 * The environment variables of a simulation. None of them leads to a real service. Set them before the code under test is
 * loaded.
 */
export function simulate(environment: NodeJS.ProcessEnv): void {
  Object.assign(environment, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_ENDPOINT_URL_DYNAMODB: 'http://dynamodb.invalid',
    AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS: 'http://chime.invalid',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    LOG_LEVEL: 'silent',
  });
}
