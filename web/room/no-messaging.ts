/** Stands in for @aws-sdk/client-chime-sdk-messaging, which the Chime client names and a meeting never uses. */
export default {};
