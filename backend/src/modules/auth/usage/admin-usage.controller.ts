import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { AdminUsageDto, UsageQueryDto } from '../dto/usage.dto.js';
import { UsageReport } from './usage-report.service.js';

@ApiTags('Administration')
@Access({ scope: 'admin', roles: ['admin'] })
@Controller('admin/usage')
export class AdminUsageController {
  constructor(private readonly report: UsageReport) {}

  @Get()
  @Endpoint({
    summary: 'What the language model and GitHub were used for, by user and repository',
    type: AdminUsageDto,
  })
  getUsage(@Query() span: UsageQueryDto): Promise<AdminUsageDto> {
    return this.report.of(span);
  }
}
