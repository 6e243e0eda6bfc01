const vm = require('node:vm');

/** The scripts of this worker by file name. */
const scripts = new Map();
const { compileFunction } = vm;

function scriptOf(source, parameters, filename) {
  const head = `(function (${parameters.join(', ')}) {`;
  const code = `${head}${source}\n})`;
  const known = scripts.get(filename);
  if (known?.code === code) return known.script;
  const script = new vm.Script(code, { filename, columnOffset: -head.length });
  scripts.set(filename, { code, script });
  return script;
}

/**
 * Compiles each module once for a worker, not once for each of its test files. jest compiles with `vm.compileFunction`, of which V8
 * keeps nothing. A `vm.Script` keeps its code, also that of functions compiled when they are first called, and runs in the context
 * of each file. The modules themselves stay separate: each test file still runs each of them anew.
 */
vm.compileFunction = (source, parameters, options) => {
  try {
    return scriptOf(source, parameters, options.filename).runInContext(options.parsingContext);
  } catch {
    return compileFunction(source, parameters, options);
  }
};
