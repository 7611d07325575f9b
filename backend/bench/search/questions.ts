/** As people ask: a few words, or an issue with what they saw. About what is in the packages that fill the index. */
export const QUESTIONS: readonly string[] = [
  'where is the connection pool closed',
  'how are decorators of an entity turned into columns',
  'retry of a request after a rate limit',
  'parser reports a wrong line for an unterminated string',
  'memory leak when a subscription is never unsubscribed',
  'which function escapes a regular expression',
  `Transaction is not rolled back when the query runner is released early

We open a query runner, start a transaction and release it when the request is aborted by the client. The next request that
gets the same connection from the pool sees rows that were never committed. I would expect release() to roll back, or at
least to throw an error when a transaction is still active. It happens with the postgres driver only, in mysql the server
closes the connection. Calling rollbackTransaction in a finally block works, but it is easy to forget.`,
  `TypeError: Cannot read properties of undefined (reading 'length')

After the upgrade the linter crashes on files that hold an empty template literal with an expression of a tagged function.

\`\`\`
TypeError: Cannot read properties of undefined (reading 'length')
    at TemplateLiteral (/app/node_modules/eslint/lib/rules/no-useless-escape.js:231:34)
    at SourceCode.visit (/app/node_modules/eslint/lib/linter/source-code-traverser.js:291:10)
    at runRules (/app/node_modules/eslint/lib/linter/linter.js:1064:40)
\`\`\`

I expected the rule to ignore such a node, or to report it. The configuration is the recommended one, nothing else is set,
and the same file is fine with the previous minor version.`,
  `Validation of nested arrays reports the path of the parent

When a schema has an array of objects and one of the objects in the array has a missing property, the error that is thrown
names the path of the array instead of the index and the name of the property. With a union inside the array the message is
"Invalid input" without any path at all. This makes it hard to show the message next to the right field of a form. A small
example is below; the second parse should give ['items', 1, 'name'].`,
  `Date is off by one day around the change of the clock

Formatting a date with a time zone in which daylight saving time begins at midnight returns the day before. The offset seems
to be computed for the local time instead of the time in UTC, so that the hour which does not exist is moved backwards. It can
be seen for America/Sao_Paulo in 2017 and for Africa/Cairo in 2023. Adding a duration of one month to the last day of January
has the same problem when the plugin for utc is loaded before the plugin for time zones.`,
  `Form control does not emit valueChanges when it is reset with the same value

Calling reset() on a control with the value that it already has emits the status but no value, though the documentation says
that both are emitted unless emitEvent is false. The parent group does emit. Because of this our store is not told that the
user has pressed "cannot be undone" and the button stays disabled after a reset of the whole form in a dialog.`,
  `Build fails with "Could not resolve" for packages that only have an exports map with conditions

The bundler looks for main and module in package.json and does not look at the "import" and "default" conditions of exports
when the request has a sub path with an extension. In watch mode the cache then keeps the failure after the package has been
installed, until the process is started again. Clearing the cache folder by hand helps. Symbolic links in a workspace are
resolved to the real path before the conditions are read, so the wrong package.json is used for them.`,
];
