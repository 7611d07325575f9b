import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../../platform/http/access.decorator.js';
import { Endpoint } from '../../../platform/http/endpoint.decorator.js';
import { Idempotent } from '../../../platform/http/idempotency.interceptor.js';
import { AddMemberDto, ListMembersQuery, MemberDto, MemberPageDto, UpdateMemberDto } from '../dto/member.dto.js';
import type { SessionMember } from '../entities/session-member.entity.js';
import type { SessionAccess } from '../session-access.service.js';
import { CurrentSession, SessionRight } from '../session.guard.js';
import { CurrentMember, MemberRight } from '../session-parts.js';
import { MembersService } from './members.service.js';

const OWN = { github: 'none' } as const;

@ApiTags('Sessions')
@Controller('sessions/:id/members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Access({ scope: 'read' })
  @SessionRight('viewer', OWN)
  @Get()
  @Endpoint({ summary: 'Who takes part in a session', type: MemberPageDto })
  listMembers(@CurrentSession() { id }: SessionAccess, @Query() query: ListMembersQuery): Promise<MemberPageDto> {
    return this.members.list(id, query);
  }

  @Access({ scope: 'write' })
  @SessionRight('owner', OWN)
  @Post()
  @Idempotent()
  @Endpoint({ summary: 'Shares a session with somebody', status: 201, type: MemberDto, errors: [409] })
  addMember(@CurrentSession() session: SessionAccess, @Body() wish: AddMemberDto): Promise<MemberDto> {
    return this.members.add(session, wish);
  }

  @Access({ scope: 'write' })
  @MemberRight()
  @Patch(':userId')
  @Endpoint({ summary: "Changes somebody's role, or hands the session over", type: MemberDto, errors: [409] })
  updateMember(
    @CurrentSession() session: SessionAccess,
    @CurrentMember() member: SessionMember,
    @Body() wish: UpdateMemberDto,
  ): Promise<MemberDto> {
    return this.members.setRole(session, member, wish);
  }

  @Access({ scope: 'write' })
  @MemberRight()
  @Delete(':userId')
  @Endpoint({ summary: 'Ends sharing with somebody', status: 204, errors: [409] })
  async removeMember(@CurrentSession() session: SessionAccess, @CurrentMember() member: SessionMember): Promise<void> {
    await this.members.remove(session, member);
  }
}
