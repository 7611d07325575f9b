import type { Config } from '../../../platform/config/config.js';
import { type Model, modelIn, modelOf, packagedModel, recipeOf } from './model.js';

/**
 * The models that are at hand: the one that contents are read with, and those whose vectors are still searched until everything
 * has been read anew.
 */
export class Models {
  /** What contents are made by from here on. */
  readonly recipe: string;

  private constructor(
    readonly current: Model,
    private readonly former: readonly Model[],
  ) {
    this.recipe = recipeOf(current);
  }

  /** @throws DomainError `embeddings.model` where a folder of the configuration describes none. */
  static async of(config: Pick<Config, 'EMBEDDINGS_MODEL_DIR' | 'EMBEDDINGS_FORMER_MODEL_DIR'>): Promise<Models> {
    const { EMBEDDINGS_MODEL_DIR: folder, EMBEDDINGS_FORMER_MODEL_DIR: formerFolder } = config;
    const former = formerFolder === undefined ? [] : [await modelOf(formerFolder)];
    return new Models(folder === undefined ? packagedModel() : await modelOf(folder), [...former, packagedModel()]);
  }

  /** The model that has made the vectors of a recipe; undefined when it is not at hand any more. */
  behind(recipe: string): Model | undefined {
    return [this.current, ...this.former].find(({ id }) => id === modelIn(recipe));
  }
}
