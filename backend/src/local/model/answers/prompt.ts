import type { ChatMessage } from '../api/chat-request.js';

/** A block of data in a prompt, as platform/llm/untrusted.ts marks it. */
export interface DataBlock {
  readonly kind: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const BLOCK = /<(data-[\w-]{8,})((?: [\w-]+="[^"]*")*)>\n([\s\S]*?)\n<\/\1>/g;
const ATTRIBUTE = / ([\w-]+)="([^"]*)"/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#10;': '\n',
  '&#13;': '\r',
  '&amp;': '&',
};

/** The blocks of a text in their order. */
export function dataBlocks(text: string): DataBlock[] {
  return [...text.matchAll(BLOCK)].map(([, , list = '', content = '']) => {
    const attributes = Object.fromEntries(
      [...list.matchAll(ATTRIBUTE)].map(([, name = '', value = '']) => [name, unescape(value)]),
    );
    return { kind: attributes['kind'] ?? '', text: content, attributes };
  });
}

function unescape(value: string): string {
  return value.replace(/&(?:lt|gt|quot|amp|#10|#13);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** What people wrote in a message, outside of the blocks. */
export function withoutBlocks(text: string): string {
  return text.replace(BLOCK, '').trim();
}

/** Every block of a conversation. */
export function allBlocks(messages: readonly ChatMessage[]): DataBlock[] {
  return messages.flatMap((message) => dataBlocks(message.content));
}
