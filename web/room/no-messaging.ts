/** Replaces @aws-sdk/client-chime-sdk-messaging, which the Chime client imports and a meeting never uses. */
export default {};
