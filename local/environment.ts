export const LOCAL_REGION = 'us-east-1';
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
export const LOCAL_TABLE = 'balcony-local';

/** The addresses of the stand-ins for AWS. */
export interface Endpoints {
  dynamodbUrl: string;
  chimeUrl: string;
  tableName?: string;
}

/** The environment in which our unchanged code uses only the stand-ins. */
export function localEnvironment({ dynamodbUrl, chimeUrl, tableName = LOCAL_TABLE }: Endpoints) {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl,
    AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS: chimeUrl,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: LOCAL_REGION,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TABLE_NAME: tableName,
    ATTEMPT_TIMEOUT_MS: '8000', // one machine is Lambda, DynamoDB and Chime: a late response is no sign of a failure
    STAGE: '', // no metrics in the local output
  };
}

/** Removes the developer's own AWS settings: a profile or a session would override the local credentials. */
export function forgetOwnAccount(environment: NodeJS.ProcessEnv) {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) delete environment[name];
  }
}
