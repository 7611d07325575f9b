import { applyDecorators, SetMetadata } from '@nestjs/common';

export const SPENDS = 'yudai:spends';

/**
 * On handlers that set the language model to work: over budget the answer is 429 `auth.budget-exceeded`, before anything is
 * stored. Not for a request whose body has the field `unless`.
 */
export const Spends = ({ unless }: { readonly unless?: string } = {}): MethodDecorator =>
  applyDecorators(SetMetadata(SPENDS, { unless }));
