/** Resolve as jest does; packages that offer only an `import` condition are resolved under that one. */
module.exports = (request, options) => {
  try {
    return options.defaultResolver(request, options);
  } catch {
    return options.defaultResolver(request, { ...options, conditions: ['node', 'import', 'default'] });
  }
};
