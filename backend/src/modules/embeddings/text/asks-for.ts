const DOCS = /\b(?:docs?|documentation|documented|readme|tutorial|guide|changelog)\b/i;
const TESTS = String.raw`(?:(?:unit|integration|e2e|end-to-end|browser) )?(?:tests?|specs?|test (?:files?|suites?|cases?))`;
/** `Which tests cover …`, `how is … tested`, `tests for …`: a question for them. */
const ASKS = [
  String.raw`\b(?:which|what|where|find|show|list|open|is there|are there|do we have)\b.{0,60}\b${TESTS}\b`,
  String.raw`\bhow (?:is|are|do|does)\b.{0,60}\btest(?:ed)?\b`,
  String.raw`^\s{0,5}(?:the )?${TESTS} (?:for|of|that)\b`,
  String.raw`\btested\?`,
];
const ASKS_FOR_TESTS = new RegExp(ASKS.join('|'), 'i');
/** That a test fails says where a bug was seen, not what is looked for. */
const TROUBLE = /\b(?:fail\w{0,3}|failure|flak\w{1,5}|broken?|breaks?|crash\w{0,3}|error\w?|bug)\b/i;

/** Which files that stand behind others otherwise the first line of a question asks for. */
export function asksFor(title: string): { readonly tests: boolean; readonly docs: boolean } {
  return { tests: ASKS_FOR_TESTS.test(title) && !TROUBLE.test(title), docs: DOCS.test(title) };
}
