//! What a page must be for everybody: looked for by machine.

import axe from 'axe-core';
import type { Page } from '@playwright/test';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** The rules that a change of colours alone can break. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
/** In CSS pixels. */
const TOUCH = 44;

/** What axe finds against WCAG 2.2 AA; with `colours`, only what another colour scheme could have changed. */
export async function violations(page: Page, scripted: boolean, colours = false): Promise<string[]> {
  // Half a megabyte of script, of which one reading does for both schemes.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  // In a page without script no timer ever runs out; promises are kept all the same, and do for axe.
  if (!scripted) {
    await page.evaluate(() => {
      const soon = (work: TimerHandler) => (void Promise.resolve().then(work as () => void), 0);
      window.setTimeout = soon as typeof window.setTimeout;
    });
  }
  const runOnly = colours ? { type: 'rule' as const, values: COLOURS } : { type: 'tag' as const, values: WCAG };
  // What passes is not described: nobody reads it, and it is most of the work.
  const options: axe.RunOptions = { preload: false, resultTypes: ['violations'], runOnly };
  const found = await page.evaluate(async (options) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
    return violations.map(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
  }, options);
  return found.flat();
}

/** Links and controls that a finger misses. Links within a sentence are as large as its words. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.locator('a, button, summary, select, textarea, input:not([type=hidden])').evaluateAll(
    (all, least) =>
      all.flatMap((control) => {
        const target = control.closest('label') ?? control;
        const { width, height } = target.getBoundingClientRect();
        if (!control.checkVisibility() || target.matches('.skip:not(:focus)')) return [];
        const words = [...(target.parentElement?.childNodes ?? [])].some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.textContent ?? ''));
        const inSentence = getComputedStyle(target).display === 'inline' && words;
        const missed = !inSentence && (width < least - 0.5 || height < least - 0.5);
        return missed ? [`${width.toFixed(0)} × ${height.toFixed(0)}: ${target.outerHTML.replace(/<svg.*?<\/svg>/g, '').slice(0, 120)}`] : [];
      }),
    TOUCH,
  );
}

/** How light the ground and the letters of the page are, from 0 to 255. */
export function lightness(page: Page): Promise<{ ground: number; ink: number }> {
  return page.locator('body').evaluate((body) => {
    const { backgroundColor, color } = getComputedStyle(body);
    const brush = document.createElement('canvas').getContext('2d')!;
    const painted = (colour: string) => {
      // Whatever notation the style uses; where the body has no ground, it is the browser's own.
      for (const layer of ['Canvas', colour]) {
        brush.fillStyle = layer;
        brush.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = brush.getImageData(0, 0, 1, 1).data;
      return (red + green + blue) / 3;
    };
    return { ground: painted(backgroundColor), ink: painted(color) };
  });
}

/** By how much the content is wider than the screen. */
export async function overhang(page: Page): Promise<number> {
  return page.locator('html').evaluate((html) => Math.max(0, html.scrollWidth - html.clientWidth));
}

/** Words on links and buttons that are broken in the middle, for want of room. What people typed, and addresses, may be. */
export function brokenWords(page: Page): Promise<string[]> {
  return page.locator('a:not(.secret *), button, summary, label').evaluateAll((all) =>
    all.flatMap((control) => {
      const broken: string[] = [];
      const texts = document.createTreeWalker(control, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode as Text;
        for (const { 0: word, index } of text.data.matchAll(/[A-Za-z]{2,}/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if (range.getClientRects().length > 1) broken.push(word);
        }
      }
      return control.checkVisibility() ? broken : [];
    }),
  );
}
