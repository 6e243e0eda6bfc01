/**
 * serverless-offline requires this file, and asks it about every route. What it answers is in
 * gateway.ts, which is TypeScript: plugin.mjs loads it and leaves it here.
 */
module.exports = (...route) => module.exports.authenticateRoute(...route);
