import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { IndexSnapshot } from '../entities/index-snapshot.entity.js';
import { Models } from '../model/models.js';

/** What was read with another model than the current one, or cut in another way. */
@Injectable()
export class FormerRecipesRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly models: Models,
  ) {}

  /** The newest snapshots of branches, where they are of another recipe; those first that were asked for first. */
  newestOfBranches(limit: number): Promise<IndexSnapshot[]> {
    return this.dataSource.manager
      .createQueryBuilder(IndexSnapshot, 's')
      .where('s.recipe <> :recipe AND s.pinned_until IS NULL', { recipe: this.models.recipe })
      .andWhere(
        `NOT EXISTS (SELECT 1 FROM index_snapshots o
           WHERE o.repository_id = s.repository_id AND o.branch = s.branch AND o.pinned_until IS NULL
             AND (o.requested_at, o.id) > (s.requested_at, s.id))`,
      )
      .orderBy('s.requestedAt')
      .limit(limit)
      .getMany();
  }
}
