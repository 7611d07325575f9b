import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { PeopleDto, PeopleQueryDto } from '../dto/users.dto.js';
import { UsersService } from '../users.service.js';

@ApiTags('Everywhere')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Access({ scope: 'read' })
  @Get()
  @Endpoint({ summary: 'People who have signed in, at most 20', type: PeopleDto })
  async findPeople(@Query() { query }: PeopleQueryDto): Promise<PeopleDto> {
    const users = await this.users.search(query);
    return { items: users.map(({ id, login, name, avatarUrl }) => ({ id, login, name, avatarUrl })), nextCursor: null };
  }
}
