export const LOCAL_REGION = 'us-east-1';
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };
export const LOCAL_TABLE = 'balcony-local';

/** Where the stand-ins for AWS answer. */
export interface Endpoints {
  dynamodbUrl: string;
  chimeUrl: string;
  tableName?: string;
}

/** The environment in which our code, unchanged, talks to the stand-ins and to nothing else. */
export function localEnvironment({ dynamodbUrl, chimeUrl, tableName = LOCAL_TABLE }: Endpoints) {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodbUrl,
    AWS_ENDPOINT_URL_CHIME_SDK_MEETINGS: chimeUrl,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: LOCAL_REGION,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    TABLE_NAME: tableName,
    ATTEMPT_TIMEOUT_MS: '8000', // one machine is Lambda, DynamoDB and Chime: being late is no sign of trouble
    STAGE: '', // no metrics among the lines of a laptop
  };
}

/** Forget the developer's own AWS account: a profile or a session would win over the local credentials. */
export function forgetOwnAccount(environment: NodeJS.ProcessEnv) {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) delete environment[name];
  }
}
