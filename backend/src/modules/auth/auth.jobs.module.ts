import { Module } from '@nestjs/common';
import { AuthModule } from './auth.module.js';

/** What the worker does about people. */
@Module({ imports: [AuthModule] })
export class AuthJobsModule {}
