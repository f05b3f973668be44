//! What every test stands on: a city of servers, a language, and a watch over what the browser complains of.

import { readFileSync } from 'node:fs';
import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import { City } from './city.mjs';
import { LANGUAGES, Words, type Language } from './words.mjs';

export { expect, LANGUAGES };
export type { Page, Words, Language };

export interface Options {
  language: Language;
}

/** What the browser may complain of, and what it did complain of. */
export class Watch {
  readonly #complaints: string[] = [];
  readonly #failed = new Map<string, number>();
  readonly #meant = new Set<number>();
  readonly #meantFor = new Set<string>();

  /** Pages answered with this status are what the test is about. */
  means(status: number | undefined): void {
    if (status !== undefined) this.#meant.add(status);
  }

  async over(context: BrowserContext): Promise<void> {
    await context.exposeBinding('complainOfPolicy', (_, what: string) => void this.#complaints.push(`CSP: ${what}`));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { violatedDirective, blockedURI, sourceFile, lineNumber, sample } = event;
        const complain = (window as unknown as { complainOfPolicy(what: string): void }).complainOfPolicy;
        complain(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`);
      });
    });
    context.on('weberror', (error) => this.#complaints.push(`page error: ${error.error().stack ?? error.error()}`));
    context.on('response', (answer) => {
      if (answer.status() < 400) return;
      if (answer.request().isNavigationRequest()) this.#failed.set(answer.url(), answer.status());
      // What a script asked for is looked at by the script.
      else if (this.#meant.has(answer.status())) this.#meantFor.add(answer.url());
      else this.#complaints.push(`${answer.status()} for ${answer.request().method()} ${answer.url()}`);
    });
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      // The browser's own line about a page answered with 4xx or 5xx; the status itself is looked at below.
      const { url } = message.location();
      const aboutPage = message.text().startsWith('Failed to load resource:') && (this.#failed.has(url) || this.#meantFor.has(url));
      if (!aboutPage) this.#complaints.push(`console: ${message.text()} (${message.location().url})`);
    });
  }

  complaints(): string[] {
    const unmeant = [...this.#failed].filter(([, status]) => !this.#meant.has(status));
    return [...this.#complaints, ...unmeant.map(([url, status]) => `${status} for the page ${url}`)];
  }
}

interface Fixtures {
  words: Words;
  watch: Watch;
  /** Somebody else at the portal, at the same time: with cookies of their own, and watched like the first. */
  colleague: Page;
}

interface WorkerFixtures {
  city: City;
}

export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  language: [LANGUAGES[0], { option: true }],
  locale: ({ language }, use) => use(language),
  words: async ({ language }, use) => use(new Words(language)),

  city: [
    async ({}, use) => {
      const city = new City();
      try {
        await city.at('main');
        await use(city);
      } finally {
        await city.stop();
      }
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ city }, use) => use(await city.url('main')),

  watch: [
    async ({ context, city }, use, info) => {
      const { log } = (await city.at('main')).server;
      const before = readFileSync(log).length;
      const watch = new Watch();
      await watch.over(context);
      await use(watch);
      if (info.status !== info.expectedStatus) {
        const said = readFileSync(log).subarray(before).toString();
        if (said) console.log(`the server said during “${info.title}”:\n${said}`);
        await info.attach('server.log', { body: said });
      }
      expect(watch.complaints(), 'what the browser complained of').toEqual([]);
    },
    { auto: true },
  ],

  colleague: async ({ browser, watch }, use) => {
    const context = await browser.newContext();
    await watch.over(context);
    await use(await context.newPage());
    await context.close();
  },
});

/** Tells a story once in each language. */
export function inEachLanguage(tell: (words: Words, language: Language) => void): void {
  for (const language of LANGUAGES) {
    test.describe(language, () => {
      test.use({ language });
      tell(new Words(language), language);
    });
  }
}
