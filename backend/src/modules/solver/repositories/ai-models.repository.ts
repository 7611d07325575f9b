import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AiModel } from '../entities/ai-model.entity.js';

@Injectable()
export class AiModelsRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  list(): Promise<AiModel[]> {
    return this.dataSource.manager.find(AiModel, { order: { id: 'ASC' } });
  }

  /** Makes the table equal to a catalogue just read. */
  async replace(models: readonly Omit<AiModel, 'refreshedAt'>[]): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      await tx.query('DELETE FROM ai_models WHERE NOT (id = ANY($1))', [models.map(({ id }) => id)]);
      await tx.upsert(
        AiModel,
        models.map((model) => ({ ...model, refreshedAt: new Date() })),
        ['id'],
      );
    });
  }
}
