import { Module } from '@nestjs/common';
import { OpenAI } from 'openai';
import { CONFIG, type Config, ConfigModule } from '../config/config.js';
import { sameOriginFetch } from '../http/same-origin-fetch.js';
import { LlmClient } from './llm-client.js';
import { ModelCatalogue } from './model-catalogue.js';
import { PromptWindows } from './prompt-windows.js';
import { Tokenizer } from './tokenizer.js';

/** The official client with everything it would otherwise take from the environment, retry or log by itself set. */
export function createOpenAi(config: Config): OpenAI {
  return new OpenAI({
    baseURL: config.LLM_BASE_URL,
    apiKey: config.LLM_API_KEY,
    organization: null,
    project: null,
    timeout: config.LLM_TIMEOUT_SECONDS * 1_000,
    fetch: sameOriginFetch,
    maxRetries: 0,
    logLevel: 'off',
  });
}

@Module({
  imports: [ConfigModule],
  providers: [
    { provide: OpenAI, useFactory: createOpenAi, inject: [CONFIG] },
    LlmClient,
    ModelCatalogue,
    PromptWindows,
    Tokenizer,
  ],
  exports: [LlmClient, ModelCatalogue, PromptWindows, Tokenizer],
})
export class LlmModule {}
