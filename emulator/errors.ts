/**
 * Every error that the emulator returns, with its HTTP status. The service models the first block. AWS front ends return the
 * second before an operation is reached.
 */
const STATUS = {
  BadRequestException: 400,
  LimitExceededException: 400,
  TooManyTagsException: 400,
  UnauthorizedException: 401,
  ForbiddenException: 403,
  NotFoundException: 404,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  UnprocessableEntityException: 422,
  ThrottlingException: 429,
  ServiceFailureException: 500,
  ServiceUnavailableException: 503,

  ValidationException: 400,
  SerializationException: 400,
  IncompleteSignatureException: 400,
  MissingAuthenticationTokenException: 403,
  InvalidSignatureException: 403,
  UnknownOperationException: 404,
} as const;

export type ErrorName = keyof typeof STATUS;

/** An error in AWS's format. Operations throw it; `handle` turns it into a response. */
export class ChimeError extends Error {
  override readonly name: ErrorName;
  readonly status: number;
  /** Members of the body beside Code, Message and RequestId. */
  readonly members: Record<string, string>;
  /** Header `Retry-After`, in whole seconds. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    name: ErrorName,
    message: string,
    more: { members?: Record<string, string>; retryAfterSeconds?: number } = {},
  ) {
    super(message);
    this.name = name;
    this.status = STATUS[name];
    this.members = more.members ?? {};
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
