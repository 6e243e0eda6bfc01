/** The environment of a simulation: nothing in it leads anywhere. To be set before the code under test is asked for anything. */
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
