import * as huggingface from '@huggingface/tokenizers';

/** What is used of the package. Its own types import each other without file extensions, so nothing here can resolve them. */
export interface Tokenizer {
  encode(text: string, options: { add_special_tokens: boolean }): { readonly ids: readonly number[] };
  token_to_id(token: string): number | undefined;
}

type TokenizerClass = new (vocabulary: object, settings: object) => Tokenizer;

/** From the contents of `tokenizer.json` and `tokenizer_config.json`. */
export function createTokenizer(vocabulary: object, settings: object): Tokenizer {
  const { Tokenizer } = huggingface as unknown as { Tokenizer: TokenizerClass };
  return new Tokenizer(vocabulary, settings);
}
