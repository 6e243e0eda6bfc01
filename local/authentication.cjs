/**
 * serverless-offline requires this file and asks it about every route. The implementation is in gateway.ts: plugin.mjs loads
 * that TypeScript and assigns it here.
 */
module.exports = (...route) => module.exports.authenticateRoute(...route);
