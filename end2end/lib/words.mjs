//! The portal's own sentences, read from its Fluent files: a test names a sentence by its key, whatever it says today.

import { readFileSync } from 'node:fs';

/** The languages of the portal; the first is the default. */
export const LANGUAGES = /** @type {const} */ (['zh-CN', 'en']);

/** @typedef {typeof LANGUAGES[number]} Language */

export class Words {
  /** @type {Map<string, string>} */ #sentences;

  /** @param {Language} language */
  constructor(language) {
    this.language = language;
    const source = readFileSync(new URL(`../../app/src/text/${language}.ftl`, import.meta.url), 'utf8');
    // `key = sentence`, where lines that go on are indented.
    const entries = source.replace(/\n(?:[ \t]+|(?=\}))/g, ' ').matchAll(/^([a-z][\w-]*) = (.*)$/gm);
    this.#sentences = new Map([...entries].map(([, key, sentence]) => [key ?? '', sentence ?? '']));
  }

  /**
   * The sentence of a key, its gaps filled and its quotes (`{", "}`) as they are read.
   *
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  get(key, values = {}) {
    const sentence = this.#sentences.get(key);
    if (sentence === undefined) throw new Error(`no sentence "${key}" in ${this.language}`);
    const spelt = sentence.replace(/\{ ?"([^"]*)" ?\}/g, '$1');
    return spelt.replace(/\{ \$(\w+) \}/g, (_, name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`"${key}" has a gap for "${name}"`);
      return String(value);
    });
  }

  /**
   * The sentence of a key with anything in its gaps; a plural in any of its forms.
   *
   * @param {string} key
   */
  like(key) {
    const sentence = this.#sentences.get(key);
    if (sentence === undefined) throw new Error(`no sentence "${key}" in ${this.language}`);
    const plural = sentence.match(/^\{ \$\w+ -> +(.*) \}$/)?.[1];
    const forms = plural?.split(/ *\*?\[\w+\] /).slice(1) ?? [sentence];
    const escape = (/** @type {string} */ text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(forms.map((form) => form.split(/\{ \$\w+ \}/).map(escape).join('(.+?)')).join('|'));
  }
}
